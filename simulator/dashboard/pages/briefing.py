"""Briefing: a town, and what is laid over it, as one file to print or to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard import briefings, components, run_limit, session
from simulator.report.exports import growth_picture
from simulator.report.policies_wording import CLASH
from simulator.report.steps import growth_steps, source_labels
from simulator.report.story_wording import GLOSSARY, big_sentence
from simulator.scenario import ScenarioProblems

if TYPE_CHECKING:
    from simulator.dashboard.briefings import Form
    from simulator.scenario import Scenario

PREVIEW_HEIGHT = 640
_LARGE = "briefing_of_large_town"
"""Session state: the large town whose briefing was asked for."""
_EXPLAINED = (
    "One file of two printed pages at most (many inputs stand in an annex). It opens in any "
    "browser, without a network, and says how each figure came about."
)


def render() -> None:
    """Draw the page."""
    components.page_start("Briefing")
    town, policies = _controls()
    try:
        scenario = briefings.designed(town, policies)
    except ScenarioProblems:
        _end(CLASH)
        return
    if not _may_run(town, scenario):
        _end("This town is large, so it is run only when asked")
        return
    with st.spinner(
        "Inventing the town and joining its lists: a few seconds for the first town, about 20 for "
        "those with many lists, once …"
    ):
        result = session.result_of(scenario)
        page = briefings.page_of(town, policies, "html")
    last = growth_steps(result.exposure, source_labels(result))[-1]
    st.header(f"{scenario.title}: {big_sentence(last)}", anchor=False)
    said_place, limits_place = st.columns([6, 6])
    said_place.markdown(_EXPLAINED)
    with limits_place:
        components.limits()
    with st.container(horizontal=True):
        _file("Briefing (HTML)", town, policies, "html")
        _file("Story (HTML)", town, policies, "story")
        components.downloads(town, growth_picture(result), result.exposure)
    st.iframe(page, height=PREVIEW_HEIGHT, alt=f"Preview of the briefing of {scenario.title}")
    st.markdown("The same files from the command line:")
    commands = [briefings.repeating_command(town, policies, form) for form in ("html", "story")]
    st.code("\n".join(commands), language="shell", wrap_lines=True)
    components.glossary(GLOSSARY)
    components.page_end()


def _controls() -> tuple[str, tuple[str, ...]]:
    """Draw the pickers; return the town's name and the policies to lay over it, in order."""
    town_place, laws_place = st.columns([4, 6], vertical_alignment="bottom")
    with town_place:
        components.town_picker(_start_again)
    town = st.session_state["preset"] or session.FIRST_PRESET
    with st.spinner("Seeing which policies fit …"):
        policies = session.policies_for(town)
    with laws_place:
        chosen: list[str] = st.multiselect(
            "Policies laid over it, in this order",
            options=list(policies),
            format_func=policies.__getitem__,
            key="laid",
            placeholder="as it is",
            bind="query-params",
        )
    return town, tuple(chosen)


def _start_again() -> None:
    """Choose no policy that the town just chosen may not fit."""
    st.session_state["laid"] = []


def _may_run(town: str, scenario: Scenario) -> bool:
    """Tell whether the town is run; a large one only once somebody has pressed for it."""
    if run_limit.is_within(scenario) or st.session_state.get(_LARGE) == town:
        return True
    people, lists = run_limit.people_in(scenario), len(scenario.sources)
    if st.button(f"Run {people:,} people × {lists} lists (several minutes)", type="primary"):
        st.session_state[_LARGE] = town
        st.rerun()
    return False


def _file(label: str, town: str, policies: tuple[str, ...], form: Form) -> None:
    """Offer a page as a file; it is made when it is asked for."""
    st.download_button(
        label,
        data=lambda: briefings.page_of(town, policies, form),
        file_name=briefings.file_name(town, form),
        mime="text/html",
        on_click="ignore",
        icon=":material/download:",
    )


def _end(said: str) -> None:
    st.header(said, anchor=False)
    components.limits()
    components.page_end()
