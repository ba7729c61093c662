"""One person: a file that assembles list by list, and why its records were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from simulator.dashboard import choice, components, joined_lists, session, town
from simulator.dashboard.held_together import held_together
from simulator.dashboard.pressable import PICTURE_WIDTH, pressable
from simulator.dashboard.record_cards import record_cards
from simulator.dashboard.share import share_town
from simulator.experiments.picks import PICKS, Pick, pick
from simulator.experiments.reasons import joining_of, reasons_for
from simulator.report.link_wording import (
    NOTHING_JOINED,
    about_link,
    bits_words,
    comparison_words,
    verdict,
    waterfall_in_words,
)
from simulator.report.person_charts import mosaic_chart, mosaic_layout
from simulator.report.person_wording import (
    GLOSSARY,
    MARKS,
    NOBODY,
    PICK_LABELS,
    about_file,
    fact_in_words,
    headline,
    mosaic_in_words,
    stated_words,
    tile_in_words,
)
from simulator.report.waterfall_chart import waterfall_chart

if TYPE_CHECKING:
    from simulator.experiments.person import Assembly, Person, PersonStep
    from simulator.report.style import Spec
    from simulator.scenario import Scenario

EXPORT_WIDTH = 1000


def render() -> None:
    """Draw the page."""
    town.start("One person")
    scenario, which, shown = _controls()
    town.invent(scenario)
    with st.spinner("Assembling the files list by list …"):
        assembly = session.assembly_of(scenario)
    entity_id = pick(assembly, which)
    if entity_id is None:
        st.header(NOBODY[which], anchor=False)
    else:
        _file(assembly, session.person_in(scenario, entity_id), shown, which)
    components.page_end()


def _controls() -> tuple[Scenario, Pick, int]:
    """Draw the pickers and the buttons; return scenario, pick and how many lists are joined."""
    town_place, who_place = st.columns([3, 8], vertical_alignment="bottom")
    with town_place:
        scenario = town.pick(_forget_link)
    with who_place.container(horizontal=True, vertical_alignment="bottom"):
        which: Pick = st.segmented_control(
            "Resident",
            options=PICKS,
            format_func=PICK_LABELS.__getitem__,
            default=PICKS[0],
            required=True,
            key="who",
            bind="query-params",
            on_change=_forget_link,
        )
    lists = len(scenario.reachable())
    shown = joined_lists.lists_joined(lists)
    buttons_place, limits_place = st.columns([5, 8], vertical_alignment="center")
    with buttons_place.container(horizontal=True):
        _buttons(shown, lists)
    with limits_place:
        components.limits()
    return scenario, which, shown


def _buttons(shown: int, lists: int) -> None:
    st.button(
        "Add the next list",
        shortcut="n",
        type="primary",
        disabled=shown >= lists,
        on_click=_join,
        args=(shown + 1,),
    )
    st.button("Back", shortcut="b", disabled=shown == 0, on_click=_join, args=(max(shown - 1, 0),))
    st.button("Reset", on_click=_reset)


def _join(count: int) -> None:
    joined_lists.join_lists(count)
    _forget_link()


def _forget_link() -> None:
    st.session_state.pop("link", None)


def _reset() -> None:
    """Assign the defaults: a widget bound to the URL keeps its value when its state is popped."""
    choice.choose(choice.Choice())
    st.session_state["who"] = PICKS[0]
    _join(0)


def _file(assembly: Assembly, person: Person, shown: int, which: Pick) -> None:
    """Draw a person's file as it stands with the first lists joined."""
    step = person.steps[shown]
    with st.container(key="person-headline"):
        st.header(headline(person.name, shown, step.facts, named=step.named), anchor=False)
        st.markdown(
            about_file(step.facts, step.records, exposure_share=step.exposure_share)
            if shown
            else "Nothing is joined yet. Every tile is a fact that is true of them."
        )
    layout = mosaic_layout([each.facts for each in person.steps])
    after = _after(assembly, shown)
    pressed = pressable(
        mosaic_chart(
            step.facts,
            layout,
            title=f"{person.name}, {after}",
            subtitle=_SUBTITLE,
            width=PICTURE_WIDTH,
        ),
        {tile_in_words(fact): fact["fact"] for fact in step.facts.to_dict("records")},
        said=mosaic_in_words(person.name, step.facts),
        key="mosaic",
    )
    asked = step.facts.loc[step.facts["fact"] == pressed].to_dict("records")
    st.markdown(fact_in_words(asked[0]) if asked else _PRESS)
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        if shown:
            picture = mosaic_chart(
                step.facts,
                layout,
                title=headline(person.name, shown, step.facts, named=step.named),
                subtitle=f"{_SUBTITLE} {after[:1].upper()}{after[1:]}. {_origin(assembly)}",
                width=EXPORT_WIDTH,
            )
            components.downloads("person", picture, step.facts)
            share_town("person", assembly.result.scenario, [which])
    if shown:
        _facts_table(step)
        st.subheader("The records", anchor=False)
        record_cards(assembly.result, step, lists=shown)
        _why(assembly, person, shown)


