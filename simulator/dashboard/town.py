"""The town of a page: which one, under which laws, and its result, computed in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard import choice, components, run_limit, session
from simulator.report.policies_wording import CLASH
from simulator.report.wording import counted
from simulator.scenario import ScenarioProblems, scenario_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.scenario import Scenario

_TOWN, _LAWS, _LAWS_SHOWN = "town-picker", "laws-picker", "laws-shown"
_RUN, _STOPPED = "towns_to_run", "stopped_town"
"""Session state: hashes of the large towns that may be run; hash of the town that was stopped."""
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
    is_stopped = st.session_state.get(_STOPPED) == asked
    if is_stopped or (is_large and asked not in may_run):
        said = "Stopped" if is_stopped else "This town is large, so it is run only when asked"
        st.header(said, anchor=False)
        people, lists = run_limit.people_in(scenario), len(scenario.sources)
        takes = "several minutes" if is_large else "up to half a minute"
        st.button(
            f"Run {people:,} people × {lists} lists ({takes})",
            type="primary",
            on_click=_let_run,
            args=(asked,),
        )
        components.limits()
        components.page_end()
        st.stop()
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, "Inventing the people …")
        st.button("Stop", icon=":material/stop_circle:", on_click=_stop, args=(asked,))

    def tell(what: str, share: float) -> None:
        # where Streamlit can end the script, as Stop has it do
        bar.progress(share, f"{what} …")

    session.result_of(scenario, tell)
    place.empty()


def _let_run(asked: str) -> None:
    st.session_state.pop(_STOPPED, None)
    st.session_state[_RUN].add(asked)


def _stop(asked: str) -> None:
    st.session_state[_STOPPED] = asked
