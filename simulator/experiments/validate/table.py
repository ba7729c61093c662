"""The published figures and ours, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan, nan
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from simulator.experiments.validate.coverage import coverage
from simulator.experiments.validate.evidence import gather
from simulator.experiments.validate.finding import Finding
from simulator.experiments.validate.names import (
    coincidences,
    unique_names,
    unique_names_and_expected,
)
from simulator.experiments.validate.people import (
    ages,
    household_sizes,
    households_of_one,
    moved_share,
    owner_share,
)
from simulator.experiments.validate.published import Row, published_rows
from simulator.experiments.validate.unicity import unicity_at, unicity_power, unicity_rise
from simulator.experiments.validate.uniqueness import (
    pigeonhole_share,
    unique_everywhere,
    unique_share,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.experiments.validate.evidence import Evidence
    from simulator.pipeline import Progress

    Measure: TypeAlias = Callable[..., Finding]

FULL_PEOPLE = 2_000_000
QUICK_PEOPLE = 200_000

AGREES, DISAGREES = "agrees", "does not agree"
SHOWN, CANNOT_SAY = "shown only", "cannot say"


def nothing(_evidence: Evidence) -> Finding:
    """Return that we have no figure."""
    return Finding(nan, 0, "")


MEASURES: Mapping[str, Measure] = {
    "unique_share": unique_share,
    "unique_everywhere": unique_everywhere,
    "pigeonhole_share": pigeonhole_share,
    "unique_names": unique_names,
    "unique_names_and_expected": unique_names_and_expected,
    "coincidences": coincidences,
    "household_sizes": household_sizes,
    "households_of_one": households_of_one,
    "ages": ages,
    "moved_share": moved_share,
    "owner_share": owner_share,
    "coverage": coverage,
    "unicity_at": unicity_at,
    "unicity_rise": unicity_rise,
    "unicity_power": unicity_power,
    "nothing": nothing,
}
"""What a row of the published figures may name, and what computes it."""


@dataclass(frozen=True)
class Validation:
    """Published figures beside ours.

    Attributes
    ----------
    table : DataFrame
        One row per figure: ``section``, ``key``, ``result``, ``check`` ("emerges": nothing in the
        simulator is set to it; "input": a table it is given, which must arrive; "consistency":
        against a closed form), ``unit`` ("share", "points": a difference of shares, "power",
        "pairs", "ratio"), ``published`` (float; NaN where there is no number), ``figure`` (how it
        is written, if not as a plain number), ``source``, ``mark``, ``ours``, ``n``, ``how``,
        ``low`` and ``high`` (the range in which we agree; NaN without), ``tested`` (bool),
        ``verdict`` ("agrees", "does not agree", "shown only", "cannot say") and ``why``.
    unicity : DataFrame
        As `unicity_curve` gives it; the table has some of it.
    """

    table: pd.DataFrame
    unicity: pd.DataFrame


def run_validation(
    people_count: int = FULL_PEOPLE, seed: int | None = None, progress: Progress | None = None
) -> Validation:
    """Set every published figure beside ours.

    Parameters
    ----------
    people_count : int
        People to invent, in whole ZIP areas; names are counted in a town 1.3 times as large.
    seed : int, optional
        In place of the packaged scenario's. Nothing is fitted to any seed.
    progress : function (what, share done), optional

    Returns
    -------
    Validation
    """
    evidence = gather(people_count, seed, progress or _silent)
    rows = [
        _compared(row, MEASURES[row.measure](evidence, **row.of), len(evidence.people))
        for row in published_rows()
    ]
    return Validation(pd.DataFrame(rows), evidence.unicity)


def passes(table: pd.DataFrame) -> bool:
    """Tell whether every tested row agrees."""
    return bool((table.loc[table["tested"], "verdict"] == AGREES).all())


def _compared(row: Row, finding: Finding, people_count: int) -> dict[str, object]:
    published = finding.expected if row.value is None else row.value
    low, high = _range(row, finding, published)
    verdict, why = SHOWN, row.why
    if isnan(finding.ours):
        verdict = CANNOT_SAY
    elif people_count < row.least_people:
        why = f"Tested with {row.least_people:,} people or more: fewer ZIP areas are a small draw."
    elif not isnan(low):
        verdict = AGREES if low <= finding.ours <= high else DISAGREES
    return {
        "section": row.section,
        "key": row.key,
        "result": row.result,
        "check": row.check,
        "unit": row.unit,
        "published": published,
        "figure": row.figure,
        "source": row.source,
        "mark": row.mark,
        "ours": finding.ours,
        "n": finding.n,
        "how": finding.how,
        "low": low,
        "high": high,
        "tested": row.tested and verdict in {AGREES, DISAGREES},
        "verdict": verdict,
        "why": why,
    }


def _range(row: Row, finding: Finding, published: float) -> tuple[float, float]:
    """Return the range in which we agree, as far as a figure of its unit can lie in it."""
    if row.accept is not None:
        return row.accept
    if row.within is None:
        return nan, nan
    tolerance = max(row.within, 3 * finding.standard_error)
    most = 1.0 if row.unit == "share" else inf
    return max(published - tolerance, 0.0), min(published + tolerance, most)


def _silent(what: str, share: float) -> None:
    """Tell nobody."""
