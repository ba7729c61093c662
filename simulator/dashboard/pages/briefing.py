"""Briefing: a town, and what is laid over it, as one file to print or to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard import briefings, choice, components, session, town
from simulator.report.exports import growth_picture
from simulator.report.steps import growth_steps, source_labels
from simulator.report.story_wording import GLOSSARY, big_sentence

if TYPE_CHECKING:
    from simulator.dashboard.briefings import Form

PREVIEW_HEIGHT = 640
_EXPLAINED = (
    "One file of two printed pages at most (many inputs stand in an annex). It opens in any "
    "browser, without a network, and says how each figure came about."
)


def render() -> None:
    """Draw the page."""
    town.start("Briefing")
    scenario = town.pick()
    name, policies = choice.chosen()
    town.invent(scenario)
    result = session.result_of(scenario)
    with st.spinner("Writing the pages …"):
        page = briefings.page_of(name, policies, "html")
    last = growth_steps(result.exposure, source_labels(result))[-1]
    st.header(f"{scenario.title}: {big_sentence(last)}", anchor=False)
    said_place, limits_place = st.columns([6, 6])
    said_place.markdown(_EXPLAINED)
    with limits_place:
        components.limits()
    with st.container(horizontal=True):
        _file("Briefing (HTML)", name, policies, "html")
        _file("Story (HTML)", name, policies, "story")
        components.downloads(name, growth_picture(result), result.exposure)
    st.iframe(page, height=PREVIEW_HEIGHT, alt=f"Preview of the briefing of {scenario.title}")
    st.markdown("The same files from the command line:")
    commands = [briefings.repeating_command(name, policies, form) for form in ("html", "story")]
    st.code("\n".join(commands), language="shell", wrap_lines=True)
    components.glossary(GLOSSARY)
    components.page_end()


def _file(label: str, name: str, policies: tuple[str, ...], form: Form) -> None:
    """Offer a page as a file; it is made when it is asked for."""
    st.download_button(
        label,
        data=lambda: briefings.page_of(name, policies, form),
        file_name=briefings.file_name(name, form),
        mime="text/html",
        on_click="ignore",
        icon=":material/download:",
    )
