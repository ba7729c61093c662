"""Crowds as text for a terminal: of what became known, and of a released file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.certainty_table import share
from simulator.report.text_rows import text_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

EVERYONE = "all"
CROWD_HEADINGS = ("", "with a file", "alone", "10", "25", "50", "75", "90", "misdirected")
CROWD_WIDTHS = (24, 9, 18, 6, 6, 7, 7, 7, 15)
RELEASE_HEADINGS = ("", "in the file", "prosecutor, mean", "prosecutor, greatest",
                    "journalist, greatest", "marketer", "alone in the file",
                    "alone in the population")  # fmt: skip
RELEASE_WIDTHS = (24, 9, 12, 12, 12, 10, 9, 12)
_CROWDS = ("crowd_10_count", "crowd_25_count", "crowd_50_count", "crowd_75_count", "crowd_90_count")
_RISKS = ("prosecutor_mean_risk", "prosecutor_max_risk", "journalist_max_risk", "marketer_risk",
          "unique_in_file_share", "unique_in_population_share")  # fmt: skip


def crowds_table(measures: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write a row per group: how many are alone, the crowds, how many are misdirected.

    Parameters
    ----------
    measures : DataFrame
        From `simulator.exposure.anonymity.measure_anonymity`.
    labels : mapping
        Group -> its name as shown.
    """
    lines = [
        " " * sum(CROWD_WIDTHS[:3]) + "so many in 100 stand in a crowd of at most",
        text_row(CROWD_HEADINGS, CROWD_WIDTHS),
    ]
    for label, found in _by_group(measures, labels).items():
        alone, misdirected = (
            _share(found[f"{name}_of_named_share"]) for name in ("unique", "misdirected")
        )
        crowds = [_count(found[name]["value"]) for name in _CROWDS]
        n = f"{found[_CROWDS[0]]['n']:,}"
        lines.append(text_row([label, n, alone, *crowds, misdirected], CROWD_WIDTHS))
    return "\n".join(lines)


def release_table(measures: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write a row per group: the chances of finding somebody's record in a released file, in 100.

    Parameters
    ----------
    measures : DataFrame
        From `simulator.exposure.release_risk.measure_release`.
    labels : mapping
        Group -> its name as shown.
    """
    lines = [text_row(RELEASE_HEADINGS, RELEASE_WIDTHS)]
    for label, found in _by_group(measures, labels).items():
        risks = [_hundredths(found[name]["value"]) for name in _RISKS]
        n = f"{found[_RISKS[0]]['n']:,}"
        lines.append(text_row([label, n, *risks], RELEASE_WIDTHS))
    return "\n".join(lines)


def _by_group(
    measures: pd.DataFrame, labels: Mapping[str, str]
) -> dict[str, dict[str, dict[str, float]]]:
    """Return group as shown -> metric -> its row."""
    return {
        ("everyone" if group == EVERYONE else labels.get(str(group), str(group))): {
            str(row["metric"]): {str(name): value for name, value in row.items()}
            for row in rows.to_dict("records")
        }
        for group, rows in measures.groupby("group", sort=False)
    }


def _share(row: Mapping[str, float]) -> str:
    return share({**row, "share_low": row["low"], "share_high": row["high"]}, "share", "value")


def _count(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:,.0f}"


def _hundredths(value: float) -> str:
    """Write a chance in 100; a dash over too few people.

    >>> _hundredths(0.0123), _hundredths(1.0), _hundredths(float("nan"))
    ('1.23', '100', '–')
    """
    if math.isnan(value):
        return "–"
    return f"{100 * value:.2f}" if value < 0.1 else f"{100 * value:.3g}"
