"""The engines as parameters of a test: Spark is slow, and needs Java."""

from __future__ import annotations

import os

import pytest

from simulator.linkage.engines import ENGINES
from simulator.linkage.engines.extras import EngineMissing, refuse_if_missing

_MARKS = {"splink_spark": (pytest.mark.slow, pytest.mark.spark)}

EVERY_ENGINE = [pytest.param(name, marks=_MARKS.get(name, ())) for name in ENGINES]
LARGE_IS_SLOW = [
    pytest.param(*param.values, marks=pytest.mark.slow)
    if param.values == ("recordlinkage",)
    else param
    for param in EVERY_ENGINE
]
"""The same for 10,000 records, which take the toolkit ten times as long as the others."""

BUT_OURS = [param for param in EVERY_ENGINE if param.values != ("vectorised",)]


def skip_if_missing(engine: str) -> None:
    """Skip where the engine cannot run, unless MOSAIC_REQUIRE_SPARK says that all must."""
    try:
        refuse_if_missing(engine)
    except EngineMissing as missing:
        if os.environ.get("MOSAIC_REQUIRE_SPARK") == "1":
            pytest.fail(f"{missing} (MOSAIC_REQUIRE_SPARK=1)")
        pytest.skip(str(missing))
