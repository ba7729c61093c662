"""To which lists exposure is owed, as text for a terminal of 100 columns."""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING, Any

from simulator.report.attribution_figures import exact, ranked_shares
from simulator.report.attribution_wording import (
    LEFT,
    OWED,
    certainty_sentence,
    closing_sentence,
    owed_sentence,
    removal_sentence,
    together_sentence,
)
from simulator.report.table import WIDTH
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.attribution_tables import Attribution

HEADINGS = (
    ("", "list"),
    ("", "owed to it"),
    ("", "alone"),
    ("left", "without it"),
    ("another's fact,", "owed to it"),
    ("closed", "as"),
    ("left", "then"),
)
_WIDTHS = (28, 20, 8, 13, 16, 8, 7)
LEGEND = (
    "In 100 facts known, or residents, with the 95 % interval where there is one.",
    f"owed to it: {OWED}",
    "alone: what is known from this list only.",
    f"left without it: {LEFT}",
    "another's fact: of 100 residents, how many have somebody else's fact in their file; the "
    "list's share of it.",
    "closed as, left then: closing lists one after another, so that what is known falls fastest.",
)


def attribution_text(found: Attribution) -> str:
    """Write heading, table and findings."""
    scenario = found.scenario
    heading = (
        f"{scenario.title} · {scenario.population.residents_count:,} residents, all invented · "
        f"seed {found.seed} · scenario {found.scenario_hash}"
    )
    rule = "─" * WIDTH
    said = [
        owed_sentence(found),
        removal_sentence(found),
        closing_sentence(found),
        together_sentence(found),
        certainty_sentence(found),
        CAVEAT,
    ]
    return "\n".join(
        [
            fill(heading, WIDTH),
            "",
            *(_line([pair[line] for pair in HEADINGS]) for line in (0, 1)),
            rule,
            *(_line(row) for row in attribution_rows(found)),
            rule,
            *(fill(line, WIDTH, subsequent_indent="  ") for line in LEGEND),
            "",
            *(fill(sentence, WIDTH) for sentence in said if sentence),
        ]
    )


def attribution_rows(found: Attribution) -> list[list[str]]:
    """Return a row of text per list, the greatest share first, as `HEADINGS` heads them."""
    by_metric = {
        metric: rows.set_index("player").to_dict("index")
        for metric, rows in found.attribution.groupby("metric")
    }
    singles = found.removals.query("removed_count == 1 and metric == 'exposure_share'")
    left = singles.set_index("first")["left"]
    closed = {
        row["closed"]: (str(row["step"]), exact(row["exposure_share"]))
        for row in found.closing_order.to_dict("records")
    }
    return [
        [
            row["player"],
            cell(row),
            exact(by_metric["alone_share"][row["player"]]["value"]),
            exact(left[row["player"]]),
            exact(by_metric["wrongful_share"][row["player"]]["value"]),
            *closed.get(row["player"], ("–", "–")),
        ]
        for row in ranked_shares(found)
    ]


def cell(row: dict[str, Any]) -> str:
    """Write a share with the ends of its interval, in 100.

    >>> cell({"value": 0.1583, "low": 0.1524, "high": 0.1641})
    '15.8 (15.2–16.4)'
    >>> cell({"value": -0.001, "low": math.nan, "high": math.nan})
    '−0.1'
    """
    if math.isnan(row["low"]):
        return exact(row["value"])
    return f"{exact(row['value'])} ({exact(row['low'])}–{exact(row['high'])})"


def _line(cells: Sequence[str]) -> str:
    first, *rest = cells
    aligned = (text.rjust(width) for text, width in zip(rest, _WIDTHS[1:], strict=True))
    return (first.ljust(_WIDTHS[0]) + "".join(aligned)).rstrip()
