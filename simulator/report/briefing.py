"""The briefing: a result on two printed pages at most, for someone who was not there.

Many inputs stand behind it, in an annex that starts on a page of its own.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.report.assumptions import assumptions
from simulator.report.certainty_wording import assumed_sentence
from simulator.report.definitions import DEFINITIONS
from simulator.report.effort_wording import (
    AUDIT_HEADINGS,
    audit_rows,
    audit_sentence,
    effort_sentences,
)
from simulator.report.group_inputs import group_inputs
from simulator.report.growth_chart import default_curves, growth_chart
from simulator.report.harm import (
    HARMS,
    cell,
    rates_by_group,
    what_stands_out,
    wrongly_joined,
)
from simulator.report.page import filled, picture
from simulator.report.steps import growth_steps, list_labels, obtains_whole_lists
from simulator.report.style import lines_height
from simulator.report.table import finding
from simulator.report.wording import between, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.report.assumptions import Part
    from simulator.report.setting_notes import Notes
    from simulator.report.steps import Step
    from simulator.report.style import Spec
    from simulator.tables import Rate, Result

GROWTH = (
    "named_share",
    "reidentified_share",
    "exposure_share",
    "unjoined_share",
    "wrongful_share",
)
"""The columns of the table below the picture: the measures that the picture draws."""

MOST_INPUTS_WITHOUT_ANNEX = 40
"""So many inputs, those of four lists, stand on the two pages; more stand in an annex."""

TARGETS_ONLY = " †"
"""Behind the name of a list that opens for targets only: rows of one line, explained below them."""

ENGINES: Mapping[str, str] = {
    "vectorised": "Mosaic's own engine",
    "recordlinkage": "the Python Record Linkage Toolkit, with Mosaic's weights",
    "splink": "Splink on DuckDB, with Mosaic's weights",
    "splink_spark": "Splink on Spark, with Mosaic's weights",
}
METHODS: Mapping[str, str] = {
    "constrained": "the surest pairs first, at most one record per list in a file (apart from "
    "second records of a list that has them)",
    "connected": "whatever hangs together, however indirectly, which may fuse whole families",
}

_ROWS_HEIGHT, _ROW_HEIGHT, _TEXT_SIZE = 400, 24, 14
"""Of the picture, in pixels: all its rows at most, one of few, its text."""

_LABEL_CHARACTERS = 46
"""Rows of one line: the labels of the packaged scenarios are shorter."""

_SHORT_WORDS = {
    "exposure_share": "of the facts,\nlists joined",
    "unjoined_share": "of the facts,\nnot joined",
}
_CURVES = tuple(
    replace(curve, words=_SHORT_WORDS.get(curve.metric, curve.words)) for curve in default_curves()
)


def briefing_html(result: Result, *, notes: Notes, command: str) -> str:
    """Return the briefing as one HTML file that asks for nothing else.

    Parameters
    ----------
    result : Result
        At least one list joined.
    notes : mapping
        Path of a setting -> what the scenario file says about it; empty where it says nothing.
    command : str
        What to type to get the same page again.
    """
    scenario = result.scenario
    labels = list_labels(scenario, TARGETS_ONLY)
    steps = growth_steps(result.exposure, labels)
    parts = assumptions(scenario, notes)
    group_labels = {name: group.label for name, group in scenario.population.groups.items()}
    groups = rates_by_group(result.exposure, group_labels)
    last = steps[-1].rates
    headings = {metric: DEFINITIONS[metric].heading for metric in HARMS}
    population = scenario.population
    effort = set(result.effort.loc[result.effort["value"] > 0, "metric"].astype(str))
    shown = [metric for metric in DEFINITIONS if metric in last or metric in effort]
    return filled(
        "briefing.html.j2",
        result=result,
        scenario=scenario,
        command=command,
        outsiders=f"{round(population.residents_count * population.outsiders_per_resident):,}",
        finding=finding(steps, whole_lists=obtains_whole_lists(scenario)),
        effort=effort_sentences(result),
        audit=None if result.audit is None else audit_rows(result.audit, group_labels),
        audit_sentence="" if result.audit is None else audit_sentence(result.audit),
        audit_headings=AUDIT_HEADINGS,
        whole_lists=obtains_whole_lists(scenario),
        has_targets=bool(scenario.individually_obtained()),
        picture=picture(briefing_chart(result, steps), growth_in_words(steps)),
        growth_headings=[DEFINITIONS[metric].heading for metric in GROWTH],
        growth_rows=[
            (step.row, [_in_hundred(step.rates[m]) for m in GROWTH]) for step in steps[1:]
        ],
        groups=[(group.label, [cell(group.rates, m) for m in HARMS]) for group in groups],
        group_headings=list(headings.values()),
        wrongly_joined=wrongly_joined(last),
        what_stands_out=what_stands_out(groups, headings),
        group_inputs=group_inputs(scenario),
        targets_only=any(label.endswith(TARGETS_ONLY) for label in labels.values()),
        counts={name: len(frame) for name, frame in result.collected.records.items()},
        engine=ENGINES.get(scenario.linkage.engine, scenario.linkage.engine),
        method=METHODS.get(scenario.linkage.method, scenario.linkage.method),
        threshold=in_hundred(scenario.linkage.threshold),
        assumed=assumed_sentence(result),
        precision=_with_interval(last["linkage_precision"]),
        recall=_with_interval(last["linkage_recall"]),
        towns=_towns(last["reidentified_share"]),
        definitions=[DEFINITIONS[metric] for metric in shown],
        parts=parts,
        annex=needs_annex(parts),
        has_notes=bool(notes),
        note_on_lists=notes.get(("sources",), ""),
    )


def needs_annex(parts: Sequence[Part]) -> bool:
    """Tell whether the inputs are too many for the two pages; see MOST_INPUTS_WITHOUT_ANNEX."""
    return sum(len(part.rows) for part in parts) > MOST_INPUTS_WITHOUT_ANNEX


def briefing_chart(result: Result, steps: Sequence[Step]) -> Spec:
    """Return the growth chart at the size of a printed page, no taller for many lists."""
    rows = [step.row for step in steps]
    lowest = lines_height(rows, _LABEL_CHARACTERS, _TEXT_SIZE) - 6
    chart = growth_chart(
        steps,
        title="",
        subtitle=f"Synthetic: {result.scenario.population.residents_count:,} invented residents. "
        "Bars through the points: 95 % intervals.",
        axis_title="residents in 100, or facts in 100",
        curves=_CURVES,
        width=640,
        row_height=max(lowest, min(_ROW_HEIGHT, _ROWS_HEIGHT // len(rows))),
        text_size=_TEXT_SIZE,
        label_characters=_LABEL_CHARACTERS,
    )
    text = chart["title"]["subtitle"]
    title = {"text": text, "fontSize": _TEXT_SIZE, "fontWeight": "normal", "offset": 10}
    return chart | {"padding": 4, "title": title}  # the page itself has the heading


def growth_in_words(steps: Sequence[Step]) -> str:
    """Describe the growth chart to those who cannot see it."""
    said = [
        f"{step.row}: "
        + ", ".join(
            f"{DEFINITIONS[metric].heading.lower()} {in_hundred(step.rates[metric].value)}"
            for metric in GROWTH
        )
        for step in steps[1:]
    ]
    return f"Line chart of a synthetic town, list by list. {'. '.join(said)}."


def _in_hundred(rate: Rate) -> str:
    """Write a figure in 100 with the ends of its interval."""
    if math.isnan(rate.value):
        return "–"
    return f"{100 * rate.value:.1f} ({100 * rate.low:.1f}–{100 * rate.high:.1f})"


def _with_interval(rate: Rate) -> str:
    """Say a figure with its interval; nothing where it is not defined."""
    if math.isnan(rate.value):
        return ""
    return f"{in_hundred(rate.value)} (95 % interval {between(rate.low, rate.high)})"


def _towns(rate: Rate) -> int:
    """Return over how many towns drawn anew the figures are; 1 where nothing was repeated."""
    return rate.n if rate.interval == "replicates" else 1
