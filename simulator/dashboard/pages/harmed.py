"""Who is harmed: somebody else's facts and missed records by group, and what a list acts on."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import components, session, town
from simulator.dashboard.share import share_town
from simulator.experiments.harm import TRIAGE
from simulator.report.definitions import DEFINITIONS
from simulator.report.harm_charts import HOW_TO_READ, Row, beside_chart, stacked_chart
from simulator.report.harm_figures import beside
from simulator.report.harm_table import figure_cell, signed_cell
from simulator.report.harm_wording import (
    GLOSSARY,
    WRONGFUL,
    difference_sentence,
    harm_sentence,
    list_sentence,
    rule_sentence,
)
from simulator.report.steps import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.harm import Groups
    from simulator.report.style import Spec
    from simulator.scenario import Scenario

_MISSED = "missed_share"
_SYNTHETIC = "Synthetic town."
_EXPORT_WIDTH = 420
_UNBROKEN = re.compile(r"(?<=\d) in (?=\d)")
"""Where a line must not end: inside \"1 in 94\"."""


def render() -> None:
    """Draw the page."""
    town.start("Who is harmed?")
    scenario, group, fact, threshold = _controls()
    labels = {name: each.label for name, each in scenario.population.groups.items()}
    town.invent(scenario)
    with st.spinner("Joining from this threshold on …"):
        groups = session.harm_at(scenario, threshold)
    said = harm_sentence(groups.held, group, labels[group])
    chosen = beside(groups.held, WRONGFUL)[group]
    with st.container(key="harm-headline"):
        st.header(_UNBROKEN.sub("\u00a0in\u00a0", said), anchor=False)
        st.markdown(difference_sentence(chosen))
    acted = _acted_on(groups, fact, scenario)
    described = f"{said}. {acted}"
    left, right = st.columns(2, gap="small")
    for place, metric in ((left, WRONGFUL), (right, _MISSED)):
        with place:
            picture = _by_group(groups, metric, group, labels)
            st.vega_lite_chart(
                picture, theme=None, width="stretch", alt=described, key=f"harm-{metric}"
            )
    components.limits()
    st.markdown(f"**{acted}**")
    st.vega_lite_chart(
        _acting(groups, fact, group, scenario),
        theme=None,
        width="stretch",
        alt=described,
        key="harm-acted-on",
    )
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        _downloads(groups, fact, group, scenario, said, threshold)
        linkage = scenario.linkage.model_copy(update={"threshold": threshold})
        share_town("harm", scenario.model_copy(update={"linkage": linkage}))
    _tables(groups, fact, labels)
    components.page_end()


def _downloads(
    groups: Groups, fact: str, group: str, scenario: Scenario, title: str, threshold: float
) -> None:
    """Offer the three pictures as one, and every figure by group."""
    labels = {name: each.label for name, each in scenario.population.groups.items()}
    parts = [
        _by_group(groups, metric, group, labels, _EXPORT_WIDTH) for metric in (WRONGFUL, _MISSED)
    ]
    parts.append(_acting(groups, fact, group, scenario, 2 * _EXPORT_WIDTH))
    result = session.result_of(scenario)
    origin = [
        f"{_SYNTHETIC} {' '.join(HOW_TO_READ)}",
        f"Seed {result.seed}, scenario {result.scenario_hash}, joined from "
        f"{100 * threshold:.0f} in 100.",
    ]
    tables = {"held": groups.held} | groups.acted_on
    components.downloads(
        "who_is_harmed",
        stacked_chart(parts, title=title, footer=origin),
        pd.concat([table.assign(by=by) for by, table in tables.items()], ignore_index=True),
    )


def _controls() -> tuple[Scenario, str, str, float]:
    """Draw the pickers; return the scenario, the group, the fact of the list, the threshold."""
    town_place, group_place, fact_place, threshold_place = st.columns(
        [15, 10, 10, 7], vertical_alignment="bottom"
    )
    with town_place:
        scenario = town.pick()
    groups, facts = scenario.population.groups, scenario.sensitive_facts
    with group_place:
        group = st.selectbox(
            "Group",
            options=list(groups),
            index=_second_largest(scenario),
            format_func=lambda name: groups[name].label,
            key="group",
            filter_mode=None,
            bind="query-params",
        )
    with fact_place:
        fact = st.selectbox(
            "Watch list of",
            options=list(facts),
            format_func=lambda name: facts[name].label,
            key="watched",
            filter_mode=None,
            bind="query-params",
        )
    with threshold_place:
        hundredths = st.slider(
            "Threshold, in 100",
            min_value=1,
            max_value=99,
            value=min(99, max(1, round(100 * scenario.linkage.threshold))),
            key="harm-threshold",
            bind="query-params",
        )
    return scenario, group or next(iter(groups)), fact or "", hundredths / 100


