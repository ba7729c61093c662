"""The town of a page: which one, under which laws, and its result, computed in sight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard import choice, components, run_limit, session
from simulator.dashboard.in_sight import ask_first, in_sight
from simulator.report.policies_wording import CLASH
from simulator.report.wording import counted
from simulator.scenario import ScenarioProblems, scenario_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.scenario import Scenario

_TOWN, _LAWS, _LAWS_SHOWN = "town-picker", "laws-picker", "laws-shown"
_RUN = "towns_to_run"
"""Session state: hashes of the large towns that may be run."""
_BEYOND = "law_beyond"
"""Session state: what was wrong with the laws last chosen."""


def start(title: str) -> None:
    """Begin a page about a town: title, and beside it the laws laid over the town."""
    components.page_style()
    with st.container(horizontal=True, vertical_alignment="center", key="page-title"):
        st.title(title, anchor=False)
        _laws(choice.chosen())


def pick(on_change: Callable[[], None] | None = None) -> Scenario:
    """Let the visitor choose a packaged town; return it under the laws laid over it.

    `on_change` is called when another town was chosen.
    """
    titles = session.presets()
    chosen = choice.chosen()
    st.session_state[_TOWN] = chosen.town

    def change() -> None:
        choice.choose_town(st.session_state[_TOWN])
        if on_change:
            on_change()

    st.selectbox(
        "Town",
        options=list(titles),
        format_func=titles.__getitem__,
        key=_TOWN,
        filter_mode=None,
        on_change=change,
    )
    return session.packaged(*chosen)


def _laws(chosen: choice.Choice) -> None:
    """Let the visitor lay packaged policies over the town, on every page alike."""
    count = len(chosen.laws)
    label = f"{counted(count, 'law', 'laws').capitalize()} laid over it" if count else "Add a law"
    shown = st.popover(label, icon=":material/gavel:", key=_LAWS_SHOWN, on_change="rerun")
    if not shown.open:  # to see which laws fit takes a second
        return
    with shown:
        titles = session.policies_for(chosen.town)
        st.session_state[_LAWS] = list(chosen.laws)
        st.multiselect(
            "Laws and choices laid over the town, in this order",
            options=list(titles),
            format_func=titles.__getitem__,
            key=_LAWS,
            placeholder="none: the town as it is",
            on_change=_choose_laws,
        )
        if said := st.session_state.pop(_BEYOND, ""):
            st.markdown(said)
        st.markdown("They hold on every page. Policies says what a law changes, and for whom.")


def _choose_laws() -> None:
    laws = tuple(st.session_state[_LAWS])
    try:
        session.packaged(choice.chosen().town, laws)
    except ScenarioProblems:
        st.session_state[_BEYOND] = CLASH
    else:
        choice.choose_laws(laws)


def invent(scenario: Scenario) -> None:
    """Have the result of a scenario at hand: show how far it is, and let the visitor stop it.

    A town that takes minutes is run only when asked. Where there is no result the page ends here.
    """
    if session.is_at_hand(scenario):
        return
    asked = scenario_hash(scenario)
    may_run: set[str] = st.session_state.setdefault(_RUN, set())
    is_large = not run_limit.is_within(scenario)
    people, lists = run_limit.people_in(scenario), len(scenario.sources)
    takes = "several minutes" if is_large else "up to half a minute"
    run = f"Run {people:,} people × {lists} lists ({takes})"
    if is_large and asked not in may_run:
        said = "This town is large, so it is run only when asked"
        ask_first(said, run, lambda: may_run.add(asked))
    in_sight(asked, run, partial(session.result_of, scenario))
