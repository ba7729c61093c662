from __future__ import annotations

import pytest

from simulator.experiments.ego_network import networks_around
from simulator.experiments.leaving import town_of
from tests.experiments import four_people
from tests.experiments.four_people import ANN, BO, CY, DEE


@pytest.fixture(scope="module")
def networks():
    return networks_around(town_of(four_people.result()), ANN)


def test_the_people_around_ann_and_what_their_files_give_away(networks):
    people = networks["person"].people.set_index("entity_id")
    assert people.index.tolist() == [BO, CY, DEE]
    assert people["name"].tolist() == ["Bo Lee", "Cy Diaz", "Dee Wu"]
    assert people["tie"].tolist() == ["household", "coworker", "friend"]
    assert people.loc[CY, "ties"] == ("coworker", "friend")
    assert people["tells"].tolist() == [("Home", "Phone"), ("Account", "Employer"), ("Account",)]
    assert people["lists"].all()
    assert networks["person"].name == "Ann Lee"
    # Bo and Dee are neighbours
    assert networks["person"].between.to_numpy().tolist() == [[BO, DEE]]


def test_how_much_is_known_by_who_has_left(networks):
    assert {who: one.known_share for who, one in networks.items()} == {
        "nobody": 1,
        "person": 1,
        "everyone": 0.5,
    }
    gone = networks["everyone"].people.set_index("entity_id")
    assert gone["tells"].to_dict() == {BO: ("Home", "Phone"), CY: (), DEE: ()}


def test_the_facts_and_where_they_stand(networks):
    stands = {
        who: list(one.facts[["label", "people_count", "own_file"]].itertuples(index=False))
        for who, one in networks.items()
    }
    labels = ["Home", "Phone", "Account", "Employer"]
    assert [tuple(row) for row in stands["nobody"]] == [
        (label, count, True) for label, count in zip(labels, [1, 1, 2, 1], strict=True)
    ]
    assert [row.own_file for row in stands["person"]] == [True, True, False, False]
    assert [row.people_count for row in stands["everyone"]] == [1, 1, 0, 0]


def test_whoever_does_not_live_there_is_refused():
    with pytest.raises(ValueError, match="no resident has the number 99"):
        networks_around(town_of(four_people.result()), 99)
