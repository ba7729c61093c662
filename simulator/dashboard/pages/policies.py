"""Policies: two designs of one town side by side, what differs, and who gets worse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import choice, components, session, town
from simulator.dashboard.in_sight import in_sight
from simulator.dashboard.share import changes, command_line, share
from simulator.report.compare_figures import meanings
from simulator.report.compare_table import (
    effect_headings,
    effect_rows,
    group_rows,
    growth_headings,
    growth_rows,
)
from simulator.report.compare_wording import findings, how_sure
from simulator.report.policies_chart import policy_chart, policy_panels
from simulator.report.policies_wording import CLASH, SAME, behind, headline, pictures_in_words
from simulator.scenario import ScenarioProblems, scenario_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

FIRST_POLICY = "broker_opt_out"
PANEL_WIDTHS = (1.45, 0.8, 1.25)
AS_IT_IS = "as it is"
_NAMES = ("curves", "difference", "people")


def render() -> None:
    """Draw the page."""
    components.page_start("Policies")
    name, first, second = _controls()
    if set(first) == set(second):
        st.header(SAME, anchor=False)
        components.limits()
        components.page_end()
        return
    try:
        comparison = in_sight(
            f"{name} {first} {second}",
            "Compare both designs (up to half a minute)",
            partial(session.comparison_of, name, tuple(first), tuple(second)),
        )
    except ScenarioProblems:
        st.header(CLASH, anchor=False)
        components.limits()
        components.page_end()
        return
    st.header(headline(comparison), anchor=False)
    st.markdown(behind(comparison))
    components.limits()
    _pictures(comparison)
    st.markdown(f"{findings(comparison)[0]} {how_sure(comparison)}")
    with st.container(horizontal=True):
        components.glossary(meanings(comparison))
        components.downloads("policies", _whole(comparison), comparison.effects)
        _share(name, tuple(sorted(first)), tuple(sorted(second)))
    _tables(comparison)
    components.page_end()


def _controls() -> tuple[str, list[str], list[str]]:
    """Draw the pickers; return the town's name and the policies laid over it in A and in B."""
    town_place, first_place, second_place = st.columns([3.7, 3.2, 3.2], vertical_alignment="bottom")
    with town_place:
        town.pick(_start_again)
    name = choice.chosen().town
    with st.spinner("Seeing which policies fit …"):
        policies = session.policies_for(name)
    with first_place:
        first = _picker("A: the town under", "a", policies, [])
    with second_place:
        second = _picker("B: the same town under", "b", policies, _first_choice(policies))
    return name, first, second


def _picker(label: str, key: str, policies: dict[str, str], default: list[str]) -> list[str]:
    chosen: list[str] = st.multiselect(
        label,
        options=list(policies),
        default=default,
        format_func=policies.__getitem__,
        key=key,
        placeholder=AS_IT_IS,
        bind="query-params",
    )
    return chosen


def _start_again() -> None:
    """Choose no policy that the town just chosen may not fit."""
    st.session_state["a"] = []
    st.session_state["b"] = _first_choice(session.policies_for(choice.chosen().town))


def _first_choice(policies: dict[str, str]) -> list[str]:
    """Choose the laws laid over the town on the other pages, or else a policy that fits it."""
    fitting = [FIRST_POLICY] if FIRST_POLICY in policies else list(policies)[:1]
    return list(choice.chosen().laws) or fitting


def _share(town_name: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """Offer B as an overlay, and the command that compares it with the town, or shows A and B."""
    designs = [choice.Choice(town_name, laws) for laws in (first, second)]
    command = "run" if first else "compare"
    lines = [
        command_line(command, design, session.packaged(*design))
        for design in designs[0 if first else 1 :]
    ]
    share("\n".join(lines), changes(designs[1], session.packaged(*designs[1])))


def _pictures(comparison: Comparison) -> None:
    described = pictures_in_words(comparison)
    places = st.columns(PANEL_WIDTHS, gap="small")
    for name, place, panel in zip(_NAMES, places, policy_panels(comparison), strict=True):
        with place:
            st.vega_lite_chart(panel, theme=None, width="stretch", alt=described, key=name)


def _whole(comparison: Comparison) -> dict[str, object]:
    base = comparison.base
    footer = (
        f"Synthetic: {base.population.residents_count:,} invented residents. Seed {base.seed}, "
        f"scenario {scenario_hash(base)}. {behind(comparison)}"
    )
    return policy_chart(comparison, title=f"{base.title}: {headline(comparison)}", footer=footer)


def _tables(comparison: Comparison) -> None:
    (name,) = comparison.policies
    headings = effect_headings(comparison)
    with st.expander("The figures behind the pictures"):
        _table(headings, effect_rows(comparison, name))
        _table(("facts known, by group", *headings[1:4], "worse off"), group_rows(comparison, name))
        _table(growth_headings(comparison), growth_rows(comparison))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    first, *others = headings
    st.table(
        pd.DataFrame(
            [row[1:] for row in rows],
            columns=others,
            index=pd.Index([row[0] for row in rows], name=first),
        )
    )