def _second_largest(scenario: Scenario) -> int:
    """Return the place of the group to be shown first: the largest but one, where there are two."""
    shares = [group.share for group in scenario.population.groups.values()]
    order = sorted(range(len(shares)), key=lambda place: -shares[place])
    return order[min(1, len(order) - 1)]


def _acted_on(groups: Groups, fact: str, scenario: Scenario) -> str:
    """Say what is acted on: by the watch list of a fact, and by the scenario's rule."""
    said = []
    if fact:
        label = scenario.sensitive_facts[fact].label
        said.append(list_sentence(groups.acted_on[fact], label))
    if TRIAGE in groups.acted_on:
        said.append(rule_sentence(groups.acted_on[TRIAGE]))
    return " ".join(said)


def _by_group(
    groups: Groups, metric: str, chosen: str, labels: Mapping[str, str], width: int | None = None
) -> Spec:
    figures = beside(groups.held, metric)
    counted = "residents" if metric == WRONGFUL else "records of a resident"
    return beside_chart(
        [Row(label, figures[group], group == chosen) for group, label in labels.items()],
        title=DEFINITIONS[metric].heading,
        subtitle=_subtitle(width),
        axis_title=f"of 1,000 {counted}",
        width=width,
    )


def _acting(
    groups: Groups, fact: str, chosen: str, scenario: Scenario, width: int | None = None
) -> Spec:
    """Draw what is held beside what is acted on, of the chosen group and of everyone else."""
    rows = [
        ("Held: somebody else's fact", groups.held, WRONGFUL),
        ("Held: somebody else's sensitive fact", groups.held, "sensitive_wrongful_share"),
    ]
    if fact:
        listed = groups.acted_on[fact]
        rows += [
            ("Acted on: wrongly on the list", listed, "wrongly_listed_share"),
            ("Of these: for somebody else's fact", listed, "listed_for_another_share"),
        ]
    if TRIAGE in groups.acted_on:
        ruled = groups.acted_on[TRIAGE]
        rows.append(
            (
                "Acted on: flagged for somebody else's fact",
                ruled,
                "flagged_for_another_share",
            )
        )
    label = scenario.population.groups[chosen].label
    return beside_chart(
        [Row(name, beside(figures, metric)[chosen], True) for name, figures, metric in rows],
        title=f"Held against acted on: {label} beside everyone else",
        subtitle=_subtitle(width),
        axis_title="of 1,000 residents",
        width=width,
        characters=38,
    )


def _subtitle(width: int | None) -> list[str]:
    """Say how to read a picture that stands by itself; in an export the whole says it once."""
    marks, lines = HOW_TO_READ
    return [_SYNTHETIC] if width else [f"{_SYNTHETIC} {lines}", marks]


def _tables(groups: Groups, fact: str, labels: Mapping[str, str]) -> None:
    """Show the figures behind the pictures."""
    frames = [(groups.held, metric) for metric in dict.fromkeys(groups.held["metric"])]
    if fact:
        frames += [(groups.acted_on[fact], "wrongly_listed_share")]
    with st.expander("The figures behind the pictures"):
        st.markdown(
            "In 1,000, with the 95 % interval. Times: given from five events on either side."
        )
        for figures, metric in frames:
            found = beside(figures, metric)
            st.markdown(f"**{_HEADINGS.get(metric) or DEFINITIONS[metric].heading}**")
            names = {EVERYONE: "Everyone"} | dict(labels)
            rows = [
                {
                    "": names[group],
                    "The group": figure_cell(figure.own),
                    "Everyone else": figure_cell(figure.rest),
                    "Difference": signed_cell(figure.difference),
                    "Times": "–" if math.isnan(figure.ratio) else f"{figure.ratio:.1f}",
                    "n": f"{figure.own.n:,}",
                }
                for group, figure in found.items()
            ]
            st.table(pd.DataFrame(rows).set_index(""))


_HEADINGS = {"wrongly_listed_share": "Wrongly on the watch list"}
