"""The full validation, run once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.experiments.validate import run_validation

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture(scope="session")
def table() -> pd.DataFrame:
    """Published figures beside ours, for two million people of the packaged town's seed."""
    return run_validation().table.set_index("key", drop=False)
