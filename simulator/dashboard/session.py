"""What a visit holds: the chosen scenario, its result (computed once), and the step in the URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.experiments.certainty import Candidates, judge
from simulator.experiments.person import Assembly, assemble_steps
from simulator.pipeline import run
from simulator.scenario import Scenario, canonical_text, load_scenario, packaged_scenarios

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.tables import Result

FIRST_PRESET = "town"
LISTS = "lists"
"""URL parameter: how many lists are joined."""

RESULTS_KEPT = 4


@st.cache_data(show_spinner=False, max_entries=1)
def presets() -> dict[str, str]:
    """Return name -> title of the packaged scenarios, the first to be shown first."""
    found = {preset.name: preset.title for preset in packaged_scenarios()}
    return {FIRST_PRESET: found.pop(FIRST_PRESET), **found}


@st.cache_resource(show_spinner=False, max_entries=16)
def packaged(name: str) -> Scenario:
    """Return a packaged scenario, read once."""
    return load_scenario(name)


@st.cache_resource(show_spinner=False, max_entries=RESULTS_KEPT)
def _computed(text: str, _scenario: Scenario) -> Result:  # noqa: ARG001
    return run(_scenario)


def result_of(scenario: Scenario) -> Result:
    """Return the result of a scenario; equal scenarios are computed once for all visitors."""
    return _computed(canonical_text(scenario), scenario)


@st.cache_resource(show_spinner=False, max_entries=RESULTS_KEPT)
def _assembled(text: str, _scenario: Scenario) -> Assembly:  # noqa: ARG001
    return assemble_steps(result_of(_scenario))


def assembly_of(scenario: Scenario) -> Assembly:
    """Return a scenario's result with the dossiers of every step, computed once."""
    return _assembled(canonical_text(scenario), scenario)


@st.cache_resource(show_spinner=False, max_entries=RESULTS_KEPT)
def _judged(text: str, _scenario: Scenario) -> Candidates:  # noqa: ARG001
    result = result_of(_scenario)
    return judge(result.links, result.obtained.collected.truth)


def candidates_in(scenario: Scenario) -> Candidates:
    """Return a scenario's links held against the truth, computed once."""
    return _judged(canonical_text(scenario), scenario)


def lists_joined(most: int) -> int:
    """Return how many lists the URL says are joined; what is not a number from 0 to `most` is 0."""
    return read_count(st.query_params, most)


def read_count(parameters: Mapping[str, str], most: int) -> int:
    """Read the number of joined lists from URL parameters.

    >>> read_count({"lists": "3"}, 4), read_count({"lists": "9"}, 4), read_count({}, 4)
    (3, 0, 0)
    >>> read_count({"lists": "-1"}, 4), read_count({"lists": "two"}, 4)
    (0, 0)
    """
    written = parameters.get(LISTS, "")
    count = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 0
    return count if count <= most else 0


def join_lists(count: int) -> None:
    """Put the number of joined lists into the URL; none leaves the URL clean."""
    if count:
        st.query_params[LISTS] = str(count)
    elif LISTS in st.query_params:
        del st.query_params[LISTS]
