"""A comparison as text for a terminal of 100 columns."""

from __future__ import annotations

import math
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    MEANINGS,
    NAMES,
    WORSE,
    Change,
    Figure,
    changes,
    growth,
    long,
    short,
    signed,
    takes_nothing,
)
from simulator.report.compare_wording import heading, paragraphs
from simulator.report.table import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.tables import Comparison

RANKING = ("", "rank", "facts known", "somebody else's fact", "hardest-hit group", "worse off",
           "facts known, at random")  # fmt: skip
RANKING_WIDTHS = (26, 5, 13, 14, 14, 12, 14)
GROWING = ("exposure_share", "reidentified_share")
EFFECT = ("in 100", "without", "with", "change (95 % interval)", "at random", "retrained")
EFFECT_WIDTHS = (23, 9, 9, 27, 16, 15)


def comparison_text(comparison: Comparison) -> str:
    """Write a comparison: one policy in full, several beside one another."""
    parts = [fill(heading(comparison), WIDTH), ""]
    if len(comparison.policies) == 1:
        parts += _one_policy(comparison)
    else:
        parts += _many_policies(comparison)
    return "\n".join([*parts, "", "\n\n".join(paragraphs(comparison, WIDTH))])


def ranking_rows(comparison: Comparison) -> list[list[str]]:
    """Return a row of text per policy, those of the best rank first, as `RANKING` heads them."""
    known = changes(comparison)
    rows = []
    table = comparison.ranking.sort_values("rank", kind="stable")
    for name, place, hardest in zip(
        table["policy"], table["rank"], table["hardest_group"], strict=True
    ):
        whole = [
            short(known[Figure(name, "frozen", EVERYONE, metric)])
            for metric in ("exposure_share", "wrongful_share")
        ]
        group = "–"
        if isinstance(hardest, str):
            figure = short(known[Figure(name, "frozen", hardest, "exposure_share")])
            group = f"{figure} {group_label(comparison, hardest)}"
        worse = _share(known[Figure(name, "frozen", EVERYONE, WORSE)])
        chance = placebo_cell(comparison, known, name)
        rows.append([comparison.labels[name], str(place), *whole, group, worse, chance])
    return rows


def placebo_cell(comparison: Comparison, known: Mapping[Figure, Change], name: str) -> str:
    """Return the placebo's change of exposure; a dash where there is nothing to take away."""
    if takes_nothing(comparison)[name]:
        return "–"
    return short(known[Figure(name, "placebo", EVERYONE, "exposure_share")])


def effect_rows(comparison: Comparison, name: str) -> list[list[str]]:
    """Return a row of text per measure of one policy, as `EFFECT` heads them."""
    known = changes(comparison)
    has_placebo = placebo_cell(comparison, known, name) != "–"
    rows = []
    for metric, said in NAMES.items():
        frozen, retrained, placebo = (
            known[Figure(name, run, EVERYONE, metric)] for run in ("frozen", "retrained", "placebo")
        )
        if metric in (BETTER, WORSE):
            cells = ["", "", _share(frozen), _share(placebo), _share(retrained)]
        else:
            cells = [_figure(frozen.before), _figure(frozen.after), long(frozen)]
            cells += [short(placebo), short(retrained)]
        if not has_placebo:
            cells[-2] = "–"
        rows.append([said, *cells])
    return rows


def group_rows(comparison: Comparison, name: str) -> list[list[str]]:
    """Return a row of text per group: facts known without, with, and the change."""
    known = changes(comparison)
    rows = []
    for group in comparison.base.population.groups:
        figure = Figure(name, "frozen", group, "exposure_share")
        if figure not in known:
            continue
        change, worse = known[figure], known[figure._replace(metric=WORSE)]
        rows.append(
            [
                group_label(comparison, group),
                _figure(change.before),
                _figure(change.after),
                long(change),
                _share(worse),
            ]
        )
    return rows


def growth_rows(comparison: Comparison) -> list[list[str]]:
    """Return a row of text per list joined: facts known and re-identified, without and with."""
    return [
        [
            grown.label,
            *(
                _figure(grown.designs.get(design, {}).get(metric, math.nan))
                for metric in GROWING
                for design in ("", *comparison.policies)
            ),
        ]
        for grown in growth(comparison)
    ]


def group_label(comparison: Comparison, group: str) -> str:
    """Return a group's name as shown."""
    return comparison.base.population.groups[group].label


def _one_policy(comparison: Comparison) -> list[str]:
    (name,) = comparison.policies
    rule = "─" * WIDTH
    worse = "worse off"
    return [
        f"With: {comparison.labels[name]}",
        "",
        _line(EFFECT, EFFECT_WIDTHS),
        rule,
        *(_line(row, EFFECT_WIDTHS) for row in effect_rows(comparison, name)),
        rule,
        _line(("facts known, by group", *EFFECT[1:4], worse), EFFECT_WIDTHS),
        rule,
        *(_line(row, EFFECT_WIDTHS) for row in group_rows(comparison, name)),
        rule,
        _line(("lists joined", "facts,", "facts,", "re-identified,", "re-identified,"),
              _GROWTH_WIDTHS),
        _line(("", "without", "with", "without", "with"), _GROWTH_WIDTHS),
        rule,
        *(_line(row, _GROWTH_WIDTHS) for row in growth_rows(comparison)),
        rule,
        legend(("facts known by name", "somebody else's fact", "somebody else's record",
                "better off", "worse off", "at random", "retrained")),
    ]  # fmt: skip


_GROWTH_WIDTHS = (40, 12, 12, 18, 18)


def _many_policies(comparison: Comparison) -> list[str]:
    rule = "─" * WIDTH
    return [
        _line(RANKING, RANKING_WIDTHS),
        rule,
        *(_line(row, RANKING_WIDTHS) for row in ranking_rows(comparison)),
        rule,
        "Changes in 100, ± half the 95 % interval; less is better.",
        legend(("rank", "facts known by name", "somebody else's fact", "hardest-hit group",
                "worse off", "at random")),
    ]  # fmt: skip


def legend(headings: Sequence[str]) -> str:
    """Say what headings mean, a line or two each."""
    return "\n".join(
        fill(f"{name}: {MEANINGS[name]}.", WIDTH, subsequent_indent="  ") for name in headings
    )


def _figure(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f}"


def _share(change: Change) -> str:
    """Write a share of residents, which has no sign, with half its interval."""
    return short(change).removeprefix("+") if change.value else signed(change.value)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Write cells beside one another: the first to the left, the others to the right, wrapped."""
    columns = [
        wrap(cell, width - (place > 0), break_long_words=False) or [""]
        for place, (cell, width) in enumerate(zip(cells, widths, strict=False))
    ]
    height = max(map(len, columns))
    lines = []
    for row in range(height):
        parts = [column[row] if row < len(column) else "" for column in columns]
        first, *rest = parts
        line = first.ljust(widths[0])
        line += "".join(part.rjust(width) for part, width in zip(rest, widths[1:], strict=False))
        lines.append(line.rstrip())
    return "\n".join(lines)
