"""Work that takes a while, in sight: how far it is, a button that stops it, and one to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from simulator.dashboard import components

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.pipeline import Progress

_STOPPED = "stopped_work"
"""Session state: the work that was stopped last."""

_Done = TypeVar("_Done")


def in_sight(asked: str, again: str, work: Callable[[Progress], _Done]) -> _Done:
    """Return what a work gives; while it goes on, show how far it is and let the visitor stop it.

    The page ends here where it was stopped, and a button runs it again. Work that is at hand and
    tells nothing shows nothing.

    Parameters
    ----------
    asked : str
        Names the work and what it is done on.
    again : str
        On the button that runs it again.
    work : function
        Given whom to tell how far it is. Until it tells something, nothing is shown.
    """
    if st.session_state.get(_STOPPED) == asked:
        ask_first("Stopped", again)
    place = st.empty()
    bar = None

    def tell(what: str, share: float) -> None:
        # where Streamlit can end the script, as Stop has it do
        nonlocal bar
        if bar is None:
            with place.container():
                bar = st.progress(0.0)
                # a page may have several works, one after another
                st.button(
                    "Stop",
                    icon=":material/stop_circle:",
                    on_click=_stop,
                    args=(asked,),
                    key=f"stop {asked}",
                )
                components.limits()
        bar.progress(share, f"{what} …")

    done = work(tell)
    place.empty()
    return done


def ask_first(said: str, run: str, on_run: Callable[[], None] | None = None) -> None:
    """Say why nothing is shown, offer to run the work, and end the page."""
    st.header(said, anchor=False)
    st.button(run, type="primary", on_click=_let_run, args=(on_run,))
    components.limits()
    components.page_end()
    st.stop()


def _let_run(on_run: Callable[[], None] | None) -> None:
    st.session_state.pop(_STOPPED, None)
    if on_run:
        on_run()


def _stop(asked: str) -> None:
    st.session_state[_STOPPED] = asked
