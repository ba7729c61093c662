"""Scenario: write or upload one, see every mistake with its place and mend, run it."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import components, run_limit, session, written
from simulator.dashboard.numbered_text import numbered
from simulator.dashboard.problem_cards import cards
from simulator.linkage.engines.extras import EngineMissing
from simulator.report.briefing import GROWTH
from simulator.report.certainty_wording import assumed_sentence
from simulator.report.definitions import DEFINITIONS
from simulator.report.effort_wording import effort_sentences
from simulator.report.exports import growth_picture
from simulator.report.steps import growth_steps, obtains_whole_lists, source_labels
from simulator.report.story_wording import GLOSSARY, big_sentence
from simulator.report.table import finding
from simulator.report.wording import counted
from simulator.scenario import (
    Problem,
    ScenarioProblems,
    packaged_policies,
    packaged_scenarios,
    scenario_hash,
)
from simulator.scenario.reading import LARGEST_BYTES, text_in
from simulator.scenario.showing import settings_text

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from simulator.dashboard.written import Written
    from simulator.scenario import Scenario
    from simulator.tables import Rate, Result

EDITOR_HEIGHT = 420
_EDITOR, _TEXT, _NAME = "scenario_editor", "scenario_text", "scenario_name"
"""Session state: what the editor holds; the same and its name, kept while other pages are shown."""
_REFUSED = "scenario_refused"
"""Session state: what was wrong with a file that could not be taken."""
_ASKED = "scenario_asked"
"""Session state: the hash of the scenario that was to be run."""

_STYLE = """
<style>
.st-key-scenario_editor textarea {
  font-family: monospace; font-size: 0.8rem; line-height: 1.5; white-space: pre; overflow-x: auto;
}
</style>
"""


def render() -> None:
    """Draw the page."""
    components.page_start("Scenario")
    _remember()
    _controls()
    over_place, heading_place = st.container(), st.container()
    text, view_place = _editor()
    name = st.session_state[_NAME]
    with over_place:
        over = _below(text, name)
    found, wrong = None, set[int]()
    with heading_place:
        refused: list[Problem] = st.session_state.pop(_REFUSED, [])
        if refused:
            st.html(cards(refused, "", ""))
        try:
            found = written.read_written(text, name, over)
        except ScenarioProblems as problems:
            _mistakes(problems.problems, text, name)
            wrong = {one.line for one in problems.problems if one.file == name}
        else:
            _without_mistake(found.scenario)
    with view_place:
        st.markdown(f"The same with its lines numbered, {len(wrong) or 'none'} of them to mend")
        st.html(numbered(text, "The text, its lines numbered", EDITOR_HEIGHT, wrong))
    if found:
        _settings(found)
    components.limits()
    components.page_end()


def _remember() -> None:
    """Fill the editor: with what stood there before another page was shown, or with a town."""
    if _TEXT not in st.session_state:
        _put(session.FIRST_PRESET)
    if _EDITOR not in st.session_state:
        st.session_state[_EDITOR] = st.session_state[_TEXT]


def _templates() -> dict[str, tuple[str, Path]]:
    """Return name -> title and file of what one may begin with."""
    scenarios = {file.name: (file.title, file.path) for file in packaged_scenarios()}
    policies = {
        file.name: (f"{file.title} (an overlay)", file.path) for file in packaged_policies()
    }
    return {session.FIRST_PRESET: scenarios.pop(session.FIRST_PRESET), **scenarios, **policies}


def _put(template: str | None = None) -> None:
    """Put a packaged file into the editor; the chosen one unless another is named."""
    _, path = _templates()[template or st.session_state["template"]]
    _take(path.read_text(encoding="utf-8"), path.name)


def _take(text: str, name: str) -> None:
    st.session_state[_TEXT] = st.session_state[_EDITOR] = text
    st.session_state[_NAME] = name


def _uploaded() -> None:
    """Put an uploaded file into the editor, or say why it cannot be taken."""
    file = st.session_state["upload"]
    if file is None:
        return
    name = PurePath(file.name).name
    try:
        _take(text_in(file.getvalue(), name), name)
    except ScenarioProblems as problems:
        st.session_state[_REFUSED] = problems.problems


def _controls() -> None:
    templates = _templates()
    template_place, buttons_place = st.columns([4, 7], vertical_alignment="bottom")
    with template_place:
        st.selectbox(
            "Begin with",
            options=list(templates),
            format_func=lambda name: templates[name][0],
            key="template",
            filter_mode=None,
        )
    with buttons_place.container(horizontal=True):
        st.button("Put it into the editor", on_click=_put)
        with st.popover("Upload a file", icon=":material/upload:"):
            st.file_uploader(
                f"A scenario or an overlay, up to {LARGEST_BYTES // 1024} KiB",
                type=["yaml", "yml"],
                key="upload",
                on_change=_uploaded,
            )


def _editor() -> tuple[str, DeltaGenerator]:
    """Draw the editor; return what is written, and the place beside it."""
    st.html(_STYLE)
    edit_place, view_place = st.columns(2, gap="small")
    with edit_place:
        text = (
            st.text_area(
                f"{st.session_state[_NAME]}: write here; Ctrl+Enter checks it",
                key=_EDITOR,
                height=EDITOR_HEIGHT,
                max_chars=LARGEST_BYTES,
            )
            or ""
        )
    st.session_state[_TEXT] = text
    st.download_button(
        "Download the text",
        data=text,
        file_name=st.session_state[_NAME],
        mime="application/yaml",
        on_click="ignore",
        icon=":material/download:",
    )
    return text, view_place


def _below(text: str, name: str) -> str:
    """Let the visitor choose what an overlay is laid over; return its name."""
    if not written.says_overlay(text, name):
        return session.FIRST_PRESET
    presets = session.presets()
    chosen = st.selectbox(
        "Lay the overlay over",
        options=list(presets),
        format_func=presets.__getitem__,
        key="over",
        filter_mode=None,
    )
    return chosen or session.FIRST_PRESET


def _mistakes(problems: list[Problem], text: str, name: str) -> None:
    st.header(f"{counted(len(problems), 'mistake', 'mistakes').capitalize()} to mend", anchor=False)
    st.html(cards(problems, text, name))


def _without_mistake(scenario: Scenario) -> None:
    """Say that nothing is wrong and offer the run, or say what came of it."""
    may_run = run_limit.is_within(scenario)
    asked = scenario_hash(scenario)
    if may_run and st.session_state.get(_ASKED) == asked:
        try:
            with st.spinner("Inventing the town and joining its lists: up to half a minute …"):
                result = written.result_of(scenario)
        except EngineMissing as missing:
            st.error(str(missing))
        else:
            _headline(result)
    else:
        st.header(f"No mistake found: {scenario.title}", anchor=False)
        people, lists = run_limit.people_in(scenario), len(scenario.sources)
        said = f"{people:,} people × {lists} lists. {run_limit.LIMIT}"
        st.markdown(said if may_run else run_limit.refusal(scenario))
        st.button("Run it", type="primary", disabled=not may_run, on_click=_ask, args=(asked,))


def _settings(found: Written) -> None:
    """Show what is in force after every layer, and what to type for the same run."""
    with st.expander("The settings in force, and where each change was written"):
        st.html(numbered(settings_text(found.layered), "The settings in force", EDITOR_HEIGHT))
    st.markdown("The same from the command line, once the text is saved as a file:")
    st.code(found.command, language="shell", wrap_lines=True)


def _ask(scenario: str) -> None:
    st.session_state[_ASKED] = scenario


def _headline(result: Result) -> None:
    """Say what the run found, with the figures behind it."""
    steps = growth_steps(result.exposure, source_labels(result))
    scenario = result.scenario
    st.header(f"{scenario.title}: {big_sentence(steps[-1])}", anchor=False)
    found, uncertain, _ = finding(steps, whole_lists=obtains_whole_lists(scenario))
    said = (found, uncertain, *effort_sentences(result), assumed_sentence(result))
    st.markdown(" ".join(filter(None, said)))
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        components.downloads("scenario", growth_picture(result, steps), result.exposure)
    with st.expander("The figures, list by list"):
        st.markdown("In 100, with the ends of the 95 % interval.")
        st.table(
            pd.DataFrame(
                {
                    DEFINITIONS[metric].heading: [_cell(step.rates[metric]) for step in steps[1:]]
                    for metric in GROWTH
                },
                index=pd.Index([step.row for step in steps[1:]], name="Lists joined"),
            )
        )


def _cell(rate: Rate) -> str:
    """Write a figure with the ends of its interval, in 100; a dash where it is not defined.

    >>> from simulator.tables import Rate
    >>> _cell(Rate(0.743, 0.731, 0.755, 5000, "wilson"))
    '74.3 (73.1–75.5)'
    """
    if math.isnan(rate.value):
        return "–"
    return f"{100 * rate.value:.1f} ({100 * rate.low:.1f}–{100 * rate.high:.1f})"
