import numpy as np
import pandas as pd
import pytest

from simulator.sources.look_ups import can_be_searched, known_of, search
from simulator.tables import Population, text


def two_targets() -> Population:
    people = pd.DataFrame(
        {
            "first_name": text(["Ann", "Hana"]),
            "last_name": text(["Lee", "Mori Vega"]),
            "birth_date": pd.to_datetime(["1990-02-03", "1975-11-12"]).astype("datetime64[s]"),
            "address_id": [10, 11],
            "phone": text(["5550101", None]),
            "plate": text([None, "ZZ00001"]),
        },
        index=pd.Index([1, 2], name="entity_id"),
    )
    addresses = pd.DataFrame(
        {"street_address": text(["1 Oak St", "2 Elm St Apt 3"])}, index=pd.Index([10, 11])
    )
    nothing = pd.DataFrame()
    return Population(people, nothing, addresses, nothing, nothing)


KNOWN = known_of(np.array([2, 1]), two_targets())
HANA, ANN = 0, 1


def found(**columns):
    finds = search(pd.DataFrame({name: text(values) for name, values in columns.items()}), KNOWN)
    return list(zip(finds.record.tolist(), finds.target.tolist(), strict=True))


def test_a_name_needs_a_second_fact_and_one_is_enough():
    assert found(
        full_name=["Ann Lee", "Ann Lee", "Ann Lee", "Ann Lee", "Anne Lee"],
        birth_date=["1990-02-03", None, "1990-03-02", "1990-03-02", "1990-02-03"],
        phone=[None, "5550101", None, "5550101", "5550101"],
    ) == [(0, ANN), (1, ANN), (3, ANN)]


def test_case_and_the_order_of_names_do_not_matter():
    assert found(
        full_name=["MORI VEGA HANA", "hana mori vega", "Hana Mori"],
        street_address=["2 ELM ST APT 3", "2 Elm St Apt 3", "2 Elm St Apt 3"],
    ) == [(0, HANA), (1, HANA)]


def test_first_and_last_name_make_a_full_name():
    assert found(
        first_name=["Ann", "Lee", "Ann", None],
        last_name=["Lee", "Ann", None, "Lee"],
        phone=["5550101", "5550101", "5550101", "5550101"],
    ) == [(0, ANN), (1, ANN)]


def test_a_profile_is_found_under_its_display_name_and_birthday():
    assert found(
        display_name=["Ann Lee", "Blue Heron", "Ann Lee"],
        birth_month_day=["02-03", "02-03", None],
    ) == [(0, ANN)]


def test_what_the_target_does_not_have_finds_nothing():
    # Hana has no telephone, and neither has the record
    assert found(full_name=["Hana Mori Vega"], phone=[None]) == []


def test_without_names_a_token_is_enough():
    assert found(plate=["ZZ00001", "ZZ00007", None], phone=["5550199", "5550101", None]) == [
        (0, HANA),
        (1, ANN),
    ]


def test_with_names_a_token_is_not():
    assert (
        found(full_name=[None, "Bo Ek"], phone=["5550101", "5550101"], plate=["ZZ00001"] * 2) == []
    )


def test_two_targets_of_one_name_and_home_are_both_found():
    people = two_targets().people.iloc[[0, 0]].set_axis([5, 6])
    both = known_of(np.array([5, 6]), Population(people, *[two_targets().addresses] * 4))
    frame = pd.DataFrame({"full_name": text(["Ann Lee"]), "street_address": text(["1 Oak St"])})
    assert [side.tolist() for side in search(frame, both)] == [[0, 0], [0, 1]]


@pytest.mark.parametrize("columns", [["full_name", "birth_date"], ["plate"]])
def test_empty_lists_and_empty_target_lists_find_nothing(columns):
    frame = pd.DataFrame({name: text(["x"]) for name in columns})
    assert len(search(frame.iloc[:0], KNOWN).record) == 0
    nobody = known_of(np.array([], dtype=np.int64), two_targets())
    assert len(search(frame, nobody).record) == 0


@pytest.mark.parametrize(
    ("fields", "searchable"),
    [
        (["first_name", "last_name", "phone"], True),
        (["display_name", "birth_month_day"], True),
        (["first_name", "phone"], True),  # no full name: the telephone number alone
        (["display_name", "employer"], False),
        (["device", "home_area"], False),
        (["face", "seen_area"], False),
        (["seen_area"], False),
    ],
)
def test_what_can_be_searched(fields, searchable):
    assert can_be_searched(fields) is searchable
