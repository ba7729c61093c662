"""Friends and family: what the files of others give away of people who left the lists."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import pandas as pd
import streamlit as st

from simulator.dashboard import components, session, town
from simulator.dashboard.in_sight import in_sight
from simulator.dashboard.pressable import PICTURE_WIDTH, pressable
from simulator.dashboard.share import share_town
from simulator.experiments.ego_network import WHO_LEFT, WhoLeft
from simulator.experiments.picks import first
from simulator.report.ego_network_chart import ego_network_chart
from simulator.report.person_wording import NOBODY, PICK_LABELS
from simulator.report.spill_over_chart import together_chart
from simulator.report.spill_over_table import fact_lines, spill_over_lines
from simulator.report.spill_over_wording import (
    GLOSSARY,
    TIE_LABELS,
    WHO_LEFT_LABELS,
    around_sentence,
    file_in_words,
    findings,
    headline,
    network_in_words,
    told_in_words,
)
from simulator.scenario import scenario_hash

if TYPE_CHECKING:
    from simulator.experiments.ego_network import EgoNetwork
    from simulator.experiments.spill_over import SpillOver
    from simulator.report.style import Spec
    from simulator.scenario import Scenario

Resident: TypeAlias = Literal["most", "typical", "least", "number"]
RESIDENTS: tuple[Resident, ...] = get_args(Resident)
RESIDENT_LABELS = {**PICK_LABELS, "number": "By number"}
FIRST_SHOWN: WhoLeft = "person"
EVERY_TIE = "every"
TIE_CHOICES = {EVERY_TIE: "Everyone"} | {**TIE_LABELS, "untied": "Others"}
EXPORT_WIDTH = 1000
_PRESS = (
    "Press a name, or go to it with the arrow keys and press Enter: what leaks through this tie?"
)
_SUBTITLE = "Synthetic people. A strong line: this file gives something away; in bold what."


def render() -> None:
    """Draw the page."""
    town.start("Friends and family")
    scenario, resident, number, tie, who_left = _controls()
    town.invent(scenario)
    found = in_sight(
        f"spill-over {scenario_hash(scenario)}",
        "Let people leave its lists (under a minute)",
        partial(session.spill_over_of, scenario),
    )
    with st.container(key="friends-headline"):
        st.header(headline(found.measures, found.lists), anchor=False)
        finding, *details = findings(found.measures, found.lists)
        st.markdown(f"**{finding}** {' '.join(details[:1])}")
        components.limits()
    entity_id = _entity(found, resident, number)
    if entity_id is not None:
        with st.spinner("Letting this resident leave: some seconds …"):
            networks = session.networks_in(scenario, entity_id)
        _network(found, networks[who_left], who_left, tie)
    _together(found, details[1:])
    share_town("spillover", scenario)
    components.page_end()


def _controls() -> tuple[Scenario, Resident, int | None, str, WhoLeft]:
    """Draw the pickers; return scenario, resident, their number, tie and who has left."""
    town_place, who_place, tie_place, left_place = st.columns(
        [6.6, 3.5, 3.7, 7.2], vertical_alignment="top"
    )
    with town_place:
        scenario = town.pick()
    with who_place:
        resident: Resident = st.selectbox(
            "Resident",
            options=RESIDENTS,
            format_func=RESIDENT_LABELS.__getitem__,
            key="resident",
            filter_mode=None,
            bind="query-params",
        )
        number = None
        if resident == "number":
            number = st.number_input(
                "Number", min_value=0, value=None, step=1, key="number", bind="query-params"
            )
    with tie_place:
        tie = st.selectbox(
            "Show",
            options=list(TIE_CHOICES),
            format_func=TIE_CHOICES.__getitem__,
            key="tie",
            filter_mode=None,
            bind="query-params",
        )
    with left_place:
        who_left: WhoLeft = st.segmented_control(
            "Who has left the lists?",
            options=WHO_LEFT,
            format_func=WHO_LEFT_LABELS.__getitem__,
            default=FIRST_SHOWN,
            required=True,
            key="left",
            bind="query-params",
        )
    # a URL may leave a choice empty
    left = who_left if who_left in WHO_LEFT else FIRST_SHOWN
    who = resident if resident in RESIDENTS else RESIDENTS[0]
    return scenario, who, number, tie or EVERY_TIE, left


def _entity(found: SpillOver, resident: Resident, number: int | None) -> int | None:
    """Return whom to show; None, and a word why, where there is nobody."""
    people = found.result.people
    if resident == "number":
        if number in people.index:
            return number
        some = ", ".join(str(one) for one in people.index[:3])
        asked = "Type a resident's number" if number is None else f"No resident has number {number}"
        st.markdown(f"{asked}. Numbers are {some}, … up to {people.index[-1]}, with gaps between.")
        return None
    entity_id = first(people, found.result.dossiers.true_weight, resident)
    if entity_id is None:
        st.markdown(NOBODY[resident])
    return entity_id


def _network(found: SpillOver, network: EgoNetwork, who_left: WhoLeft, tie: str) -> None:
    shown = network.people
    if tie != EVERY_TIE:
        shown = shown.loc[shown["tie"] == tie]
    tells = [fact for given in shown["tells"] for fact in given]
    facts = [fact for fact in network.facts["label"] if fact in tells]
    told_by = int((shown["tells"].str.len() > 0).sum())
    said = around_sentence(network.name, who_left, told_by, len(shown), facts)

    def drawn(subtitle: str, width: int | None) -> Spec:
        return ego_network_chart(
            shown, network.between, network.name, title=said, subtitle=subtitle, width=width
        )

    around = shown.to_dict("records")
    pressed = pressable(
        drawn(_SUBTITLE, PICTURE_WIDTH),
        {
            file_in_words(one["name"], one["tie"], one["tells"]): str(one["entity_id"])
            for one in around
        },
        said=f"{said}. {network_in_words(network.name, shown)}",
        key="network",
    )
    asked = [one for one in around if str(one["entity_id"]) == pressed]
    st.markdown(told_in_words(asked[0], network.name) if asked else _PRESS)
    result = found.result
    origin = f"Seed {result.seed}, scenario {result.scenario_hash}."
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        table = shown.assign(ties=shown["ties"].str.join("; "), tells=shown["tells"].str.join("; "))
        components.downloads("friends", drawn(f"{_SUBTITLE} {origin}", EXPORT_WIDTH), table)
    with st.expander("The people and facts behind the picture"):
        st.table(_people_table(shown))
        st.table(_facts_table(network))


def _people_table(shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Tie": [
                ", ".join(TIE_LABELS[one] for one in ties) or TIE_LABELS[tie]
                for tie, ties in zip(shown["tie"], shown["ties"], strict=True)
            ],
            "Lists this person": ["yes" if lists else "no" for lists in shown["lists"]],
            "Gives away": [", ".join(tells) or "–" for tells in shown["tells"]],
        },
        index=pd.Index(shown["name"], name="File of"),
    )


def _facts_table(network: EgoNetwork) -> pd.DataFrame:
    facts = network.facts
    return pd.DataFrame(
        {
            "In files of others": facts["people_count"].to_numpy(),
            "Right in their own file": ["yes" if own else "no" for own in facts["own_file"]],
        },
        index=pd.Index(facts["label"], name=f"Fact about {network.name}"),
    )


def _together(found: SpillOver, details: list[str]) -> None:
    """Show how many must leave together before it helps."""
    if not found.lists:
        return
    st.subheader("How many must leave together?", anchor=False)
    st.markdown(" ".join(details))
    result = found.result

    def drawn(subtitle: str, width: int | None) -> Spec:
        return together_chart(
            found.measures,
            title="Known through others, of 100 facts about those who left",
            subtitle=subtitle,
            width=width,
        )

    said = "Synthetic town. Band: 95 % interval."
    st.vega_lite_chart(
        drawn(said, None), theme=None, width="stretch", alt=" ".join(details), key="together"
    )
    with st.container(horizontal=True):
        origin = f"{said} Seed {result.seed}, scenario {result.scenario_hash}."
        components.downloads("together", drawn(origin, 700), found.measures, what="Curve")
    with st.expander("The figures behind the curve"):
        st.table(
            pd.DataFrame(
                [line[1:] for line in spill_over_lines(found.measures)],
                index=pd.Index(
                    [line.label for line in spill_over_lines(found.measures)],
                    name="Known through others if",
                ),
                columns=["Of 100 facts", "95 % interval", "Of 100 ties gone"],
            )
        )
        labels: dict[str, str] = {name: fact.label for name, fact in result.scenario.facts.items()}
        lines = fact_lines(found.facts, labels)
        st.table(
            pd.DataFrame(
                [line[1:] for line in lines],
                index=pd.Index([line[0] for line in lines], name="Of 100 of whom it is true"),
                columns=["They leave alone", "All ties leave too", "n"],
            )
        )
