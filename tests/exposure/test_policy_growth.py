from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure import resample_households
from simulator.exposure.policy_growth import growth_change, lists_in_order

HOUSEHOLDS = pd.Series(np.repeat(range(20), 2))


def people(exposure, reidentified=False):
    return pd.DataFrame(
        {"exposure_share": exposure, "reidentified": reidentified}, index=HOUSEHOLDS.index
    )


def rows(table, metric="exposure_share"):
    return table.loc[table["metric"] == metric].set_index("source_added")


def test_a_design_without_a_list_stays_as_it_was():
    """The broker adds 0.2; without it the licences add 0.3 to what the utility gave."""
    before = {"utility": people(0.1), "broker": people(0.3), "dmv": people(0.7, reidentified=True)}
    after = {"utility": people(0.1), "dmv": people(0.4)}
    found = growth_change(before, after, HOUSEHOLDS)
    exposure = rows(found)
    assert exposure.index.tolist() == ["utility", "broker", "dmv"]
    assert exposure["after"].tolist() == pytest.approx([0.1, 0.1, 0.4])
    assert exposure["value"].tolist() == pytest.approx([0.0, -0.2, -0.3])
    assert rows(found, "reidentified_share")["value"].tolist() == [0, 0, -1]
    assert exposure["low"].isna().all()


def test_a_list_that_only_the_policy_has_stands_where_it_is_joined():
    before = {"utility": people(0.1), "dmv": people(0.4)}
    after = {"register": people(0.05), "utility": people(0.2), "dmv": people(0.4)}
    found = rows(growth_change(before, after, HOUSEHOLDS))
    assert found.index.tolist() == ["register", "utility", "dmv"]
    assert found["before"].tolist() == pytest.approx([0, 0.1, 0.4])
    assert found["value"].tolist() == pytest.approx([0.05, 0.1, 0.0])


def test_the_band_is_that_of_households_drawn_anew():
    resamples = resample_households(HOUSEHOLDS, 3)
    changed = people(np.repeat(np.linspace(0, 0.4, 20), 2))
    found = growth_change({"dmv": people(0.5)}, {"dmv": changed}, HOUSEHOLDS, resamples)
    row = rows(found).loc["dmv"]
    assert row["low"] < row["value"] < row["high"] < 0
    assert (row["n"], row["interval"]) == (40, "household_bootstrap")
    same = growth_change({"dmv": changed}, {"dmv": changed}, HOUSEHOLDS, resamples)
    assert (same[["value", "low", "high"]] == 0).all(axis=None)


def test_fewer_than_twenty_people_are_withheld():
    few = HOUSEHOLDS.iloc[:19]
    table = people(0.5).iloc[:19]
    found = growth_change({"dmv": table}, {"dmv": table}, few, resample_households(few, 3))
    assert found[["before", "after", "value", "low", "high"]].isna().all(axis=None)


NAMES = st.lists(st.sampled_from("abcdef"), unique=True)


@given(NAMES, NAMES)
def test_every_list_stands_once_and_the_base_keeps_its_order(before, after):
    order = lists_in_order(before, after)
    assert sorted(order) == sorted({*before, *after})
    assert [name for name in order if name in before] == before
