"""The pages that stand alone, made as `mosaic briefing` makes them, once for all visitors."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Literal, TypeAlias

import streamlit as st

from simulator.dashboard import session
from simulator.report.briefing import briefing_html
from simulator.report.story_page import story_html
from simulator.scenario import load_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

Form: TypeAlias = Literal["html", "story"]
"""What `mosaic briefing --to` takes."""

PAGES_KEPT = 8

_ENDINGS = {"html": "briefing", "story": "story"}


def file_name(town: str, form: Form) -> str:
    """Name the file of a page.

    >>> file_name("town", "html"), file_name("town", "story")
    ('town-briefing.html', 'town-story.html')
    """
    return f"{town}-{_ENDINGS[form]}.html"


def repeating_command(town: str, policies: Sequence[str], form: Form) -> str:
    """Return what to type for the same page.

    >>> repeating_command("town", ["dmv_sharing_ban"], "html")
    'mosaic briefing town --overlay dmv_sharing_ban --out town-briefing.html'
    """
    words = ["mosaic", "briefing", town]
    for policy in policies:
        words += ["--overlay", policy]
    if form != "html":
        words += ["--to", form]
    return shlex.join([*words, "--out", file_name(town, form)])


@st.cache_resource(show_spinner=False, max_entries=PAGES_KEPT)
def page_of(town: str, policies: tuple[str, ...], form: Form) -> str:
    """Return the page of a packaged town under packaged policies, laid over it in this order."""
    result = session.result_of(session.packaged(town, policies))
    command = repeating_command(town, policies, form)
    if form == "story":
        return story_html(result, command=command)
    return briefing_html(result, notes=load_notes(town, policies), command=command)
