from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.scenario import packaged_scenarios
from tests.scenarios.golden_tables import COLUMNS, FOLDER, golden_file, golden_table

NAMES = [packaged.name for packaged in packaged_scenarios()]
FIGURES = ["value", "low", "high", "n"]
TOLERANCE = 1.5e-6  # a figure on the edge of rounding may fall either way
ADVICE = "If the change is meant, run 'make golden' and look at the difference."


def test_every_shipped_scenario_has_a_table_and_no_other_does():
    assert {file.stem for file in FOLDER.glob("*.csv")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_scenario_gives_its_table(name):
    golden = pd.read_csv(golden_file(name)).fillna({"source_added": ""})
    found = golden_table(name)
    assert list(golden.columns) == list(found.columns) == COLUMNS
    said = [column for column in COLUMNS if column not in FIGURES]
    pd.testing.assert_frame_equal(
        found[said].astype(str), golden[said].astype(str), obj=f"{name}. {ADVICE} Rows"
    )
    ours, theirs = found[FIGURES].to_numpy(float), golden[FIGURES].to_numpy(float)
    moved = ~np.isclose(ours, theirs, rtol=0, atol=TOLERANCE, equal_nan=True).all(axis=1)
    difference = found.join(golden[FIGURES], rsuffix="_golden").loc[moved]
    assert difference.empty, f"{name}. {ADVICE}\n{difference.to_string()}"
