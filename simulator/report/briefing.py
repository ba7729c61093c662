"""The briefing: a result on one or two printed pages, for someone who was not there."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from simulator.report.assumptions import assumptions, group_inputs
from simulator.report.definitions import DEFINITIONS
from simulator.report.effort_wording import (
    AUDIT_HEADINGS,
    audit_rows,
    audit_sentence,
    effort_sentences,
)
from simulator.report.growth_chart import default_curves, growth_chart
from simulator.report.harm import (
    HARMS,
    cell,
    rates_by_group,
    what_stands_out,
    wrongly_joined,
)
from simulator.report.page import filled, picture
from simulator.report.steps import growth_steps, obtains_whole_lists, source_labels
from simulator.report.table import finding
from simulator.report.wording import between, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

ENGINES: Mapping[str, str] = {
    "vectorised": "Mosaic's own engine",
    "recordlinkage": "the Python Record Linkage Toolkit, with Mosaic's weights",
}
METHODS: Mapping[str, str] = {
    "constrained": "the surest pairs first, at most one record per list in a file (apart from "
    "second records of a list that has them)",
    "connected": "whatever hangs together, however indirectly, which may fuse whole families",
}


_SHORT_WORDS = {
    "exposure_share": "of the facts,\nlists joined",
    "unjoined_share": "of the facts,\nnot joined",
}
_CURVES = tuple(
    replace(curve, words=_SHORT_WORDS.get(curve.metric, curve.words)) for curve in default_curves()
)


class Count(NamedTuple):
    """How many records a list holds."""

    label: str
    records: str


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
    steps = growth_steps(result.exposure, source_labels(result))
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
        counts=[
            Count(scenario.sources[name].label, f"{len(frame):,}")
            for name, frame in result.collected.records.items()
        ],
        engine=ENGINES.get(scenario.linkage.engine, scenario.linkage.engine),
        method=METHODS.get(scenario.linkage.method, scenario.linkage.method),
        threshold=in_hundred(scenario.linkage.threshold),
        precision=_with_interval(last["linkage_precision"]),
        recall=_with_interval(last["linkage_recall"]),
        towns=_towns(last["reidentified_share"]),
        definitions=[DEFINITIONS[metric] for metric in shown],
        parts=assumptions(scenario, notes),
        has_notes=bool(notes),
        note_on_lists=notes.get(("sources",), ""),
    )


def briefing_chart(result: Result, steps: Sequence[Step]) -> Spec:
    """Return the growth chart at the size of a printed page."""
    chart = growth_chart(
        steps,
        title="What the lists give away, one after another",
        subtitle=f"Synthetic: {result.scenario.population.residents_count:,} invented residents. "
        "Bars through the points: 95 % intervals.",
        axis_title="residents in 100, or facts in 100",
        curves=_CURVES,
        width=640,
        row_height=38,
        text_size=14,
    )
    return chart | {"padding": 4}


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
