"""A comparison as a page of Markdown, which a command writes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    MEANINGS,
    WORSE,
    Figure,
    changes,
    long,
    takes_nothing,
)
from simulator.report.compare_table import ranking_rows
from simulator.report.compare_wording import findings, heading, how_sure
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

RANKED = ("policy", "rank", "facts known", "somebody else's fact", "hardest-hit group",
          "worse off", "facts known, at random")  # fmt: skip
DETAILS = ("policy", "facts known", "as retrained", "beyond chance", "somebody else's fact",
           "better off", "worse off", "records taken", "cells taken")  # fmt: skip


def comparison_page(comparison: Comparison, command: str, left_out: Sequence[str] = ()) -> str:
    """Write a comparison as Markdown.

    Parameters
    ----------
    comparison : Comparison
    command : str
        What writes this page.
    left_out : sequence of str
        Policies that could not be laid over the scenario.
    """
    parts = [
        "# Policies: what each changes, person by person",
        f"`{command}` writes this page; edit nothing here. {heading(comparison)}.",
        f"**{CAVEAT}** {how_sure(comparison)}",
        "## The policies beside one another",
        "Changes in 100, ± half the 95 % interval; less is better. Ranked by three objectives side "
        "by side, never by one number.",
        _table(RANKED, ranking_rows(comparison)),
        "## What was found",
        "\n".join(f"- {said}" for said in findings(comparison)),
        "## In full",
        _table(DETAILS, _detail_rows(comparison)),
        "## How to read it",
        "\n".join(f"- *{name}*: {meaning}." for name, meaning in MEANINGS.items()),
        "- *beyond chance*: the change from the town with as much taken at random to the town "
        "under the policy. *records taken*, *cells taken*: what the adversary holds less of, as a "
        "share of its records and of the filled cells of the records that are left.",
    ]
    if left_out:
        parts.append(f"Left out, for this town has nothing they change: {', '.join(left_out)}.")
    return "\n\n".join(parts) + "\n"


def _detail_rows(comparison: Comparison) -> list[list[str]]:
    known, nothing = changes(comparison), takes_nothing(comparison)
    taken = {
        policy: [f"{100 * share:.1f} %" for share in shares]
        for policy, *shares in comparison.removed.itertuples(index=False)
    }
    rows = []
    for name in comparison.policies:

        def of(metric: str, run: str = "frozen", name: str = name) -> str:
            return long(known[Figure(name, run, EVERYONE, metric)])

        rows.append(
            [
                comparison.labels[name],
                of("exposure_share"),
                of("exposure_share", "retrained"),
                "–" if nothing[name] else of("exposure_share", "beyond_placebo"),
                of("wrongful_share"),
                of(BETTER).replace("+", ""),
                of(WORSE).replace("+", ""),
                *taken[name],
            ]
        )
    return rows


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_line(cells) for cells in (titles, ["---"] * len(titles), *rows))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
