"""Rounds of triage as text: who is flagged, who wrongly, and what attention does to the files."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from simulator.report.certainty_table import share
from simulator.report.table import WIDTH
from simulator.report.text_rows import text_row
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

EVERYONE = "all"
WARNING = (
    "This rule is here to show how such a rule goes wrong. Whom it ought to find was drawn at "
    "random among adults, with the same chance in every group; nobody behaves differently from "
    "round to round."
)
COLUMNS: Mapping[str, str] = {
    "flagged_share": "flagged, of all",
    "wrongly_flagged_share": "wrongly flagged, of those not looked for",
    "right_of_flagged_share": "right, of flagged",
    "records_on_flagged_share": "about flagged people, of records counted",
}
"""Measure -> the heading of its column."""

LEGEND = (
    "In 100, with the 95 % interval: Wilson's; of records, whole households drawn anew.",
    "–: withheld, for fewer than 20 people, or in a group fewer than five flagged.",
)
_AREAS = "Flagged are the people who live in a flagged square of the map."
_WIDTHS = (24, 19, 19, 19, 19)


class Share(NamedTuple):
    """A share with its 95 % interval, between 0 and 1; NaN where withheld."""

    value: float
    low: float
    high: float


class Shares(NamedTuple):
    """The figures of one round and one group: measure -> share."""

    number: int
    group: str
    of: Mapping[str, Share]

    def cell(self, metric: str) -> str:
        """Write one of them with its interval, in 100."""
        found = self.of[metric]
        row = {"share": found.value, "share_low": found.low, "share_high": found.high}
        return share(row, "share")


def shares(measures: pd.DataFrame) -> list[Shares]:
    """Return the figures round by round and group by group, everyone first.

    Parameters
    ----------
    measures : DataFrame
        ``round``, ``group``, ``metric``, ``value``, ``low``, ``high``.
    """
    found: dict[tuple[int, str], dict[str, Share]] = {}
    columns = (measures[name] for name in ("round", "group", "metric", *Share._fields))
    for number, group, metric, value, low, high in zip(*columns, strict=True):
        of = found.setdefault((int(number), str(group)), {})
        of[str(metric)] = Share(float(value), float(low), float(high))
    return [Shares(number, group, of) for (number, group), of in found.items()]


def triage_table(measures: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write one row per round and group, and what the columns mean.

    Parameters
    ----------
    measures : DataFrame
        As of `shares`.
    labels : mapping
        Group -> its name as shown.
    """
    rule = "─" * WIDTH
    lines = [text_row(["", *COLUMNS.values()], _WIDTHS), rule]
    number = 0
    for row in shares(measures):
        if row.number != number:
            number = row.number
            lines.append(f"Round {number}")
        label = "everyone" if row.group == EVERYONE else labels[row.group]
        lines.append(text_row([label, *map(row.cell, COLUMNS)], _WIDTHS))
    return "\n".join([*lines, rule, *LEGEND])


def triage_finding(measures: pd.DataFrame, labels: Mapping[str, str], ranks: str) -> list[str]:
    """Say in sentences how often the rule is wrong, of whom, and what its attention did.

    Parameters
    ----------
    measures, labels
        As of `triage_table`.
    ranks : {"people", "areas"}
    """
    every = shares(measures)
    first, last = every[0].number, every[-1].number
    start, end = (
        next(row.of for row in every if row.number == number and row.group == EVERYONE)
        for number in (first, last)
    )
    said = [_AREAS] if ranks == "areas" else []
    if end["flagged_share"].value == 0:
        return [*said, f"Nobody is flagged in round {last}: nothing on file gives any points."]
    groups = {
        labels[row.group]: row.of["wrongly_flagged_share"]
        for row in every
        if row.number == last and row.group != EVERYONE
    }
    said += [_on_errors(end["right_of_flagged_share"], last, ranks), _on_groups(groups)]
    if last > first:
        said.append(_on_feedback(start, end, first, last))
    return said


def _on_errors(right: Share, last: int, ranks: str) -> str:
    if isnan(right.value):
        return f"In round {last} too few people are flagged to say how many of them wrongly."
    finds = "who has many records" if ranks == "people" else "where many records are made"
    return (
        f"Of the people flagged in round {last}, {in_hundred(1 - right.value)} are flagged "
        f"wrongly: the rule finds {finds}, not whom it looks for."
    )


def _on_groups(groups: Mapping[str, Share]) -> str:
    """Say which group is wrongly flagged most and least often, and whether that may be luck."""
    told = {label: found for label, found in groups.items() if not isnan(found.value)}
    if len(told) < 2:
        return "Too few people of each group are flagged to compare the groups."
    most = max(told, key=lambda label: told[label].value)
    least = min(told, key=lambda label: told[label].value)
    said = (
        f"Of the groups that can be told, {most} is wrongly flagged most often "
        f"({in_hundred(told[most].value)}) and {least} least often "
        f"({in_hundred(told[least].value)}), though an adult of either has the same chance of "
        "being looked for."
    )
    if told[most].low <= told[least].high:
        said += " Their intervals overlap: it may be luck."
    return said


def _on_feedback(
    start: Mapping[str, Share], end: Mapping[str, Share], first: int, last: int
) -> str:
    before, after = (found["records_on_flagged_share"].value for found in (start, end))
    if isnan(before + after):
        return "Too few people have a record that the rule counts to say what attention does."
    said = (
        f"Of the records that the rule counts, {in_hundred(before)} are about flagged people in "
        f"round {first} and {in_hundred(after)} in round {last}"
    )
    return f"{said}: attention makes records." if after > before else f"{said}."
