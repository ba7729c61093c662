"""How sure the linkage is, as text for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.certainty_wording import rule_words
from simulator.report.harm_wording import one_in
from simulator.report.link_wording import bits_words, comparison_words
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def thresholds_table(table: pd.DataFrame) -> str:
    """Write right, wrong and missed links per threshold, and shares in 100 with their interval.

    Parameters
    ----------
    table : DataFrame
        Columns threshold, right, wrong, missed, precision and recall with ``_low``, ``_high``.
    """
    lines = [
        f"{'threshold':>9}{'right':>12}{'wrong':>10}{'missed':>10}"
        f"{'right, of accepted':>22}{'found, of true':>22}"
    ]
    lines += [
        f"{row['threshold']:>9.2f}{row['right']:>12,}{row['wrong']:>10,}{row['missed']:>10,}"
        f"{share(row, 'precision'):>22}{share(row, 'recall'):>22}"
        for row in table.to_dict("records")
    ]
    return "\n".join(lines)


def calibration_table(table: pd.DataFrame) -> str:
    """Write stated against true per bin, in 100.

    Parameters
    ----------
    table : DataFrame
        Columns low, high, n, stated, true_share, true_low, true_high.
    """
    lines = [f"{'stated':>9}{'pairs':>12}{'mean stated':>14}{'true':>22}"]
    lines += [
        f"{bin_words(row['low']):>9}{row['n']:>12,}{100 * row['stated']:>14.1f}"
        f"{share(row, 'true', 'true_share'):>22}"
        for row in table.to_dict("records")
    ]
    return "\n".join(lines)


def rules_table(table: pd.DataFrame) -> str:
    """Write what each blocking rule brings; columns as of `simulator.experiments.rule_yield`."""
    words = [rule_words(rule) for rule in table["rule"]]
    width = max(map(len, [*words, "two records share"]))
    lines = [
        f"{'two records share':<{width}}{'pairs':>10}{'alone':>9}{'true':>9}{'true alone':>12}"
        f"{'left out':>11}"
    ]
    lines += [
        f"{said:<{width}}{row['pairs']:>10,}{row['alone']:>9,}"
        f"{row['true_pairs']:>9,}{row['true_alone']:>12,}{row['left_out']:>11,}"
        for said, row in zip(words, table.to_dict("records"), strict=True)
    ]
    return "\n".join(lines)


def evidence_rows(table: pd.DataFrame) -> list[list[str]]:
    """Return what each level says, in words; columns as of `simulator.linkage.evidence`."""
    return [
        [
            comparison_words(row["comparison"], row["level"]),
            in_hundred(row["match_share"]),
            one_in(row["chance_share"]),
            bits_words(row["bits"]),
        ]
        for row in table.to_dict("records")
    ]


def evidence_table(table: pd.DataFrame) -> str:
    """Write how often each level is seen about one person and about two, and what it weighs."""
    rows = [["two records say", "about one person", "about two", "bits"], *evidence_rows(table)]
    width = max(len(row[0]) for row in rows)
    return "\n".join(f"{said:<{width}}{one:>22}{two:>24}{bits:>8}" for said, one, two, bits in rows)


def too_little_table(table: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write how many records of each list say too little to be joined."""
    width = max(len("list"), *map(len, labels.values()))
    lines = [f"{'list':<{width}}{'records':>12}{'say too little':>17}"]
    lines += [
        f"{labels[row['source']]:<{width}}{row['records_count']:>12,}{row['too_little_count']:>17,}"
        for row in table.to_dict("records")
    ]
    return "\n".join(lines)


def bin_words(low: float) -> str:
    """Name a bin of width 0.1 in 100.

    >>> bin_words(0.9)
    '90–100'
    """
    return f"{100 * low:.0f}–{100 * low + 10:.0f}"


def share(row: Mapping[Any, Any], name: str, value: str | None = None) -> str:
    """Write a share with the ends of its interval, in 100; a dash over too few pairs.

    >>> share({"recall": 0.7, "recall_low": 0.68, "recall_high": 0.72}, "recall")
    '70.0 (68.0–72.0)'
    """
    found = [row[value or name], row[f"{name}_low"], row[f"{name}_high"]]
    if math.isnan(found[0]):
        return "–"
    middle, low, high = (f"{100 * part:.1f}" for part in found)
    return f"{middle} ({low}–{high})"
