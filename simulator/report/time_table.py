"""Over time, as text for a terminal of 100 columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.text_rows import text_row
from simulator.report.time_wording import EVERYONE, of_memory, rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

COLUMNS = (
    ("exposure_share", "facts known"),
    ("named_share", "named"),
    ("reidentified_share", "re-identified"),
    ("wrongful_share", "another's fact"),
    ("sensitive_wrongful_share", "another's sensitive fact"),
)
"""Metric by day, and the heading of its column."""

SHOWN_DAYS = (1, 7, 14, 30)
"""Days of the table of who has been located, besides the last."""

_DAY_WIDTHS = (10, 14, 14, 16, 16, 18)
_LABEL_WIDTH, _N_WIDTH, _SHARE_WIDTH, _HALF_WIDTH = 24, 7, 11, 14


def exposure_table(exposure: pd.DataFrame) -> str:
    """Write how much of the file had come about by each day, for everyone.

    Parameters
    ----------
    exposure : DataFrame
        ``day``, ``group``, ``metric``, ``value``, ``low``, ``high``, ``n``, ``interval``.
    """
    rows = [text_row(["by day", *(heading for _, heading in COLUMNS)], _DAY_WIDTHS)]
    everyone = exposure.loc[exposure["group"] == EVERYONE]
    for day, of_day in everyone.groupby("day"):
        found = {row["metric"]: row for row in of_day.to_dict("records")}
        cells = [share_words(found[metric]) for metric, _ in COLUMNS]
        rows.append(text_row([str(day) if day else "before", *cells], _DAY_WIDTHS))
    return "\n".join(rows)


def located_table(located: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write who has been located by when: everyone, each group, then everyone by memory.

    Parameters
    ----------
    located : DataFrame
        As `simulator.report.time_wording.rate` takes it, with ``retention_days``.
    labels : mapping
        Group -> its name as shown.
    """
    days = shown_days(located)
    widths = (_LABEL_WIDTH, _N_WIDTH, *(_SHARE_WIDTH for _ in days), _HALF_WIDTH)
    heading = ["", "n", *(f"day {day}" for day in days), "half by day"]
    rows = [
        text_row([label, *cells], widths) for label, cells in located_rows(located, labels, days)
    ]
    return "\n".join([text_row(heading, widths), *rows])


def located_rows(
    located: pd.DataFrame, labels: Mapping[str, str], days: Sequence[int]
) -> list[tuple[str, list[str]]]:
    """Return the label and the cells of each row: n, a share per day, days until half."""
    own = of_memory(located, None)
    groups = [group for group in own["group"].unique() if group != EVERYONE]
    rows = [("Everyone", own, EVERYONE)]
    rows += [(labels.get(group, group), own, group) for group in groups]
    for retention in located["retention_days"].dropna().unique():
        label = f"Memory of {retention} {'day' if retention == 1 else 'days'}"
        rows.append((label, of_memory(located, int(retention)), EVERYONE))
    last = int(located["day"].max())
    found = []
    for label, part, group in rows:
        shares = [rate(part, "located_share", day, group) for day in days]
        half = half_words(rate(part, "half_located_days", last, group))
        found.append(
            (label, [f"{shares[-1]['n']:,}", *(share_words(share) for share in shares), half])
        )
    return found


def shown_days(located: pd.DataFrame) -> list[int]:
    """Return the days that the table shows: those of `SHOWN_DAYS` in the window, and the last."""
    last = int(located["day"].max())
    return [*(day for day in SHOWN_DAYS if day < last), last]


def share_words(row: Mapping[Any, Any]) -> str:
    """Write a share with half its interval, in 100.

    >>> share_words({"value": 0.743, "low": 0.731, "high": 0.755})
    '74.3±1.2'
    """
    if math.isnan(row["value"]):
        return "–"
    return f"{100 * row['value']:.1f}±{50 * (row['high'] - row['low']):.1f}"


def half_words(row: Mapping[Any, Any]) -> str:
    """Write the days until half are located, with the interval.

    >>> half_words({"value": 7.0, "low": 6.0, "high": 9.0, "interval": "greenwood"})
    '7 (6–9)'
    >>> nan = float("nan")
    >>> half_words({"value": 55.0, "low": 52.0, "high": nan, "interval": "greenwood"})
    '55 (52– )'
    """
    if row["interval"] == "none":
        return "–"
    if math.isnan(row["value"]):
        return "not reached"
    high = "" if math.isnan(row["high"]) else f"{row['high']:.0f}"
    return f"{row['value']:.0f} ({row['low']:.0f}–{high or ' '})"
