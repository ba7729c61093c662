"""The Story: guess, join one list after another, and see what the joining gave away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import choice, components, joined_lists, run_limit, session, town
from simulator.dashboard.share import share_town
from simulator.dashboard.tour import tour
from simulator.dashboard.wording import (
    GLOSSARY,
    PICTURE,
    big_sentence,
    guess_against_truth,
    interval_sentence,
    picture_in_words,
    question,
)
from simulator.report.charts import story_chart, story_panels
from simulator.report.steps import EVERYONE, Step, growth_steps, row_label, source_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Scenario
    from simulator.tables import Rate, Result

FIRST_GUESS = 50
PANEL_WIDTHS = (1.3, 1.0)
"""Left to right: the left panel also carries the names of the lists."""


def render() -> None:
    """Draw the page."""
    town.start("What do harmless lists give away?")
    scenario, shown = _controls()
    rows = _rows(scenario)
    steps = _steps(scenario) if shown else ()
    joined = steps[1 : shown + 1]
    _headline(joined, lists=len(rows))
    _picture(joined, rows)
    components.limits()
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        tour()
        if shown:
            _downloads(scenario, joined, rows)
            share_town("run", scenario)
    if shown:
        _table(joined)
    components.page_end()
    if not shown and run_limit.is_within(scenario):
        session.result_of(scenario)  # while the room is guessing


def _controls() -> tuple[Scenario, int]:
    """Draw guess, preset and buttons; return the scenario and how many lists are joined."""
    guess_place, preset_place, buttons_place = st.columns([3, 3, 5], vertical_alignment="bottom")
    with preset_place:
        scenario = town.pick(lambda: joined_lists.join_lists(0))
    lists = len(scenario.reachable())
    shown = joined_lists.lists_joined(lists)
    with guess_place:
        st.slider(
            "Your guess, of 100 residents",
            min_value=0,
            max_value=100,
            value=FIRST_GUESS,
            key="guess",
            bind="query-params",
            disabled=shown > 0,
        )
    with buttons_place.container(horizontal=True):
        _buttons(shown, lists)
    return scenario, shown


def _buttons(shown: int, lists: int) -> None:
    st.button(
        "Add the next list",
        shortcut="n",
        type="primary",
        disabled=shown >= lists,
        on_click=joined_lists.join_lists,
        args=(shown + 1,),
    )
    st.button(
        "Back",
        shortcut="b",
        disabled=shown == 0,
        on_click=joined_lists.join_lists,
        args=(max(shown - 1, 0),),
    )
    st.button("Reset", on_click=_reset)


def _reset() -> None:
    """Assign the defaults: a widget bound to the URL keeps its value when its state is popped."""
    st.session_state["guess"] = FIRST_GUESS
    choice.choose(choice.Choice())
    joined_lists.join_lists(0)


def _rows(scenario: Scenario) -> list[str]:
    return [
        row_label(number, scenario.sources[name].label)
        for number, name in enumerate(scenario.reachable(), start=1)
    ]


def _steps(scenario: Scenario) -> tuple[Step, ...]:
    town.invent(scenario)
    result = session.result_of(scenario)
    return growth_steps(result.exposure, source_labels(result))


def _headline(joined: Sequence[Step], *, lists: int) -> None:
    """Say the finding so far, big enough for the last row of the room."""
    with st.container(key="headline"):
        if not joined:
            asked, explained = question(lists)
            st.header(asked, anchor=False)
            st.markdown(explained)
            return
        st.header(big_sentence(joined[-1]), anchor=False)
        st.markdown(interval_sentence(joined[-1]))
        if len(joined) == lists:
            st.markdown(guess_against_truth(st.session_state["guess"], joined[-1]))


def _picture(joined: Sequence[Step], rows: Sequence[str]) -> None:
    places = st.columns(PANEL_WIDTHS, gap="small")
    panels = story_panels(joined, rows=rows, wording=PICTURE)
    described = picture_in_words(joined)
    for name, place, panel in zip(("reidentified", "known"), places, panels, strict=True):
        with place:
            st.vega_lite_chart(panel, theme=None, width="stretch", alt=described, key=name)


def _downloads(scenario: Scenario, joined: Sequence[Step], rows: Sequence[str]) -> None:
    result = session.result_of(scenario)
    residents = scenario.population.residents_count
    picture = story_chart(
        joined,
        rows=rows,
        wording=PICTURE,
        title=f"{scenario.title}: {big_sentence(joined[-1])}",
        footer=f"Synthetic: {residents:,} invented residents. Seed {result.seed}, scenario "
        f"{result.scenario_hash}. Black lines: 95 % intervals.",
    )
    components.downloads("story", picture, _figures(result, joined[-1].number))


def _figures(result: Result, last: int) -> pd.DataFrame:
    """Return the rows of the exposure table about everyone, up to the step shown."""
    table = result.exposure
    return table.loc[(table["group"].astype(str) == EVERYONE) & (table["step"] <= last)]


def _table(joined: Sequence[Step]) -> None:
    columns = {
        "Named": "named_share",
        "Re-identified": "reidentified_share",
        "Facts, joined": "exposure_share",
        "Facts, not joined": "unjoined_share",
        "Somebody else's fact": "wrongful_share",
    }
    table = pd.DataFrame(
        {
            title: [_cell(step.rates[metric]) for step in joined]
            for title, metric in columns.items()
        },
        index=pd.Index([step.row for step in joined], name="Lists joined"),
    )
    with st.expander("The figures behind the picture"):
        st.markdown(
            "In 100, with the ends of the 95 % interval. "
            f"n = {joined[-1].rates['reidentified_share'].n:,} residents."
        )
        st.table(table)


def _cell(rate: Rate) -> str:
    """Write a figure with the ends of its interval, in 100.

    >>> from simulator.tables import Rate
    >>> _cell(Rate(0.743, 0.731, 0.755, 5000, "wilson"))
    '74.3 (73.1–75.5)'
    """
    return f"{100 * rate.value:.1f} ({100 * rate.low:.1f}–{100 * rate.high:.1f})"
