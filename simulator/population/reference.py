"""The reference tables, read once per process; ``data/SOURCES.md`` says where they come from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

import numpy as np
import pyarrow as pa
from pyarrow import csv

from simulator.locations import DATA
from simulator.scenario.schema import CensusGroup

if TYPE_CHECKING:
    from simulator.randomness import Floats

CENSUS_GROUPS: tuple[str, ...] = get_args(CensusGroup)
_PERCENT_COLUMNS = {
    "white": "pctwhite",
    "black": "pctblack",
    "asian_pacific": "pctapi",
    "native": "pctaian",
    "two_or_more": "pct2prace",
    "hispanic": "pcthispanic",
}
NAMED_MILLIONS = 298.8
"""People whose surname the Census counted: the top 20,000 surnames are 72.7 % of them."""


@cache
def read_table(name: str) -> pa.Table:
    """Return a table of the folder ``data``; names stay text, even "Null" and "NA"."""
    options = csv.ConvertOptions(
        strings_can_be_null=False, column_types={"name": pa.string(), "place": pa.string()}
    )
    return csv.read_csv(DATA / name, convert_options=options)


def column(name: str, field: str) -> Floats:
    """Return a number column of a table as float64, missing numbers as 0."""
    values = read_table(name)[field].combine_chunks().cast(pa.float64())
    return np.asarray(values.fill_null(0.0).to_numpy(zero_copy_only=False), dtype=np.float64)


@cache
def people_per_group(name: str) -> Floats:
    """Return the people (millions) of each group who bear each name of a Census name table.

    Returns
    -------
    array of shape (groups, names)
        Groups in the order of `CENSUS_GROUPS`.
    """
    count = column(name, "count") / 1e6
    shares = [column(name, _PERCENT_COLUMNS[group]) / 100.0 for group in CENSUS_GROUPS]
    return np.asarray(np.stack(shares) * count, dtype=np.float64)


@cache
def named_people() -> Floats:
    """Return how many people (millions) of each group the Census name tables count."""
    totals = column("group_totals.csv", "people_millions")
    groups = read_table("group_totals.csv")["census_group"].to_pylist()
    ordered = np.array([totals[groups.index(group)] for group in CENSUS_GROUPS])
    return np.asarray(ordered * NAMED_MILLIONS / ordered.sum(), dtype=np.float64)
