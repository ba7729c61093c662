"""The ways to link that are measured: Mosaic's engines, and Splink with its own training."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TypeAlias

import pandas as pd

from benchmarks.splink_linkers import splink_links
from simulator.linkage import link
from simulator.tables import Links

Linker: TypeAlias = Callable[[Mapping[str, pd.DataFrame], Collection[str]], Links]

LINKERS: Mapping[str, Linker] = {
    **{
        engine: partial(link, engine=engine) for engine in ("vectorised", "recordlinkage", "splink")
    },
    "Splink, a linker per pair of lists": partial(splink_links, shape="per pair"),
    "Splink, one linker over all": partial(splink_links, shape="over all"),
}
"""Name -> how it links. The first is what the others are held against."""
