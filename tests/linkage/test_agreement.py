from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from simulator.linkage.agreement import agreement, agreements
from simulator.linkage.fields import standardise


def test_equal_pairs_are_counted_over_all_pairs():
    left, right = ["rome", "rome", "oslo", None], ["rome", "oslo", "oslo", "bonn"]
    records = {
        "a": pd.DataFrame({"city": left}, index=list("1234")),
        "b": pd.DataFrame({"city": right}, index=list("5678")),
    }
    found = agreement(standardise(records), ("city",))
    known = [(x, y) for x, y in itertools.product(left, right) if x is not None]
    assert found.pairs.tolist() == [len(known)]
    assert found.equal.tolist() == [sum(x == y for x, y in known)]
    # inside a: one equal pair of three (two ways round); inside b: one of six
    assert found.within == pytest.approx((2 + 2) / (6 + 12))


def test_inside_a_source_with_duplicates_pairs_count_once():
    records = {"a": pd.DataFrame({"city": ["rome", "rome", "rome", "oslo"]}, index=list("1234"))}
    found = agreement(standardise(records, {"a"}), ("city",))
    assert (found.pairs.tolist(), found.equal.tolist()) == ([6.0], [3.0])
    assert np.isnan(found.within)


def at_home(name, **columns):
    rows = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=[f"{name}{row}" for row in range(rows)])


def test_of_several_columns_the_first_that_both_sources_fill_is_taken():
    streets, zips, cities = ["1 Oak St", "2 Elm St"], ["01234", "04321"], ["rome", "oslo"]
    records = {
        "a": at_home("a", street_address=streets, zip_code=zips, city=cities),
        "b": at_home("b", street_address=streets, zip_code=zips),
        "c": at_home("c", street_address=streets, city=cities),
    }
    table = standardise(records)
    found = agreements(table, ["residence"])["residence", 6, ()]
    # a and b by ZIP, a and c by city, b and c by the street address alone
    assert [taken.tolist() for _, taken in found] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert [counted.equal[taken].tolist() for counted, taken in found] == [[2.0], [2.0], [2.0]]


def test_what_nobody_asks_for_is_not_counted():
    records = {
        name: at_home(name, street_address=["1 Oak St"] * 3, zip_code=["01234"] * 3, city="rome")
        for name in "ab"
    }
    found = agreements(standardise(records), ["residence"])
    assert {len(counted) for counted in found.values()} == {1}


def test_a_column_filled_only_where_the_other_is_not_leaves_the_level_to_the_next():
    records = {
        name: at_home(
            name, street_address=["1 Oak St", None], zip_code=[None, "01234"], city=["rome", "oslo"]
        )
        for name in "ab"
    }
    (by_zip, first), (by_city, second) = agreements(standardise(records), ["residence"])[
        "residence", 6, ()
    ]
    assert (by_zip.pairs.tolist(), first.tolist()) == ([0.0], [False])
    assert (by_city.equal.tolist(), second.tolist()) == ([1.0], [True])
