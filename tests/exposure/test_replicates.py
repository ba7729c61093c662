import numpy as np
import pandas as pd
import pytest

from simulator.exposure.replicates import combine_replicates


def replicate(precision, named):
    return pd.DataFrame(
        {
            "step": 1,
            "source_added": "dmv",
            "group": "all",
            "metric": ["named_share", "linkage_precision"],
            "value": [named, precision],
            "low": 0.0,
            "high": 1.0,
            "n": 40,
            "interval": ["wilson", "household_bootstrap"],
        }
    )


def test_the_band_is_over_replicates_that_have_the_figure():
    replicates = [replicate(np.nan, share / 100) for share in range(101)]
    replicates[0] = replicate(0.75, 0.0)
    combined = combine_replicates(replicates).set_index("metric")
    named, precision = combined.loc["named_share"], combined.loc["linkage_precision"]
    assert named[["value", "low", "high"]].tolist() == pytest.approx([0.5, 0.025, 0.975])
    assert named[["n", "interval"]].tolist() == [101, "replicates"]
    assert precision[["value", "low", "high", "n"]].tolist() == [0.75, 0.75, 0.75, 1]


def test_a_figure_that_no_replicate_has_stays_undefined():
    combined = combine_replicates([replicate(np.nan, 0.5)] * 2).set_index("metric")
    assert np.isnan(combined.loc["linkage_precision", "value"])
    assert combined.loc["linkage_precision", ["n", "interval"]].tolist() == [0, "none"]


def test_rows_and_columns_are_those_of_one_replicate():
    one = replicate(0.5, 0.5)
    combined = combine_replicates([one, one])
    assert list(combined.columns) == list(one.columns)
    assert combined["metric"].tolist() == one["metric"].tolist()
