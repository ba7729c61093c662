import numpy as np
import pytest

from simulator.population.identifiers import _scattered, past_phones
from simulator.randomness import Stream


@pytest.mark.parametrize(
    "column",
    ["phone", "national_id", "licence_number", "plate", "email", "handle", "device", "card"],
)
def test_no_two_people_share_an_identifier(population, column):
    assert population.people[column].dropna().is_unique


def test_no_number_can_be_anyones(population):
    people = population.people
    assert people["phone"].dropna().str.fullmatch(r"555-\d{3}-\d{4}").all()
    # 9xx with a middle part of 00 to 49 is neither a Social Security nor a taxpayer number
    assert people["national_id"].str.fullmatch(r"9\d\d-[0-4]\d-\d{4}").all()
    assert people["licence_number"].dropna().str.fullmatch(r"XX\d{8}").all()
    assert people["plate"].dropna().str.fullmatch(r"X\d{3}[A-HJ-NPR-Z]{3}").all()
    assert people["card"].dropna().str.fullmatch(r"0000(-\d{4}){3}").all()
    assert people["device"].dropna().str.fullmatch(r"syn(-[0-9a-f]{4}){4}-[0-9a-f]{12}").all()
    assert (people["device"].dropna().str.len() == 36).all()


def test_identifiers_start_at_the_age_they_are_given(population):
    people = population.people
    np.testing.assert_array_equal(people["phone"].notna(), people["age"] >= 13)
    np.testing.assert_array_equal(people["device"].notna(), people["age"] >= 13)
    np.testing.assert_array_equal(people["card"].notna(), people["age"] >= 18)
    np.testing.assert_array_equal(people["licence_number"].notna(), people["age"] >= 16)
    adults = people["age"] >= 18
    assert people.loc[~adults, "plate"].isna().all()
    assert people.loc[adults, "plate"].notna().mean() == pytest.approx(0.85, abs=0.02)


def test_a_used_up_range_is_widened_without_repeats():
    code, more = _scattered(np.arange(25), 10, Stream(1, "t"))
    written = [f"{number}{extra}" for number, extra in zip(code, more.to_pylist(), strict=True)]
    assert len(set(written)) == 25
    assert more.to_pylist()[9:11] == ["", " x1"]


def test_past_phones_differ_between_people_and_changes():
    entity_id = np.array([1, 1, 2])
    drawn = past_phones(9, entity_id, np.array([1, 2, 1])).to_pylist()
    assert len(set(drawn)) == 3
