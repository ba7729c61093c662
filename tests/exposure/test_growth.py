import numpy as np
import pandas as pd
import pytest

from simulator.exposure.growth import METRICS, measure_step
from simulator.exposure.intervals import resample_households


def forty_people():
    """Return 30 people of group a and 10 of group b, all alike but for the group."""
    half = np.arange(40) % 2 == 0
    return pd.DataFrame(
        {
            "household_id": np.arange(40) // 2,
            "group": pd.Categorical(["a"] * 30 + ["b"] * 10),
            "exposure_share": np.where(half, 0.8, 0.2),
            "unjoined_share": 0.25,
            "surplus": np.where(half, 0.55, 0.0),
            "fragmentation": np.where(half, 0.0, 0.05),
            "named": True,
            "has_nameless": half,
            "reidentified": half,
            "wrongful": ~half,
            "sensitive_wrongful": False,
            "outdated": half,
            "false_dossier": ~half,
            "missed_share": np.where(half, 0.5, np.nan),
            "joined_pairs": 2.0,
            "rightly_joined_pairs": 1.0,
            "true_pairs": 3.0,
            "anonymity_bits": np.where(half, 8.0, 2.0),
            "unique": half,
            "misdirected": ~half,
        },
        index=pd.RangeIndex(40, name="entity_id"),
    )


def step(people=None):
    people = forty_people() if people is None else people
    resamples = resample_households(people["household_id"], 1)
    return measure_step(people, resamples, 2, "dmv")


def figures(rows, group):
    return rows.loc[rows["group"] == group].set_index("metric")


def test_one_row_per_group_and_metric():
    rows = step()
    assert list(rows.columns) == [
        *("step", "source_added", "group", "metric", "value", "low", "high", "n", "interval"),
    ]
    assert rows["metric"].tolist() == list(METRICS) * 3
    assert rows["group"].drop_duplicates().tolist() == ["all", "a", "b"]
    assert set(rows["step"]) == {2}
    assert set(rows["source_added"]) == {"dmv"}


@pytest.mark.parametrize(
    ("metric", "value", "n", "interval"),
    [
        ("exposure_share", 0.5, 40, "household_bootstrap"),
        ("unjoined_share", 0.25, 40, "household_bootstrap"),
        ("named_share", 1.0, 40, "wilson"),
        ("reidentified_share", 0.5, 40, "wilson"),
        ("reidentified_of_nameless_share", 1.0, 20, "wilson"),
        ("outdated_share", 0.5, 40, "wilson"),
        ("wrongful_share", 0.5, 40, "wilson"),
        ("sensitive_wrongful_share", 0.0, 40, "wilson"),
        ("false_dossier_share", 0.5, 40, "wilson"),
        ("missed_share", 0.5, 20, "household_bootstrap"),
        ("surplus", 0.275, 40, "household_bootstrap"),
        ("fragmentation", 0.025, 40, "household_bootstrap"),
        ("unique_share", 0.5, 40, "wilson"),
        ("misdirected_share", 0.5, 40, "wilson"),
        ("anonymity_bits", 5.0, 40, "household_bootstrap"),
        # 40 people with 2 joined pairs each, of which 1 is right, and 3 true pairs each
        ("linkage_precision", 0.5, 80, "household_bootstrap"),
        ("linkage_recall", 1 / 3, 120, "household_bootstrap"),
        ("linkage_f1", 2 / 5, 160, "household_bootstrap"),
    ],
)
def test_each_metric(metric, value, n, interval):
    row = figures(step(), "all").loc[metric]
    assert row["value"] == pytest.approx(value)
    assert row["low"] <= row["value"] + 1e-12
    assert row["value"] <= row["high"] + 1e-12
    assert (row["n"], row["interval"]) == (n, interval)


def test_a_group_under_twenty_keeps_its_rows_without_figures():
    small = figures(step(), "b")
    assert small["value"].isna().all()
    assert set(small["interval"]) == {"none"}
    assert small.loc["named_share", "n"] == 10
    assert small.loc["linkage_precision", "n"] == 20
    # of group a, 15 have a nameless record
    nameless = figures(step(), "a").loc["reidentified_of_nameless_share"]
    assert np.isnan(nameless["value"])
    assert nameless["n"] == 15


def test_before_the_first_source_nothing_is_known_and_precision_is_undefined():
    people = forty_people()
    counts = people.select_dtypes("number").columns.difference(["household_id", "missed_share"])
    people[counts] = 0.0
    people["missed_share"] = np.nan
    people[people.select_dtypes(bool).columns] = False
    rows = figures(step(people), "all")
    for metric in ("exposure_share", "named_share", "reidentified_share", "wrongful_share"):
        assert rows.loc[metric, ["value", "low", "n"]].tolist() == [0, 0, 40]
    for metric in ("linkage_precision", "linkage_f1", "false_dossier_share", "missed_share"):
        assert np.isnan(rows.loc[metric, "value"])
        assert rows.loc[metric, ["n", "interval"]].tolist() == [0, "none"]


def test_the_order_of_people_changes_nothing():
    people = forty_people()
    shuffled = people.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(step(people), step(shuffled))
