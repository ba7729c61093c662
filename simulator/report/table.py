"""The growth as text for a terminal of 100 columns, and the finding in plain sentences."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING

from simulator.report.effort_wording import AUDIT_HEADINGS, audit_rows, audit_sentence
from simulator.report.wording import CAVEAT, between, counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from simulator.report.steps import Step
    from simulator.tables import Rate

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("named_share", "", "named"),
    ("reidentified_share", "re-iden-", "tified"),
    ("reidentified_of_nameless_share", "of name-", "less"),
    ("exposure_share", "facts,", "joined"),
    ("unjoined_share", "facts,", "apart"),
    ("wrongful_share", "another's", "fact"),
    ("missed_share", "", "missed"),
    ("linkage_precision", "links", "right"),
)
"""Metric and the two lines of its heading."""

LEGEND = (
    "Figures in 100, ± half the 95 % interval; n belongs to the last row. named: known by name.",
    "re-identified: a record without the legal name was joined to one that has it.",
    "of nameless: the same, of residents who have a record without their legal name.",
    "facts: the part of a resident's true facts (by weight) known by name, from these lists",
    "joined and from the same lists apart. another's fact: the file states somebody else's fact.",
    "missed: part of a resident's records left out of the file.",
    "links right: joined pairs of records that are about one person.",
)

WIDTH = 100
_LABEL_WIDTH = 20
_CELL_WIDTH = 10
_AUDIT_LABEL_WIDTH, _AUDIT_WIDTH = 26, 14


def _cell(rate: Rate | None) -> str:
    """Write a figure with half its interval, both in 100.

    >>> from simulator.tables import Rate
    >>> _cell(Rate(0.743, 0.731, 0.755, 5000, "wilson")), _cell(None)
    ('74.3±1.2', '–')
    """
    if rate is None or math.isnan(rate.value):
        return "–"
    if math.isnan(rate.low) or math.isnan(rate.high):
        return f"{100 * rate.value:.1f}"
    return f"{100 * rate.value:.1f}±{50 * (rate.high - rate.low):.1f}"


def _count(rate: Rate | None) -> str:
    return "–" if rate is None or math.isnan(rate.value) else f"{rate.n:,}"


def _line(label: str, cells: Sequence[str]) -> str:
    number, point, _ = label.partition(". ")
    indent = " " * len(number + point) if number.isdecimal() else "   "
    first, *rest = wrap(label, _LABEL_WIDTH, subsequent_indent=indent) or [""]
    line = first.ljust(_LABEL_WIDTH) + "".join(cell.rjust(_CELL_WIDTH) for cell in cells)
    return "\n".join([line.rstrip(), *rest])


def growth_table(steps: Sequence[Step]) -> str:
    """Write the growth as a table of at most 100 columns.

    Parameters
    ----------
    steps : sequence of Step
        The growth from step 0; step 0, where nothing is known, is not written.

    Returns
    -------
    str
        Heading, one line per joined list, a line with n, and what the columns mean.
    """
    metrics = [metric for metric, _, _ in COLUMNS]
    body = [
        _line(step.row, [_cell(step.rates.get(metric)) for metric in metrics])
        for step in steps
        if step.number > 0
    ]
    return "\n".join(
        [
            _line("", [upper for _, upper, _ in COLUMNS]),
            _line("lists joined", [lower for _, _, lower in COLUMNS]),
            "─" * WIDTH,
            *body,
            _line("n", [_count(steps[-1].rates.get(metric)) for metric in metrics]),
            "─" * WIDTH,
            *LEGEND,
        ]
    )


def audit_table(audit: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write what an audit of the joining found, one line per group.

    Parameters
    ----------
    audit : DataFrame
        As `simulator.tables.Result` has it.
    labels : mapping
        Group -> its name as shown.
    """
    columns = [wrap(heading, _AUDIT_WIDTH - 2) for heading in AUDIT_HEADINGS]
    height = max(len(lines) for lines in columns)
    upright = zip(*([""] * (height - len(lines)) + lines for lines in columns), strict=True)
    lines = ["".join(cell.rjust(_AUDIT_WIDTH) for cell in cells) for cells in upright]
    rows = [
        f"{label:<{_AUDIT_LABEL_WIDTH}}" + "".join(cell.rjust(_AUDIT_WIDTH) for cell in cells)
        for label, cells in audit_rows(audit, labels)
    ]
    heading = [" " * _AUDIT_LABEL_WIDTH + line for line in lines]
    return "\n".join([audit_sentence(audit), *heading, *rows])


LOSES = (
    "Joining loses facts too: where lists disagree, a wrong or outdated value may win, and a file "
    "that falls into pieces keeps only some of them."
)
"""Said where less is known from the joined lists than from the same lists read one by one."""


def finding(steps: Sequence[Step], *, whole_lists: bool = True) -> tuple[str, str, str]:
    """Return the finding, its uncertainty and the caveat, one sentence or two each.

    Parameters
    ----------
    steps : sequence of Step
        The growth from step 0.
    whole_lists : bool
        False for an adversary that looks its targets up one by one.
    """
    last = steps[-1]
    rate = last.rates["reidentified_share"]
    lists = counted(last.number, "list", "lists")
    joined, apart = last.rates["exposure_share"], last.rates["unjoined_share"]
    done = "joined" if whole_lists else "searched for its targets and nobody else"
    known, by_itself = in_hundred(joined.value), in_hundred(apart.value)
    first = (
        f"With {lists} {done}, {in_hundred(rate.value)} residents are re-identified; of what "
        f"there is to know about a resident, {known} is known by name, against "
        f"{by_itself} from the same {'lists not joined' if whole_lists else 'records one by one'}."
    )
    if joined.value < apart.value and known != by_itself:
        first = f"{first} {LOSES}"
    luck = (
        f"over {rate.n} towns drawn anew"
        if rate.interval == "replicates"
        else f"the luck of the draw among {rate.n:,} residents of one town"
    )
    second = (
        f"The 95 % interval of re-identification is {between(rate.low, rate.high)} ({luck}); "
        f"{in_hundred(last.rates['wrongful_share'].value)} residents have somebody else's fact in "
        "their file."
    )
    return first, second, CAVEAT
