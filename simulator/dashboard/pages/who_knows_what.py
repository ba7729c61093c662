"""Who knows what: lists against facts, what is owed to each list, and which removal protects."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import components, session, town
from simulator.dashboard.in_sight import in_sight
from simulator.dashboard.share import share_town
from simulator.experiments.attribution import is_exact
from simulator.experiments.subsets import players
from simulator.report.attribution_chart import (
    attribution_picture,
    explained,
    shares_of,
    who_knows_what_chart,
)
from simulator.report.attribution_figures import ORDERS, ordered
from simulator.report.attribution_table import HEADINGS, attribution_rows
from simulator.report.attribution_wording import (
    GLOSSARY,
    certainty_sentence,
    closing_sentence,
    headline,
    matrix_in_words,
    nobody_holds_all,
    order_sentence,
    owed_sentence,
    removal_sentence,
    together_sentence,
)
from simulator.report.orders_chart import orders_chart
from simulator.scenario import scenario_hash

if TYPE_CHECKING:
    from simulator.experiments.attribution_tables import Attribution
    from simulator.scenario import Scenario

_ASKED = "attribution_asked"
"""Session state: the scenarios whose shares were asked for."""
_FIRST_ORDER = "share"
_SYNTHETIC = "Synthetic town"
_STYLE = """
<style>
/* below this width the names of the facts would run into one another: the picture scrolls */
.st-key-who-knows-what { overflow-x: auto; }
.st-key-who-knows-what .stVegaLiteChart { min-width: 960px; }
</style>
"""


def render() -> None:
    """Draw the page."""
    town.start("Who knows what")
    st.html(_STYLE)
    scenario, order = _controls()
    town.invent(scenario)
    holdings = session.holdings_in(scenario)
    found = _found(scenario)
    st.header(headline(found) if found else nobody_holds_all(holdings), anchor=False)
    said_place, limits_place = st.columns([7, 5])
    with said_place:
        if found:
            st.markdown(removal_sentence(found))
        else:
            _ask(scenario)
    with limits_place:
        components.limits()
    _picture(found, holdings, order)
    if found:
        st.markdown(owed_sentence(found))
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        if found:
            picture = attribution_picture(found, holdings, ordered(found, order))
            components.downloads("who_knows_what", picture, found.attribution)
            components.downloads("orders", _orders(found, 760), found.orders, what="Orders")
        share_town("attribution", scenario)
    if found:
        _more(found)
    components.page_end()


def _controls() -> tuple[Scenario, str]:
    """Draw town and order; return the scenario and how the lists are ordered."""
    town_place, order_place = st.columns([5, 8], vertical_alignment="bottom")
    with town_place:
        scenario = town.pick()
    with order_place:
        order = st.segmented_control(
            "Order of the lists",
            options=list(ORDERS),
            format_func=ORDERS.__getitem__,
            default=_FIRST_ORDER,
            required=True,
            disabled=not _is_quick_or_asked(scenario),
            key="order",
            bind="query-params",
        )
    return scenario, order or _FIRST_ORDER  # a URL may name none


def _found(scenario: Scenario) -> Attribution | None:
    """Return the attribution if it is quick to find or was asked for."""
    if not _is_quick_or_asked(scenario):
        return None
    return in_sight(
        f"attribution {scenario_hash(scenario)}",
        "Find out which list brings what",
        partial(session.attribution_of, scenario),
    )


def _is_quick_or_asked(scenario: Scenario) -> bool:
    return is_exact(len(players(scenario))) or scenario in _asked()


def _asked() -> list[Scenario]:
    asked: list[Scenario] = st.session_state.setdefault(_ASKED, [])
    return asked


def _ask(scenario: Scenario) -> None:
    """Offer the work that takes long, and say how long."""
    lists = len(players(scenario))
    st.markdown(
        f"What is owed to each of the {lists} lists, and which removal protects most, takes about "
        "a minute to find out."
    )
    st.button(
        "Find out what is owed to each list",
        type="primary",
        on_click=lambda: _asked().append(scenario),
    )


def _picture(found: Attribution | None, holdings: pd.DataFrame, order: str) -> None:
    rows = ordered(found, order) if found else list(dict.fromkeys(holdings["player"]))
    numbers, marks = explained(has_shares=found is not None)
    with st.container(key="who-knows-what"):
        st.vega_lite_chart(
            who_knows_what_chart(
                holdings,
                rows,
                shares_of(found) if found else None,
                title="What each list states rightly, before anything is joined",
                subtitle=[f"{_SYNTHETIC}. {numbers}", marks],
            ),
            theme=None,
            width="stretch",
            alt=matrix_in_words(holdings, rows, found),
            key="matrix",
        )


def _orders(found: Attribution, width: int | None = None) -> dict[str, object]:
    return orders_chart(
        found.orders,
        title="Facts known in 100, by how many lists are joined",
        subtitle=f"{_SYNTHETIC}. {order_sentence(found)}",
        width=width,
    )


def _more(found: Attribution) -> None:
    """Show the order of closing, the band over orders and the table."""
    with st.expander("Does the order of the lists matter?"):
        st.markdown(f"{closing_sentence(found)} {together_sentence(found)}")
        st.vega_lite_chart(
            _orders(found), theme=None, width="stretch", alt=order_sentence(found), key="orders"
        )
    with st.expander("The figures behind the picture"):
        st.markdown(certainty_sentence(found))
        names = [" ".join(filter(None, pair)) for pair in HEADINGS]
        table = pd.DataFrame(attribution_rows(found), columns=pd.Index(names)).set_index(names[0])
        st.table(table.rename(columns=str.capitalize).rename_axis("List"))
