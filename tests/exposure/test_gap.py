import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from simulator.exposure.differences import compare_groups
from simulator.exposure.differences_over_towns import differences_over_towns
from simulator.exposure.gap import (
    COVERAGE,
    ERRORS,
    GAP,
    LINKING,
    PARTS,
    REMAINDER,
    decompose_gaps,
    parts_of,
)
from simulator.exposure.harm import HELD, HELD_MEANS
from simulator.exposure.intervals import resample_households

METRICS = ("missed_share", "wrongful_share", "false_dossier_share")
FIGURES = st.floats(-1, 1, allow_nan=False)


def people(rng, count=60):
    return pd.DataFrame(
        {
            "group": pd.Categorical(np.arange(count) % 2, categories=[0, 1]).rename_categories(
                ["a", "b"]
            ),
            "household_id": np.arange(count) // 2,
            "wrongful": rng.random(count) < 0.3,
            "sensitive_wrongful": False,
            "named": rng.random(count) < 0.9,
            "false_dossier": rng.random(count) < 0.2,
            "missed_share": np.where(rng.random(count) < 0.1, np.nan, rng.random(count)),
        },
        index=pd.RangeIndex(count, name="entity_id"),
    )


@given(npst.arrays(np.float64, (8, 3), elements=FIGURES))
def test_contributions_and_remainder_add_up_to_the_gap(gaps):
    parts = parts_of(gaps)
    assert parts[0] == pytest.approx(gaps[0])
    assert parts[1:].sum(axis=0) == pytest.approx(gaps[0], abs=1e-12)


@given(npst.arrays(np.float64, 4, elements=FIGURES))
def test_a_switch_that_never_changes_the_gap_contributes_nothing(gaps):
    """Numbers 0 to 7 with and without 2: errors make no difference."""
    parts = dict(zip(PARTS, parts_of(gaps[[0, 1, 0, 1, 2, 3, 2, 3]]), strict=True))
    assert parts[ERRORS] == pytest.approx(0, abs=1e-12)


def test_switches_by_hand():
    """Coverage takes 4 first and 2 after linking, linking takes 6 first and 4 after coverage."""
    gaps = np.array([10.0, 6, 10, 6, 4, 2, 4, 2])
    parts = dict(zip(PARTS, parts_of(gaps), strict=True))
    assert parts == pytest.approx({GAP: 10, COVERAGE: 3, ERRORS: 0, LINKING: 5, REMAINDER: 2})


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_parts_add_up_in_a_table_and_stay_within_the_interval_of_nothing_changed(seed):
    rng = np.random.default_rng(seed)
    designs = [people(rng) for _ in range(8)]
    resamples = resample_households(designs[0]["household_id"], 1)
    table = decompose_gaps(designs, METRICS, resamples)
    value = table.pivot_table("value", ["group", "metric"], "part")
    parts = value[[COVERAGE, ERRORS, LINKING, REMAINDER]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(value[GAP].to_numpy())
    base = designs[0]
    members = base["group"] == "a"
    gap = base.loc[members, "wrongful"].mean() - base.loc[~members, "wrongful"].mean()
    assert value.loc[("a", "wrongful_share"), GAP] == pytest.approx(gap)
    told = table.loc[table["interval"] != "none"]
    assert (told["low"] <= told["high"]).all()
    by_part = told.groupby("part")["interval"].unique().map(sorted).to_dict()
    assert by_part.pop(GAP) == ["household_bootstrap", "newcombe"]
    assert set(map(tuple, by_part.values())) == {("household_bootstrap",)}


def test_the_gap_has_the_interval_it_has_everywhere():
    rng = np.random.default_rng(7)
    designs = [people(rng) for _ in range(8)]
    resamples = resample_households(designs[0]["household_id"], 1)
    table = decompose_gaps(designs, METRICS, resamples)
    parts = table.loc[table["part"] == GAP].set_index(["group", "metric"])[["value", "low", "high"]]
    held = compare_groups(designs[0], HELD, HELD_MEANS, resamples)
    apart = held.loc[held["side"] == "difference"].set_index(["group", "metric"])
    pd.testing.assert_frame_equal(parts, apart.loc[parts.index, ["value", "low", "high"]])


@pytest.mark.parametrize(("events", "is_withheld"), [(4, True), (5, False)])
def test_what_happened_to_fewer_than_five_is_not_shared_out(events, is_withheld):
    base = people(np.random.default_rng(1))
    rare = base.assign(wrongful=np.arange(len(base)) < events)
    resamples = resample_households(base["household_id"], 1)
    table = decompose_gaps([rare] * 8, ("wrongful_share",), resamples)
    assert table["value"].isna().all() == is_withheld
    assert decompose_gaps([rare] * 8, ("wrongful_share",))["value"].notna().all()


def test_eight_times_the_same_design_leaves_the_whole_gap_over():
    same = people(np.random.default_rng(1))
    table = decompose_gaps([same] * 8, METRICS)
    switched = table.loc[table["part"].isin([COVERAGE, ERRORS, LINKING]), "value"]
    assert switched.abs().max() < 1e-12
    values = table.pivot_table("value", ["group", "metric"], "part")
    assert values[REMAINDER].tolist() == values[GAP].tolist()
    assert set(table["interval"]) == {"none"}


def test_a_group_is_withheld_where_too_few_count_in_any_design():
    rng = np.random.default_rng(1)
    designs = [people(rng) for _ in range(8)]
    designs[5] = designs[5].assign(named=designs[5]["named"] & (designs[5].index >= 50))
    table = decompose_gaps(designs, METRICS)
    withheld = table["value"].isna().groupby(table["metric"]).all()
    assert withheld.to_dict() == {
        "missed_share": False,
        "wrongful_share": False,
        "false_dossier_share": True,
    }


def test_over_towns_the_parts_still_add_up():
    rng = np.random.default_rng(1)
    towns = [decompose_gaps([people(rng) for _ in range(8)], METRICS) for _ in range(3)]
    mean = differences_over_towns(towns, ("group", "metric", "part"))
    value = mean.pivot_table("value", ["group", "metric"], "part")
    parts = value[[COVERAGE, ERRORS, LINKING, REMAINDER]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(value[GAP].to_numpy())
    assert set(mean["interval"]) == {"paired_t"}
    assert set(mean["n"]) == {3}
