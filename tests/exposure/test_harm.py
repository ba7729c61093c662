from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.harm import flagged_people, watch_list
from tests.dossiers import five_people


@pytest.fixture(scope="module")
def dossiers():
    known = ground(five_people.scenario(), five_people.population())
    return assemble(
        known,
        statements(known, five_people.collected()),
        five_people.membership(),
        tuple(five_people.COLUMNS),
    )


@pytest.fixture(scope="module")
def residents():
    people = five_people.population().people
    return people.loc[people["resident"]]


def test_the_watch_list_of_the_five_people(dossiers, residents):
    """Ann goes to the clinic stated; Dan's file states the one that Eve, an outsider, goes to."""
    listed = watch_list(dossiers.facts, residents["clinic_visits"], "clinic_visits")
    found = {name: column.index[column].tolist() for name, column in listed.items()}
    assert found == {
        "is_true": [1, 4],
        "listed": [1, 4],
        "wrongly_listed": [4],
        "listed_for_another": [4],
        "unlisted": [],
    }


def test_whoever_has_no_file_is_left_out(dossiers, residents):
    facts = dossiers.facts.loc[dossiers.facts["entity_id"] != 1]
    listed = watch_list(facts, residents["clinic_visits"], "clinic_visits")
    assert listed.index[listed["unlisted"]].tolist() == [1]


def flags(dossiers, weights, share, residents=(1, 2, 3, 4)):
    found = flagged_people(weights, dossiers, pd.Index(residents), share, seed=1)
    return {name: column.index[column].tolist() for name, column in found.items()}


def test_who_is_flagged_because_of_somebody_elses_fact(dossiers):
    """Ann and Dan have two points each for a clinic; only Dan has them for Eve's."""
    assert flags(dossiers, {"clinic_visits": 2.0}, 0.5) == {
        "flagged": [1, 4],
        "flagged_for_another": [4],
    }


def test_whoever_would_be_flagged_anyway_is_not_flagged_because_of_it(dossiers):
    """Dan's two utility and licence records alone put him before Robert, who has none."""
    weights = {"clinic_visits": 2.0, "utility": 5.0, "dmv": 5.0}
    found = flags(dossiers, weights, 0.5)
    assert 4 in found["flagged"]
    assert found["flagged_for_another"] == []


def test_records_of_somebody_else_are_no_facts(dossiers):
    """Eve's social record lies in Dan's file and gives points, but states no weighed fact."""
    found = flags(dossiers, {"social": 1.0}, 1.0)
    assert found == {"flagged": [1, 2, 4], "flagged_for_another": []}


def test_without_a_wrong_fact_nobody_is_flagged_because_of_one(dossiers):
    facts = dossiers.facts.loc[(dossiers.facts["status"] != "somebody_else").to_numpy()]
    right = replace(dossiers, facts=facts)
    for share in (0.0, 0.25, 1.0):
        assert flags(right, {"clinic_visits": 2.0}, share)["flagged_for_another"] == []


def test_negative_points_never_flag_because_of_a_wrong_fact(dossiers):
    found = flags(dossiers, {"clinic_visits": -2.0, "dmv": 3.0}, 0.25)
    assert found["flagged_for_another"] == []
    assert np.isin(found["flagged"], [1, 2, 3, 4]).all()
