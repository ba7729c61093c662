"""A comparison as text for a terminal of 100 columns."""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING

from simulator.report.compare_designs import designs_in_words, heading
from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    NAMES,
    WORSE,
    Change,
    Figure,
    changes,
    growth,
    long,
    meanings,
    only_design,
    short,
    sides,
    signed,
    takes_nothing,
)
from simulator.report.compare_wording import paragraphs
from simulator.report.table import WIDTH
from simulator.report.text_rows import text_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.tables import Comparison

RANKING = ("", "rank", "facts known", "somebody else's fact", "hardest-hit group", "worse off",
           "facts known, at random")  # fmt: skip
RANKING_WIDTHS = (26, 5, 13, 14, 14, 12, 14)
GROWING = ("exposure_share", "reidentified_share")
ONE_LEGEND = (
    "In brackets the ends of the 95 % interval, after ± half of it; under 20 people: withheld."
)
EFFECT_WIDTHS = (23, 9, 9, 27, 16, 15)


def comparison_text(comparison: Comparison) -> str:
    """Write a comparison: one policy in full, several beside one another."""
    parts = [fill(heading(comparison), WIDTH), ""]
    name = only_design(comparison)
    parts += _many_policies(comparison) if name is None else _one_design(comparison, name)
    return "\n".join([*parts, "", "\n\n".join(paragraphs(comparison, WIDTH))])


def effect_headings(comparison: Comparison) -> tuple[str, ...]:
    """Return the headings of what one design changes."""
    change = "change" if comparison.overlaid else "B − A"
    return ("in 100", *sides(comparison), f"{change} (95 % interval)", "at random", "retrained")


def growth_headings(comparison: Comparison) -> tuple[str, ...]:
    """Return the headings of the growth list by list, in either design."""
    return ("lists joined", *(f"{what}, {side}" for what in ("facts", "re-identified")
                              for side in sides(comparison)))  # fmt: skip


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
            change = known[Figure(name, "frozen", hardest, "exposure_share")]
            is_untouched = known[Figure(name, "frozen", EVERYONE, "exposure_share")].is_nothing
            group = short(change)
            if not (change.is_nothing and is_untouched):
                group = f"{group} {group_label(comparison, hardest)}"
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
    """Return a row of text per measure of one policy, as `effect_headings` heads them."""
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


def _one_design(comparison: Comparison, name: str) -> list[str]:
    rule = "─" * WIDTH
    headings = effect_headings(comparison)
    by_group = ("facts known, by group", *headings[1:4], "worse off")
    return [
        *(fill(said, WIDTH) for said in designs_in_words(comparison)),
        "",
        text_row(headings, EFFECT_WIDTHS),
        rule,
        *(text_row(row, EFFECT_WIDTHS) for row in effect_rows(comparison, name)),
        rule,
        text_row(by_group, EFFECT_WIDTHS),
        rule,
        *(text_row(row, EFFECT_WIDTHS) for row in group_rows(comparison, name)),
        rule,
        text_row(growth_headings(comparison), _GROWTH_WIDTHS),
        rule,
        *(text_row(row, _GROWTH_WIDTHS) for row in growth_rows(comparison)),
        rule,
        ONE_LEGEND,
        legend(comparison, ("facts known by name", "somebody else's fact", "somebody else's record",
                            "better off", "worse off", "at random", "retrained")),
    ]  # fmt: skip


_GROWTH_WIDTHS = (40, 12, 12, 18, 18)


def _many_policies(comparison: Comparison) -> list[str]:
    rule = "─" * WIDTH
    return [
        text_row(RANKING, RANKING_WIDTHS),
        rule,
        *(text_row(row, RANKING_WIDTHS) for row in ranking_rows(comparison)),
        rule,
        "Changes in 100, ± half the 95 % interval; less is better.",
        legend(comparison, ("rank", "facts known by name", "somebody else's fact",
                            "hardest-hit group", "worse off", "at random")),
    ]  # fmt: skip


def legend(comparison: Comparison, headings: Sequence[str]) -> str:
    """Say what headings mean, a line or two each; those that say nothing here are left out."""
    known = meanings(comparison)
    return "\n".join(
        fill(f"{name}: {known[name]}.", WIDTH, subsequent_indent="  ")
        for name in headings
        if name in known
    )


def _figure(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f}"


def _share(change: Change) -> str:
    """Write a share of residents, which has no sign, with half its interval."""
    return short(change).removeprefix("+") if change.value else signed(change.value)
