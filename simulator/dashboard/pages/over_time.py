"""Over time: what one file gathers on the map, day by day, and how soon it says where one lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import pandas as pd
import streamlit as st

from simulator.dashboard import choice, components, session, town
from simulator.dashboard.share import share_town
from simulator.experiments.over_time import sensors
from simulator.experiments.trail import Trail, pick_seen, town_squares, trail_of
from simulator.report.person_wording import PICK_LABELS
from simulator.report.time_chart import located_chart, over_time_chart
from simulator.report.time_table import COLUMNS, located_rows, share_words, shown_days
from simulator.report.time_wording import (
    EVERYONE,
    GLOSSARY,
    NO_SENSORS,
    exposure_sentence,
    forgotten_sentence,
    headline,
    of_memory,
    picture_in_words,
    sentence,
    trail_sentence,
)
from simulator.report.trail_chart import trail_chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from simulator.report.style import Spec
    from simulator.scenario import Scenario

Who: TypeAlias = Literal["most", "typical", "least"]
WHO: tuple[Who, ...] = ("most", "typical", "least")
MEMORIES: Mapping[str, int | None] = {"As it is": None, "30 days": 30, "3 days": 3}
"""Choice of memory as shown -> days; None is the scenario's own."""
NOBODY = "No resident's file holds a sighting."
WAITING = "Following what the sensors saw: some seconds for 5,000 residents, the first time …"


@dataclass(frozen=True)
class Shown:
    """What the visitor has chosen to see: whose trail, up to which day, with which memory."""

    scenario: Scenario
    which: Who
    retention: int | None
    day: int


def render() -> None:
    """Draw the page."""
    town.start("Over time")
    town_place, who_place, memory_place = st.columns(
        [4.5, 5.1, 4.0], gap="small", vertical_alignment="bottom"
    )
    with town_place:
        scenario = town.pick(_start_at_the_end)
    if not sensors(scenario):
        _offer_sensors()
        return
    with who_place:
        which: Who = st.segmented_control(
            "Resident whose file holds a sighting",
            options=WHO,
            format_func=PICK_LABELS.__getitem__,
            default=WHO[0],
            required=True,
            key="seen",
            bind="query-params",
        )
    with memory_place:
        memory = st.segmented_control(
            "Sensors forget after",
            options=list(MEMORIES),
            default="As it is",
            required=True,
            key="memory",
            bind="query-params",
        )
    map_place, curve_place = st.columns([1, 1], gap="medium")
    with map_place:
        day: int = st.slider(
            "Day of watching",
            min_value=1,
            max_value=scenario.observation_days,
            value=scenario.observation_days,
            key="day",
            bind="query-params",
        )
    _show(Shown(scenario, which, MEMORIES[memory], day), map_place, curve_place)
    components.page_end()


def _start_at_the_end() -> None:
    """Show the whole window of the town just chosen."""
    st.session_state["day"] = session.packaged(*choice.chosen()).observation_days


def _offer_sensors() -> None:
    """Say that there is nothing to follow here, and offer the smallest town where there is."""
    presets = session.presets()
    residents = {
        name: session.packaged(name).population.residents_count
        for name in presets
        if sensors(session.packaged(name))
    }
    watched = min(residents, key=residents.__getitem__)
    big, explained = NO_SENSORS
    st.header(big, anchor=False)
    st.markdown(
        f"{explained} “{presets[watched]}” has sensors: {residents[watched]:,} residents, about 15 "
        "seconds, once."
    )
    st.button(f"Show “{presets[watched]}”", type="primary", on_click=_choose, args=(watched,))
    components.limits()
    components.page_end()


def _choose(preset: str) -> None:
    choice.choose_town(preset)
    _start_at_the_end()