_PRESS = (
    "Press a tile, or go to it with the arrow keys and press Enter: who says so, and is it true?"
)
_SUBTITLE = "Synthetic person. ▲ sensitive. Thick outline: learnt from the list just added."


def _after(assembly: Assembly, shown: int) -> str:
    if not shown:
        return "before any list"
    scenario = assembly.result.scenario
    label = scenario.sources[scenario.reachable()[shown - 1]].label
    return f"after list {shown}: {label}"


def _origin(assembly: Assembly) -> str:
    return f"Seed {assembly.result.seed}, scenario {assembly.result.scenario_hash}."


def _facts_table(step: PersonStep) -> None:
    facts = step.facts
    table = pd.DataFrame(
        {
            "The file says": [
                stated_words(stated, form) or "–"
                for stated, form in zip(facts["stated"], facts["form"], strict=True)
            ],
            "Status": [" ".join(MARKS[status]) for status in facts["status"]],
            "True": [value or "–" for value in facts["true_value"]],
            "Credit": [
                f"{credit:.1f} of {weight:g}"
                for credit, weight in zip(facts["credit"], facts["weight"], strict=True)
            ],
            "Said by": [lists or "–" for lists in facts["stated_by"]],
        },
        index=pd.Index(facts["label"], name="Fact"),
    )
    with st.expander("The facts behind the picture"):
        st.table(table)


def _why(assembly: Assembly, person: Person, shown: int) -> None:
    """Say what made the file: the links it hangs by, and the evidence for each."""
    st.subheader("Why were these joined?", anchor=False)
    links = joining_of(assembly, person.entity_id, shown)
    if links.empty:
        st.markdown(NOTHING_JOINED)
        return
    held_together(assembly.result, person, person.steps[shown], links)
    labels = {name: source.label for name, source in assembly.result.scenario.sources.items()}
    said = [
        about_link(labels[row["source_l"]], labels[row["source_r"]], row["match_probability"])
        for row in links.to_dict("records")
    ]
    said[0] += ", the weakest link"
    wrong = np.flatnonzero(~links["is_right"])
    said = [f"{words} ≠" if place in wrong else words for place, words in enumerate(said)]
    number = st.selectbox(
        "Link",
        options=list(range(len(links))),
        index=int(wrong[0]) if len(wrong) else 0,
        format_func=lambda place: f"{place + 1}. {said[place]}",
        key="link",
        filter_mode=None,
    )
    link = links.iloc[number or 0]
    st.markdown(verdict(is_right=bool(link["is_right"])))
    reasons = reasons_for(assembly, link)

    def drawn(width: int | None) -> Spec:
        return waterfall_chart(
            reasons,
            probability=link["match_probability"],
            threshold=assembly.result.scenario.linkage.threshold,
            title=said[number or 0],
            subtitle="Synthetic records. Below each comparison: what the records say, both where "
            "they differ.",
            width=width,
        )

    st.vega_lite_chart(
        drawn(None), theme=None, width="stretch", alt=waterfall_in_words(reasons), key="waterfall"
    )
    with st.container(horizontal=True):
        components.downloads("link", drawn(560), reasons, what="Link")
    _reasons_table(reasons, labels[link["source_l"]], labels[link["source_r"]])


def _reasons_table(reasons: pd.DataFrame, left: str, right: str) -> None:
    rows = [
        {
            "Compared": comparison_words(row["comparison"], row["level"]),
            f"1. {left}": row["written_l"] or "–",
            f"2. {right}": row["written_r"] or "–",
            "Bits": bits_words(row["bits"]),
        }
        for row in reasons.to_dict("records")
    ]
    with st.expander("The comparisons behind the picture"):
        st.table(pd.DataFrame(rows).set_index("Compared"))
