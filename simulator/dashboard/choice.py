"""What a visitor has chosen for every page: a town, and the laws laid over it.

It stands in the URL, so that a link restores it, and goes along from page to page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from simulator.dashboard import session
from simulator.scenario import ScenarioProblems

if TYPE_CHECKING:
    from collections.abc import Iterable

TOWN, LAWS = "town", "laws"
"""URL parameters: the name of a packaged scenario; names of packaged policies, commas between."""
_CHOICE = "choice"
"""Session state: the choice, while the URL of another page does not hold it yet."""


class Choice(NamedTuple):
    """A packaged town under packaged policies, in the order in which they are laid over it."""

    town: str = session.FIRST_PRESET
    laws: tuple[str, ...] = ()


def chosen() -> Choice:
    """Return what the URL says, or else what was chosen on another page; put it into the URL."""
    written = st.query_params
    if TOWN in written or LAWS in written:
        choice = read_choice(written.get(TOWN, ""), written.get(LAWS, ""))
    else:
        choice = st.session_state.get(_CHOICE, Choice())
    choose(choice)
    return choice


def read_choice(town: str, laws: str) -> Choice:
    """Read a choice from URL parameters; what there is not, or does not fit, is left out.

    >>> read_choice("campus", "crystal_ball")
    Choice(town='campus', laws=())
    >>> read_choice("../secrets", "broker_opt_out,broker_opt_out")
    Choice(town='town', laws=('broker_opt_out',))
    """
    name = town if town in session.presets() else session.FIRST_PRESET
    return Choice(name, _fitting(name, laws.split(",") if laws else ()))


def choose(choice: Choice) -> None:
    """Put a choice into the URL, and keep it for the other pages; the first town needs no word."""
    st.session_state[_CHOICE] = choice
    words = {TOWN: choice.town, LAWS: ",".join(choice.laws)}
    nothing = {TOWN: session.FIRST_PRESET, LAWS: ""}
    for name, word in words.items():
        if word != nothing[name]:
            st.query_params[name] = word
        elif name in st.query_params:
            del st.query_params[name]


def choose_town(town: str) -> None:
    """Choose another town, under those of the laws that fit it."""
    choose(Choice(town, _fitting(town, st.session_state.get(_CHOICE, Choice()).laws)))


def choose_laws(laws: Iterable[str]) -> None:
    """Choose the laws laid over the town."""
    choose(Choice(st.session_state.get(_CHOICE, Choice()).town, tuple(laws)))


def _fitting(town: str, laws: Iterable[str]) -> tuple[str, ...]:
    laws = tuple(dict.fromkeys(laws))
    if not laws:
        return ()
    fitting = session.policies_for(town)
    fitting_laws = tuple(law for law in laws if law in fitting)
    try:
        session.packaged(town, fitting_laws)
    except ScenarioProblems:  # one changes what another takes away
        return fitting_laws[:1]
    return fitting_laws