def _show(shown: Shown, map_place: DeltaGenerator, curve_place: DeltaGenerator) -> None:
    """Draw map and curve side by side, and below them the sentence, downloads and tables."""
    scenario, retention, day = shown.scenario, shown.retention, shown.day
    with curve_place:
        town.invent(scenario)
    with curve_place, st.spinner(WAITING):
        located = session.located_in(scenario, None)
        if retention is not None:
            shorter = session.located_in(scenario, retention)
            located = pd.concat([located, shorter], ignore_index=True)
    result = session.result_with_memory(scenario, retention)
    big = headline(located, day, retention)
    with curve_place:
        st.header(big, anchor=False)
        st.markdown(sentence(located, retention))
    entity_id = pick_seen(session.result_of(scenario), shown.which)
    if entity_id is None:
        map_place.markdown(NOBODY)
        return
    trail = trail_of(result, entity_id)
    said = trail_sentence(trail.name, trail.sightings, day)
    if retention is not None:
        said = f"{said} {forgotten_sentence(retention, scenario.observation_days)}"
    described = picture_in_words(big, said)
    squares = town_squares(result.population)
    with map_place:
        picture = _map(trail, squares, day)
        st.vega_lite_chart(picture, theme=None, width="content", alt=described, key="trail")
    with curve_place:
        curve = _curve(located, shown, None)
        st.vega_lite_chart(curve, theme=None, width="stretch", alt=described, key="located")
    components.limits()
    st.markdown(said)
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        residents = scenario.population.residents_count
        whole = over_time_chart(
            picture,
            _curve(located, shown, 460),
            title=big,
            footer=f"Synthetic: {residents:,} invented residents. Seed {result.seed}, scenario "
            f"{result.scenario_hash}.",
        )
        components.downloads("over_time", whole, located)
        share_town("time", scenario, ["--retention", str(retention)] if retention else [])
    _tables(scenario, located, trail, day)


def _map(trail: Trail, squares: pd.DataFrame, day: int) -> Spec:
    return trail_chart(
        squares,
        trail.sightings,
        day=day,
        home=trail.home,
        work=trail.work,
        title=f"{trail.name}, up to day {day}",
        subtitle="Synthetic person. Numbers: sightings in the file.",
    )


def _curve(located: pd.DataFrame, shown: Shown, width: int | None) -> Spec:
    return located_chart(
        of_memory(located, shown.retention),
        None if shown.retention is None else of_memory(located, None),
        day=shown.day,
        title="Seen near home, of 100 residents with a file",
        subtitle="Synthetic town. Band: 95 % interval.",
        width=width,
    )


def _tables(scenario: Scenario, located: pd.DataFrame, trail: Trail, day: int) -> None:
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    days = shown_days(located)
    rows = located_rows(located, labels, days)
    table = pd.DataFrame(
        [cells for _, cells in rows],
        index=pd.Index([label for label, _ in rows], name=""),
        columns=["n", *(f"Day {shown}" for shown in days), "Half by day"],
    )
    with st.expander("The figures behind the curve"):
        st.markdown(
            "Seen near home by something in the file, of 100 residents with a file, ± half the "
            "95 % interval."
        )
        st.table(table)
    seen = trail.sightings.loc[trail.sightings["day"] <= day]
    with st.expander("The sightings behind the map"):
        counts = seen.groupby(["source", "seen_area"], sort=False)["day"].agg(["count", "min"])
        st.table(
            counts.reset_index()
            .rename(
                columns={
                    "source": "List",
                    "seen_area": "Square",
                    "count": "Sightings",
                    "min": "First on day",
                }
            )
            .set_index("List")
        )
    with st.expander("How much the file held, day by day"):
        if st.toggle("Measure it for everyone (about 10 seconds, once)", key="by_day"):
            with st.spinner("Joining the records of each day anew …"):
                exposure = session.exposure_in_days(scenario)
            st.markdown(exposure_sentence(exposure))
            st.table(_exposure_table(exposure))


def _exposure_table(exposure: pd.DataFrame) -> pd.DataFrame:
    everyone = exposure.loc[exposure["group"] == EVERYONE]
    by_day = {
        "before" if day == 0 else f"day {day}": {
            row["metric"]: share_words(row) for row in of_day.to_dict("records")
        }
        for day, of_day in everyone.groupby("day")
    }
    table = pd.DataFrame(by_day).T[[metric for metric, _ in COLUMNS]]
    return table.rename(columns=dict(COLUMNS)).rename_axis("By")
