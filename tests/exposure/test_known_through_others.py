import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.exposure.known_through_others import SHARED_FACTS, known_weight, told_by_others
from simulator.tables import FACT_FORMS

WEIGHTS = {"home_address": 3.0, "phone": 1.0, "handle": 2.0, "employer": 2.0}
PEOPLE = np.arange(1, 6)
ENTRIES = ["phone", "handle", ""]
OF_HOLDERS = ["home_address", "employer"]

persons = st.integers(1, 5)
entries = st.lists(
    st.tuples(st.integers(-1, 5), persons, st.sampled_from(ENTRIES), st.booleans()), max_size=12
)
values = st.lists(
    st.tuples(persons, st.sampled_from(OF_HOLDERS), st.integers(0, 2)),
    max_size=10,
    unique_by=lambda row: row[:2],
)


def listed(rows):
    frame = pd.DataFrame(rows, columns=["holder_id", "entity_id", "fact", "is_right"])
    return frame.astype({"holder_id": int, "entity_id": int, "fact": object, "is_right": bool})


def of_people(rows, whose):
    frame = pd.DataFrame(rows, columns=[whose, "fact", "value"])
    return frame.astype({whose: int, "fact": object, "value": int})


def test_every_shared_fact_is_an_ordinary_fact_and_says_why():
    assert set(SHARED_FACTS) <= set(FACT_FORMS)
    assert all(one.why for one in SHARED_FACTS.values())
    assert SHARED_FACTS["home_address"].level == "household"


def test_a_number_listed_today_counts_beside_one_of_yesterday():
    told = told_by_others(
        listed([(1, 2, "phone", False), (1, 2, "phone", True)]),
        of_people([], "holder_id"),
        of_people([], "entity_id"),
    )
    assert told["is_right"].tolist() == [True]


def test_a_file_that_is_nobodys_and_ones_own_file_tell_nothing():
    told = told_by_others(
        listed([(-1, 2, "phone", True), (2, 2, "phone", True)]),
        of_people([(2, "employer", 1)], "holder_id"),
        of_people([(2, "employer", 1)], "entity_id"),
    )
    assert told.empty


def test_an_entry_of_a_fact_the_town_does_not_count_still_lists_somebody():
    told = told_by_others(
        listed([(1, 2, "", True)]),
        of_people([(1, "home_address", 7)], "holder_id"),
        of_people([(2, "home_address", 7)], "entity_id"),
    )
    assert told["fact"].tolist() == ["home_address"]
    assert told["is_right"].tolist() == [True]


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(entries, values, values, st.lists(persons, max_size=3))
def test_no_more_is_known_than_is_true_and_less_once_a_file_is_gone(rows, stated, true, gone):
    stated, true = of_people(stated, "holder_id"), of_people(true, "entity_id")
    told = told_by_others(listed(rows), stated, true)
    known = known_weight(told, WEIGHTS, PEOPLE)
    assert not told.duplicated(["entity_id", "holder_id", "fact"]).any()
    assert (told["entity_id"] != told["holder_id"]).all()
    assert (known >= 0).all()
    assert (known <= sum(WEIGHTS.values())).all()
    fewer = told_by_others(listed([row for row in rows if row[0] not in gone]), stated, true)
    assert (known_weight(fewer, WEIGHTS, PEOPLE) <= known).all()
    own = pd.DataFrame({"entity_id": [1], "fact": ["phone"], "credit": [1.0]})
    beyond = known_weight(told, WEIGHTS, PEOPLE, own)
    assert (beyond <= known).all()
    assert beyond[0] <= sum(WEIGHTS.values()) - 1


def test_a_fact_in_several_files_counts_once():
    told = told_by_others(
        listed([(1, 3, "handle", True), (2, 3, "handle", True), (2, 3, "phone", True)]),
        of_people([], "holder_id"),
        of_people([], "entity_id"),
    )
    assert known_weight(told, WEIGHTS, np.array([3])).tolist() == [3.0]
