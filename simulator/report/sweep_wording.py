"""What a sweep found, in sentences: where on the grid a measure is least and most."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.definitions import DEFINITIONS, Definition
from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.sweep import Sweep

FEWEST_TOWNS = 20
"""Fewer towns drawn anew make no headline."""

IN_BITS = "anonymity_bits"

MEASURES: Mapping[str, Definition] = {
    **DEFINITIONS,
    "reidentified_of_nameless_share": Definition(
        "Re-identified, of nameless",
        "the same, of residents who have a record without their legal name.",
    ),
    "outdated_share": Definition(
        "Outdated fact", "residents whose file states what was true of them once, of all residents."
    ),
    "surplus": Definition(
        "Gained by joining",
        "the part of a resident's facts, by weight, that the file states rightly and no single "
        "record with the name does; mean over all residents.",
    ),
    "fragmentation": Definition(
        "Lost by joining",
        "the part of a resident's facts, by weight, that a single record with the name states "
        "rightly and the file does not; mean over all residents.",
    ),
    "unique_share": Definition(
        "Alone", "residents whom nobody else equals in what the file states rightly."
    ),
    "misdirected_share": Definition(
        "Misdirected",
        "residents whose file states something untrue and, taken as a whole, fits somebody else.",
    ),
    IN_BITS: Definition(
        "Bits known",
        "how often what the file states rightly halves the crowd it could be about; mean.",
    ),
    "linkage_precision": Definition(
        "Links right", "joined pairs of records that are about one person, of all joined pairs."
    ),
    "linkage_recall": Definition(
        "Links found", "joined pairs that are about one person, of all pairs about one person."
    ),
    "linkage_f1": Definition("Links, F1", "the harmonic mean of links right and links found."),
}
"""Metric -> its heading and meaning, for everything that a sweep can measure."""


def unit(metric: str) -> str:
    """Return what a metric is counted in.

    >>> unit("exposure_share"), unit("anonymity_bits")
    ('in 100', 'bits')
    """
    return "bits" if metric == IN_BITS else "in 100"


def scaled(metric: str, value: float) -> float:
    """Return a figure in its unit.

    >>> scaled("exposure_share", 0.25), scaled("anonymity_bits", 7.5)
    (25.0, 7.5)
    """
    return value if metric == IN_BITS else 100 * value


def paths(found: Sweep) -> list[str]:
    """Return the settings that were varied."""
    return [swept.path for swept in found.settings]


def heading(found: Sweep) -> str:
    """Say what was run."""
    cells = math.prod(len(swept.values) for swept in found.settings)
    towns = counted(len(found.seeds), "town", "towns")
    after = " and after" if len(found.seeds) > 1 else ""
    return (
        f"{found.base.title}: {counted(cells, 'cell', 'cells')} over {', '.join(paths(found))} · "
        f"{found.base.population.residents_count:,} residents, all invented · {towns}, seed "
        f"{found.base.seed}{after}"
    )


def findings(found: Sweep) -> list[str]:
    """Return per metric where it is least and most, and whether the two can be told apart."""
    return [
        _finding(found, metric, rows.to_dict("records"))
        for metric, rows in found.figures.groupby("metric", sort=False)
    ]


def _finding(found: Sweep, metric: Any, rows: list[dict[Any, Any]]) -> str:
    name = MEASURES[metric].heading
    told = [row for row in rows if not math.isnan(row["value"])]
    if not told:
        return f"{name}: not defined anywhere on the grid."
    least, most = (pick(told, key=lambda row: row["value"]) for pick in (min, max))
    if least["value"] == most["value"]:
        return f"{name}: {_said(metric, least)} in every cell."
    sentence = (
        f"{name}: least {_said(metric, least)} ({_where(found, least)}), most "
        f"{_said(metric, most)} ({_where(found, most)})."
    )
    if least["high"] < most["low"]:
        return sentence
    return f"{sentence} Their intervals overlap: the grid does not tell the two apart."


def _where(found: Sweep, row: dict[Any, Any]) -> str:
    return ", ".join(f"{path} {row[path]}" for path in paths(found))


def _said(metric: str, row: dict[Any, Any]) -> str:
    """Say a figure with its interval.

    >>> _said("named_share", {"value": 0.743, "low": 0.731, "high": 0.755})
    '74.3 in 100, 95 % interval 73.1 to 75.5'
    >>> _said("anonymity_bits", {"value": 7.54, "low": float("nan"), "high": float("nan")})
    '7.5 bits'
    """
    value, low, high = (scaled(metric, row[name]) for name in ("value", "low", "high"))
    said = f"{value:.1f} {unit(metric)}"
    return said if math.isnan(low) else f"{said}, 95 % interval {low:.1f} to {high:.1f}"


def how_sure(found: Sweep) -> str:
    """Say what the intervals are, and what the cells share."""
    towns = len(found.seeds)
    shared = (
        " All cells of a town share every draw that the settings do not touch, so they differ by "
        "the settings alone; mosaic compare pairs two designs person by person."
    )
    if towns == 1:
        return (
            "One town: the 95 % intervals are the luck of the draw among its people. A headline "
            f"needs {FEWEST_TOWNS} towns: --seeds {FEWEST_TOWNS}.{shared}"
        )
    few = f" A headline needs {FEWEST_TOWNS} towns." if towns < FEWEST_TOWNS else ""
    return (
        f"Means over {counted(towns, 'town', 'towns')} drawn anew, seeds {found.seeds[0]} to "
        f"{found.seeds[-1]}; the intervals say where 95 % of the towns lie.{few}{shared}"
    )
