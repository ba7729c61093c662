from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.tables import text
from tests.dossiers.five_people import (
    COLUMNS,
    collected,
    membership,
    population,
    scenario,
    scenario_with_roles,
)


def dossiers(clusters=None, sources=tuple(COLUMNS), held=None):
    town = ground(scenario(), population())
    said = statements(town, collected() if held is None else held)
    return assemble(town, said, membership() if clusters is None else clusters, sources)


def stated(found, entity):
    facts = found.facts.loc[found.facts["entity_id"] == entity]
    return {row.fact: (row.form, row.status) for row in facts.itertuples()}


def test_everything_about_ann_is_right_and_her_birth_date_is_put_together():
    found = dossiers()
    assert stated(found, 1) == {
        "legal_name": ("full_name", "right"),
        "sex": ("sex", "right"),
        # the year from the broker, the day from social media
        "birth_date": ("birth_date", "right"),
        "home_address": ("street_address", "right"),
        "phone": ("phone", "right"),
        "employer": ("employer", "right"),
        "clinic_visits": ("clinic_visits", "right"),
    }
    ann = found.facts.loc[found.facts["entity_id"] == 1].set_index("fact")
    assert ann["credit"].sum() == 14
    assert ann.loc["phone", "sources_count"] == 2
    dates = ground(scenario(), population())
    assert ann.loc["birth_date", "value"] == dates.present[dates.forms.index("birth_date"), 0]


def test_it_carries_what_is_true_of_everyone_in_the_same_codes():
    town = ground(scenario_with_roles(), population())
    found = assemble(town, statements(town, collected()), membership(), tuple(COLUMNS))
    true = found.true_codes
    assert list(true.columns) == list(town.quasi_identifiers)
    assert true.index.tolist() == [1, 2, 3, 4, 5]
    assert (true.loc[3, "employer"] == -1) & (true.drop(columns="employer") >= 0).all(axis=None)
    right = found.facts.loc[found.facts["status"] == "right"]
    for row in right.loc[right["form"].isin(true.columns)].itertuples():
        assert true.loc[row.entity_id, row.form] == row.value


def test_caras_past_is_outdated():
    found = dossiers()
    assert stated(found, 3) == {
        # both names in one source each: the newer record's stands
        "legal_name": ("full_name", "right"),
        "sex": ("sex", "right"),
        "birth_date": ("birth_year", "right"),
        "home_address": ("street_address", "outdated"),
        "phone": ("phone", "outdated"),
    }


def test_dan_is_told_eves_facts():
    found = dossiers()
    assert stated(found, 4) == {
        "legal_name": ("full_name", "somebody_else"),
        "sex": ("sex", "right"),
        "birth_date": ("birth_date", "garbled"),
        "home_address": ("street_address", "right"),
        "phone": ("phone", "right"),
        "employer": ("employer", "somebody_else"),
        "clinic_visits": ("clinic_visits", "somebody_else"),
    }


def test_each_record_knows_whose_dossier_holds_it():
    owner = dossiers().records.set_index("record_id")["owner_id"].to_dict()
    # 401 is in Cara's smaller cluster; 203 and 303 are Eve's, held by Dan's dossier
    assert owner == {
        **dict.fromkeys((101, 201, 301), 1),
        **dict.fromkeys((202, 302), 2),
        **dict.fromkeys((102, 304), 3),
        **dict.fromkeys((103, 402, 203, 303), 4),
        401: -1,
    }


def test_only_sources_within_reach_count():
    found = dossiers(sources=("social", "broker"))
    assert set(found.records["source"]) == {"social", "broker"}
    # without the utility's and the DMV's records of Dan, cluster 4 is Eve's, and Ann has no name
    assert sorted(found.facts["entity_id"].unique()) == [2, 3, 5]
    assert set(found.unjoined["entity_id"]) == {2, 3, 5}


def test_no_source_no_dossier():
    found = dossiers(sources=())
    assert found.facts.empty
    assert found.unjoined.empty
    assert found.records.empty
    assert found.true_weight.sum() == 58


