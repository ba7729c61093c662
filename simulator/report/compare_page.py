"""A comparison as a page of Markdown, which a command writes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_designs import designs_in_words, heading
from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    WORSE,
    Figure,
    changes,
    long,
    meanings,
    only_design,
    taken,
    takes_nothing,
)
from simulator.report.compare_table import (
    ONE_LEGEND,
    effect_headings,
    effect_rows,
    group_rows,
    growth_headings,
    growth_rows,
    ranking_rows,
)
from simulator.report.compare_wording import findings, how_sure
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.tables import Comparison

RANKED = ("policy", "rank", "facts known", "somebody else's fact", "hardest-hit group",
          "worse off", "facts known, at random")  # fmt: skip
IN_DETAIL: Mapping[str, str] = {
    "beyond chance": "the change from the town with as much taken at random to the town under the "
    "policy",
    "records taken": "what the adversary holds less of, in 100 of its records; below 0 it holds "
    "more",
    "cells taken": "the same, in 100 of the filled cells of the records that are left",
}
"""A heading of the details -> what is counted."""
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
    name = only_design(comparison)
    title, more = "Policies: what each changes, person by person", IN_DETAIL
    if name is not None:
        more = {}
        beside = "" if comparison.overlaid else f"{comparison.base.title} and "
        title = f"{beside}{comparison.labels[name]}: what changes, person by person"
    parts = [
        f"# {title}",
        f"`{command}` writes this page; edit nothing here. {heading(comparison)}.",
        f"**{CAVEAT}** {how_sure(comparison)}",
        *(_ranked(comparison) if name is None else _in_full(comparison, name)),
        "## How to read it",
        _listed(f"*{word}*: {said}." for word, said in (meanings(comparison) | dict(more)).items()),
    ]
    if left_out:
        parts.append(f"Left out, for this town has nothing they change: {', '.join(left_out)}.")
    return "\n\n".join(parts) + "\n"


def _ranked(comparison: Comparison) -> list[str]:
    """Return the parts about several policies: ranked, found, in full."""
    said = designs_in_words(comparison)
    return [
        *(["## The policies", _listed(said)] if said else []),
        "## The policies beside one another",
        "Changes in 100, ± half the 95 % interval; less is better. Ranked by three objectives side "
        "by side, never by one number.",
        _table(RANKED, ranking_rows(comparison)),
        "## What was found",
        _listed(findings(comparison)),
        "## In full",
        _table(DETAILS, _detail_rows(comparison)),
    ]


def _in_full(comparison: Comparison, name: str) -> list[str]:
    """Return the parts about one design: what it is, found, changes, for whom, and list by list."""
    headings = effect_headings(comparison)
    return [
        _listed(designs_in_words(comparison)),
        "## What was found",
        "\n\n".join(findings(comparison)),
        "## What changes",
        ONE_LEGEND,
        _table(headings, effect_rows(comparison, name)),
        "## Facts known by name, by group",
        _table(("group", *headings[1:4], "worse off"), group_rows(comparison, name)),
        "## List by list",
        _table(growth_headings(comparison), growth_rows(comparison)),
    ]


def _detail_rows(comparison: Comparison) -> list[list[str]]:
    known, nothing = changes(comparison), takes_nothing(comparison)
    less = taken(comparison)
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
                *(f"{100 * share:.1f}".replace("-", "−") for share in less[name]),
            ]
        )
    return rows


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_line(cells) for cells in (titles, ["---"] * len(titles), *rows))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
