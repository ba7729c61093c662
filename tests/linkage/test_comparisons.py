from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage.comparisons import COMPARISONS, comparisons_for
from simulator.linkage.fields import standardise
from tests.linkage.frames import frame

BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


def level(name: str, left: dict[str, object], right: dict[str, object]) -> str:
    """Return what the comparison says of two records."""
    table = standardise({"a": frame({"1": left}), "b": frame({"2": right})})
    found = BY_NAME[name].compare(table, np.array([0]), np.array([1]))[0]
    return "nothing to compare" if found == 0 else BY_NAME[name].levels[found - 1]


def full(first: str, last: str) -> dict[str, object]:
    return {"first_name": first, "last_name": last}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("William", "WILLIAM", "exact"),
        ("William", "Bill", "nickname"),
        ("Bill", "Will", "nickname"),
        ("José", "Pepe", "nickname"),
        ("Katherine", "Katherin", "close"),
        ("W", "William", "initial"),
        ("Marlene", "Marcel", "similar"),
        ("Stephen", "Stefan", "sounds alike"),
        ("Иван", "Иванна", "close"),
        ("Anna", "Boris", "differ"),
        ("Anna", None, "nothing to compare"),
    ],
)
def test_given_names(left, right, expected):
    assert level("given", full(left, "Lee"), full(right, "Lee")) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("O'Neil", "ONEIL", "exact"),
        ("Garcia Lopez", "Lopez", "one part"),
        ("Garcia Lopez", "Garcia", "one part"),
        ("Garcia Lopez", "Lopez Garcia", "one part"),
        ("Thompson", "Thomson", "close"),
        ("Smith", "Smyth", "sounds alike"),
        ("Иванов", "Петров", "differ"),
        ("Smith", "Jones", "differ"),
    ],
)
def test_surnames(left, right, expected):
    assert level("surname", full("Ann", left), full("Ann", right)) == expected


def test_first_and_last_name_in_each_others_place_are_close():
    left, right = full("Ruby", "Capurso"), full("Capurso", "Ruby")
    assert level("given", left, right) == "close"
    assert level("surname", left, right) == "close"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1985-03-07", "1985-03-07", "exact"),
        ("1985-03-07", "1985-07-03", "one slip"),
        ("1985-03-07", "1985-03-08", "one slip"),
        ("1985-03-07", "1958-03-07", "one slip"),
        ("1985-03-07", "198-03-07", "one slip"),
        ("1985-03-07", "1985-12-25", "year or day"),
        ("1985-03-07", "1962-03-07", "year or day"),
        ("1985-03-07", "1962-11-30", "differ"),
        ("1985-03-07", "1985", "nothing to compare"),
    ],
)
def test_birth_dates(left, right, expected):
    assert level("birth_date", {"birth_date": left}, {"birth_date": right}) == expected


def test_parts_of_a_birth_date_are_compared_only_where_a_whole_one_is_missing():
    whole, part = {"birth_date": "1985-03-07"}, {"birth_month_day": "03-07"}
    assert level("birth_month_day", whole, part) == "exact"
    assert level("birth_month_day", whole, whole) == "nothing to compare"
    assert level("birth_year", whole, {"birth_year": 1986}) == "differ"


DOOR = {"street_address": "12 Oak Street Apt 4", "zip_code": "00123", "city": "Millbrook"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "same door"),
        ({"street_address": "12 Oak St, Apt 9"}, "near the door"),
        ({"street_address": "12 Oka Street Apt 4"}, "near the door"),
        ({"zip_code": "00999", "city": "Ashford"}, "near the door"),
        ({"street_address": "90 Oak Street"}, "same street"),
        ({"street_address": "7 Elm Road"}, "same ZIP"),
        ({"street_address": None}, "same ZIP"),
        ({"street_address": "7 Elm Road", "zip_code": "00999"}, "same city"),
        ({"street_address": "7 Elm Road", "zip_code": "00999", "city": "Ashford"}, "elsewhere"),
        ({"street_address": None, "zip_code": None, "city": None}, "nothing to compare"),
    ],
)
def test_residences(change, expected):
    assert level("residence", DOOR, DOOR | change) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"email": "fox@example.org"}, {"email": "FOX@example.org"}, "same e-mail"),
        ({"email": "fox@example.org"}, {"email": "fox@example.com"}, "same name"),
        ({"email": "bluefox@example.org"}, {"handle": "bluefox"}, "same name"),
        ({"email": "bluefox17@example.org"}, {"handle": "bluefox18"}, "close"),
        ({"email": "bluefox@example.org"}, {"handle": "greywolf"}, "differ"),
    ],
)
def test_names_online(left, right, expected):
    assert level("online", left, right) == expected


def test_phones_forgive_one_slip():
    assert level("phone", {"phone": "(555) 010-2000"}, {"phone": "5550102000"}) == "exact"
    assert level("phone", {"phone": "5550102000"}, {"phone": "5550102001"}) == "one slip"
    assert level("phone", {"phone": "5550102000"}, {"phone": "5550999000"}) == "differ"


def test_declared_probabilities_are_distributions():
    for comparison in COMPARISONS:
        assert len(comparison.declared_m) == len(comparison.levels)
        assert sum(comparison.declared_m) == pytest.approx(1)


def test_only_comparisons_that_two_sources_can_make_are_used():
    records = {
        "a": frame({"1": {"first_name": "Ann", "phone": "5550102000"}}),
        "b": frame({"2": {"first_name": "Ann", "sex": "F"}}),
    }
    assert [c.name for c in comparisons_for(standardise(records))] == ["given"]


def test_a_comparison_that_does_not_exist_is_refused():
    table = standardise({"a": frame({"1": {"first_name": "Ann"}})})
    with pytest.raises(ValueError, match="no such comparison: shoe_size"):
        comparisons_for(table, ["shoe_size"])
