"""Rounds of triage as text: who is flagged, who wrongly, and what attention does to the files."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from simulator.report.certainty_table import share
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

EVERYONE = "all"
WARNING = (
    "This rule is here to show how such a rule goes wrong. Whom it ought to find was drawn at "
    "random, with the same chance in every group; nobody behaves differently from round to round."
)
_COLUMNS = {
    "flagged_share": "flagged",
    "wrongly_flagged_share": "wrongly flagged",
    "right_of_flagged_share": "right, of flagged",
    "records_on_flagged_share": "records on flagged",
}
_LABEL_WIDTH, _WIDTH = 26, 18


def triage_table(measures: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Write one row per round and group: shares in 100 with Wilson's 95 % interval.

    Parameters
    ----------
    measures : DataFrame
        ``round``, ``group``, ``metric``, ``value``, ``low``, ``high``.
    labels : mapping
        Group -> its name as shown.
    """
    heading = f"{'':<{_LABEL_WIDTH}}" + "".join(f"{n:>{_WIDTH}}" for n in _COLUMNS.values())
    lines = [heading]
    for number, of_round in measures.groupby("round"):
        lines.append(f"Round {number}")
        for group, rows in of_round.groupby("group", sort=False):
            found = rows.set_index("metric").to_dict("index")
            label = "everyone" if group == EVERYONE else labels[str(group)]
            cells = [_cell(found[metric]) for metric in _COLUMNS]
            lines.append(
                f"  {label:<{_LABEL_WIDTH - 2}}" + "".join(f"{c:>{_WIDTH}}" for c in cells)
            )
    return "\n".join(lines)


def _cell(row: Mapping[str, float]) -> str:
    return share({**row, "share": row["value"], "share_low": row["low"], "share_high": row["high"]},
                 "share")  # fmt: skip


def triage_finding(measures: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Say in sentences how often the rule is wrong, of whom, and what its attention did.

    Parameters
    ----------
    measures, labels
        As of `triage_table`.
    """
    value = measures.pivot_table("value", ["round", "group"], "metric", dropna=False)
    rounds = value.index.get_level_values("round")
    first, last = int(rounds.min()), int(rounds.max())
    start, end = value.loc[(first, EVERYONE)], value.loc[(last, EVERYONE)]
    wrong = 1 - end["right_of_flagged_share"]
    said = []
    if not isnan(wrong):
        said.append(
            f"Of 100 people flagged in round {last}, {round(100 * wrong)} are flagged wrongly: the "
            "rule finds who has many records, not whom it looks for."
        )
    groups = value.loc[last].drop(index=EVERYONE)["wrongly_flagged_share"].dropna()
    if len(groups) > 1:
        most, least = str(groups.idxmax()), str(groups.idxmin())
        said.append(
            f"Wrongly flagged are {in_hundred(groups[most])} in the group {labels[most]} and "
            f"{in_hundred(groups[least])} in the group {labels[least]}, though the true share is "
            "the same in both."
        )
    before, after = start["records_on_flagged_share"], end["records_on_flagged_share"]
    if last > first and not isnan(before + after):
        said.append(
            f"Of the records the rule counts, {in_hundred(before)} are about flagged people in "
            f"round {first} and {in_hundred(after)} in round {last}: attention makes records."
        )
    return said
