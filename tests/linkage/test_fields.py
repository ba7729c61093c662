from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from simulator.linkage.fields import LinkageWarning, standardise
from tests.linkage.frames import frame


def values(records, name, **kwargs):
    column = standardise(records, **kwargs).columns[name]
    return [column.texts[code] if code >= 0 else None for code in column.codes]


def test_a_full_name_is_split_by_what_other_lists_call_a_surname():
    records = {
        "a": frame(
            {
                "1": {"full_name": "Maria Garcia Lopez"},
                "2": {"full_name": "Smith, John A."},
                "3": {"full_name": "Dr. Ludwig van der Berg"},
                "4": {"full_name": "Cher"},
                "5": {"full_name": None},
                "6": {"full_name": "Anna Marie Jones"},
            }
        ),
        "b": frame(
            {
                "7": {"first_name": "José", "last_name": "García-Pérez"},
                "8": {"first_name": "Marie", "last_name": "Jones"},
            }
        ),
    }
    assert values(records, "given") == [
        "maria",
        "john",
        "ludwig",
        "cher",
        None,
        "anna",
        "jose",
        "marie",
    ]
    assert values(records, "surname") == [
        "garcia lopez",
        "smith",
        "van der berg",
        None,
        None,
        "jones",
        "garcia perez",
        "jones",
    ]
    assert values(records, "middle")[1:6] == ["a", None, None, None, "marie"]


def test_a_full_name_beside_its_parts_does_not_count_twice():
    records = {
        "a": frame({"1": {"first_name": "Ann", "last_name": "Lee", "full_name": "Ann B Lee"}})
    }
    assert values(records, "given") == ["ann"]
    assert values(records, "surname") == ["lee"]
    assert values(records, "middle") == ["b"]


def test_dates_in_many_notations_become_one():
    written = ["1985-03-07", "19850307", "1985/3/7", "1985-03-07T00:00:00", "3/7/1985"]
    dates = [*written, "1985", "1985-13-02", "198503", None, "0001-02-03"]
    records = {"a": pd.DataFrame({"birth_date": dates}, index=range(len(dates)))}
    assert values(records, "birth_date") == ["19850307"] * 5 + [
        None,
        "19851302",
        "198503",
        None,
        "00010203",
    ]
    assert values(records, "birth_year")[:7] == ["1985"] * 7
    assert values(records, "birth_month_day")[:6] == ["0307"] * 5 + [None]


def test_days_come_first_where_some_go_beyond_twelve():
    records = {"a": pd.DataFrame({"birth_date": ["07/03/1985", "25/12/1990"]}, index=[1, 2])}
    assert values(records, "birth_date") == ["19850307", "19901225"]


@pytest.mark.parametrize(
    "dates",
    [
        pd.Series([dt.date(1601, 2, 3), None], dtype=object),
        pd.Series(np.array(["1601-02-03", "NaT"], dtype="datetime64[s]")),
        pd.Series([16010203.0, np.nan]),
    ],
)
def test_dates_of_any_type_are_read(dates):
    records = {"a": pd.DataFrame({"birth_date": dates.to_numpy()}, index=[1, 2])}
    assert values(records, "birth_date") == ["16010203", None]


def test_addresses_are_read_in_parts():
    written = ["12 Oak Street Apt 4", "Flat 4, 12 Oak St.", "#4 12 OAK ST", "12 Oak St", "PO Box 3"]
    records = {"a": pd.DataFrame({"street_address": written}, index=range(5))}
    assert values(records, "number") == ["12"] * 4 + [None]
    assert values(records, "street") == ["oak st"] * 4 + ["po box 3"]
    door = standardise(records).columns["address"].codes
    assert door[0] == door[1] == door[2] != door[3]
    assert door[4] == -1


def test_a_house_number_in_its_own_column_completes_the_street():
    records = {
        "a": frame({"1": {"street_address": "Oak Street", "house_number": 12.0}}),
        "b": frame({"2": {"street_address": "12 Oak St"}}),
    }
    door = standardise(records).columns["address"].codes
    assert door[0] == door[1] >= 0


def test_an_e_mail_address_names_its_owner_online():
    records = {
        "a": frame({"1": {"email": "Blue.Fox@example.org"}}),
        "b": frame({"2": {"handle": "@blue.fox"}}),
    }
    assert values(records, "online") == ["blue.fox", "blue.fox"]


def test_texts_that_say_nothing_are_missing():
    records = {
        "a": frame({str(i): {"city": v} for i, v in enumerate(["N/A", " ", "null", "Rome"])})
    }
    assert values(records, "city") == [None, None, None, "rome"]


def test_what_is_written_in_two_ways_is_one_value():
    written = {
        "full_name": ("Ann Marie van Dam", "ann marie VAN DAM "),
        "display_name": ("Ann van Dam", "ANN  VAN DAM"),
        "sex": ("F", "female"),
        "birth_date": ("1985-03-07", "19850307"),
        "street_address": ("12 Oak Street", "12 OAK ST."),
        "house_number": ("12", "012"),
        "city": ("Rome", "rome "),
        "phone": ("+1 555-012-3456", "(555) 0123456"),
        "email": ("Ann@example.org", "ann@EXAMPLE.org"),
        "handle": ("@ann", "Ann"),
        "national_id": ("12-34", "12 34"),
        "home_area": ("A1", "A1 "),
        "work_area": ("B2 ", "B2"),
        "employer": ("Fox & Son", "fox  son"),
    }
    rows = {str(i): {name: pair[i] for name, pair in written.items()} for i in range(2)}
    columns = standardise({"a": frame(rows), "b": frame({"2": {"last_name": "Dam"}})}).columns
    repeated = {name for name, column in columns.items() if column.size > len(set(column.texts))}
    assert repeated == set()
    unlike = {name for name, column in columns.items() if column.codes[0] != column.codes[1]}
    assert unlike == set()
    assert {"both_names", "address", "squares", "online", "birth_year"} <= set(columns)


def test_unknown_columns_are_passed_over_with_a_warning():
    records = {"a": frame({"1": {"city": "Rome", "shoe_size": "42"}})}
    with pytest.warns(LinkageWarning, match="not compared: shoe_size"):
        assert "shoe_size" not in standardise(records).columns


def test_a_repeated_record_id_names_both_sources():
    records = {"dmv": frame({"7": {"city": "Rome"}}), "broker": frame({"7": {"city": "Rome"}})}
    with pytest.raises(ValueError, match="'7' occurs more than once, in broker and dmv"):
        standardise(records)


def test_a_column_that_a_source_has_twice_is_refused():
    frame = pd.DataFrame([["rome", "oslo"]], index=["1"], columns=["city", "city"])
    with pytest.raises(ValueError, match="broker has more than one column of the name city"):
        standardise({"broker": frame})


def test_duplicates_must_be_sources():
    with pytest.raises(ValueError, match="no source of the records: bank"):
        standardise({"a": frame({"1": {"city": "Rome"}})}, {"bank"})


def test_no_source_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one source"):
        standardise({})