def test_a_housemates_equal_address_is_right():
    clusters = membership()
    clusters[clusters == 2] = 1
    found = dossiers(clusters, sources=("utility", "broker"))
    # Ann and Robert have one named record each: the utility comes first, so it is Ann's dossier
    assert stated(found, 1)["home_address"] == ("street_address", "right")
    # one source gives each sex, on the same day: the broker's smaller record_id stands
    assert stated(found, 1)["sex"] == ("sex", "right")
    clusters = membership()
    clusters[clusters == 1] = 2
    # two records of Robert (a second one in the DMV) make the dossier his, and the home is his too
    held = collected()
    robert = (
        held.records["dmv"]
        .iloc[:1]
        .assign(first_name=text(["Robert"]), middle_name=text([None]), last_name=text(["Lee"]))
    )
    robert = robert.assign(birth_date=text([None]), street_address=text([None]), sex=text([None]))
    robert.index = pd.Index([403], name="record_id")
    row = {"record_id": [403], "source": "dmv", "field": "*", "entity_id": 2, "role": "subject"}
    held = replace(
        held,
        records=held.records | {"dmv": pd.concat([held.records["dmv"], robert])},
        truth=pd.concat([held.truth, pd.DataFrame(row)]),
    )
    clusters.loc[403] = 2
    found = dossiers(clusters, held=held)
    assert stated(found, 2)["home_address"] == ("street_address", "right")
    # the phone that two sources give is Ann's
    assert stated(found, 2)["phone"] == ("phone", "somebody_else")
    assert stated(found, 2)["clinic_visits"] == ("clinic_visits", "somebody_else")


@pytest.mark.parametrize(
    ("number", "copied", "expected"),
    [
        ("5550102", True, "somebody_else"),  # Robert's, which the record took for Ann's
        ("5550102", False, "garbled"),  # the same digits by a slip are nobody's doing
        ("5550177", True, "garbled"),  # copied and then mistyped
        ("5550101", True, "right"),  # whosever it was when copied, it is Ann's
    ],
)
def test_a_value_copied_from_a_housemate_is_somebody_elses(number, copied, expected):
    held = collected()
    utility, broker = held.records["utility"].copy(), held.records["broker"].copy()
    utility.loc[101, "phone"] = pd.NA
    broker.loc[301, "phone"] = number
    row = {"record_id": [301], "source": "broker", "field": "phone", "entity_id": 2}
    extra = pd.DataFrame(row | {"role": "subject"})
    held = replace(
        held,
        records=held.records | {"utility": utility, "broker": broker},
        truth=pd.concat([held.truth, extra]) if copied else held.truth,
    )
    assert stated(dossiers(held=held), 1)["phone"] == ("phone", expected)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2025-01-01", "2025-01-01"), "right"),  # first in source order: the utility
        (("2024-01-01", "2025-01-01"), "garbled"),  # the newest: the broker
        ((None, "2025-01-01"), "garbled"),  # an unknown day is older than any
    ],
)
def test_of_values_that_as_many_sources_give_the_newest_then_the_first_stands(dates, expected):
    held = collected()
    utility, broker = held.records["utility"].copy(), held.records["broker"].copy()
    utility.loc[101, "record_date"] = pd.NA if dates[0] is None else dates[0]
    broker.loc[301, ["phone", "record_date"]] = ["5550777", dates[1]]
    held = replace(held, records=held.records | {"utility": utility, "broker": broker})
    assert stated(dossiers(held=held), 1)["phone"] == ("phone", expected)


def test_two_records_of_one_source_are_one_voice():
    held = collected()
    social, broker, utility = (
        held.records[name].copy() for name in ("social", "broker", "utility")
    )
    broker = pd.concat([broker, broker.loc[[301]]])
    broker.index = pd.Index([*broker.index[:-1], 305], name="record_id")
    broker.loc[[301, 305], "phone"] = "5550777"
    social["phone"] = text(["5550101", None, None])
    utility.loc[101, "phone"] = pd.NA
    row = {"record_id": [305], "source": "broker", "field": "*", "entity_id": 1, "role": "subject"}
    held = replace(
        held,
        records=held.records | {"utility": utility, "social": social, "broker": broker},
        truth=pd.concat([held.truth, pd.DataFrame(row)]),
    )
    clusters = membership()
    clusters.loc[305] = 1
    # the broker says twice what is wrong, social media once, and newer, what is right
    assert stated(dossiers(clusters, held=held), 1)["phone"] == ("phone", "right")


def test_a_record_in_no_cluster_is_refused():
    with pytest.raises(ValueError, match="every record"):
        dossiers(membership().drop(101))


def test_clusters_may_have_any_number():
    clusters = membership().map({1: -7, 2: 10**15, 3: 0, 4: 3, 5: 4})
    facts = dossiers(clusters).facts
    expected = dossiers().facts
    pd.testing.assert_frame_equal(
        facts.drop(columns="cluster_id"), expected.drop(columns="cluster_id")
    )
    assert np.isin(facts["cluster_id"], clusters).all()
