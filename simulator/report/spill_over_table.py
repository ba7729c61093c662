"""What leaving is worth, as text for a terminal and rows for a page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.report.spill_over_wording import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_OTHERS: Mapping[str, str] = {
    "spill_over_share": "spill-over: alone, less with all",
    "nowhere_else_share": "not in their own files (they leave alone)",
}
_WIDTH = 46


class Line(NamedTuple):
    """One line of the table, its figures in 100 as text; a dash where there is none."""

    label: str
    value: str
    interval: str
    ties_gone: str


def spill_over_lines(measures: pd.DataFrame) -> list[Line]:
    """Return what is known through others, line by line.

    Parameters
    ----------
    measures : DataFrame
        Columns metric, ties_left_share, ties_gone_share, value, low, high.
    """
    labels: dict[Any, str] = {("through_others_before_share", None): "everybody stays"}
    labels |= {("through_others_share", left): said for left, said in STEPS.items()}
    labels |= {(metric, None): said for metric, said in _OTHERS.items()}
    lines = []
    for row in measures.to_dict("records"):
        left = row["ties_left_share"]
        label = labels.get((row["metric"], None if math.isnan(left) else left))
        if label is not None:
            gone = row["ties_gone_share"]
            gone_words = "–" if math.isnan(gone) else f"{100 * gone:.0f}"
            lines.append(Line(label, *_figures(row), gone_words))
    return lines


def fact_lines(facts: pd.DataFrame, labels: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Return, for each fact, of how many of 100 leavers it is known through others.

    Parameters
    ----------
    facts : DataFrame
        Columns ties_left_share (0 and 1), fact, value, low, high, n.
    labels : mapping
        Fact -> its label.

    Returns
    -------
    list of tuple
        Label, then with none and with all of household and ties gone, then n; as text.
    """
    rows = {(row["ties_left_share"], row["fact"]): row for row in facts.to_dict("records")}
    found = []
    for fact in dict.fromkeys(facts["fact"]):
        alone, together = (" ".join(_figures(rows[left, fact])) for left in (0.0, 1.0))
        found.append((labels[fact], alone, together, f"{rows[0.0, fact]['n']:,}"))
    return found


def spill_over_table(measures: pd.DataFrame) -> str:
    """Write what is known through others as text."""
    lines = [f"{'of 100 facts, known through others if':<{_WIDTH}}{'':>6}{'95 %':>14}{'gone':>8}"]
    lines += [
        f"{line.label:<{_WIDTH}}{line.value:>6}{line.interval:>14}{line.ties_gone:>8}"
        for line in spill_over_lines(measures)
    ]
    return "\n".join(lines)


def facts_table(facts: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write fact by fact as text."""
    lines = [f"{'of 100 of whom it is true, known of':<38}{'alone':>18}{'with all':>18}{'n':>6}"]
    lines += [
        f"{label:<38}{alone:>18}{together:>18}{n:>6}"
        for label, alone, together, n in fact_lines(facts, labels)
    ]
    return "\n".join(lines)


def _figures(row: Mapping[Any, Any]) -> tuple[str, str]:
    """Return a share and its interval in 100.

    >>> _figures({"value": 0.094, "low": 0.08, "high": 0.112})
    ('9.4', '(8.0–11.2)')
    >>> _figures({"value": float("nan"), "low": float("nan"), "high": float("nan")})
    ('–', '')
    >>> _figures({"value": 0.0, "low": 0.0, "high": 0.0})
    ('0.0', '')
    """
    value = f"{100 * row['value']:.1f}"
    if math.isnan(row["value"]):
        return "–", ""
    if row["low"] == row["high"]:  # the same of everyone: resampling tells nothing
        return value, ""
    return value, f"({100 * row['low']:.1f}–{100 * row['high']:.1f})"
