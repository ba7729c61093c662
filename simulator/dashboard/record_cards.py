"""The records of one person as cards: what each list says, in its own words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from simulator.experiments.person import STRANGER
from simulator.experiments.record_groups import record_groups
from simulator.report.person_wording import field_words
from simulator.report.record_wording import group_words
from simulator.report.style import CROWDED_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.person import PersonStep
    from simulator.tables import Result

_STYLE = """
<style>
.mosaic-records { display: grid; gap: 0.7rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); }
.mosaic-record { border: 2px solid currentColor; border-radius: 4px; padding: 0.6rem 0.8rem; }
.mosaic-record.stranger { border: 6px double currentColor; }
.mosaic-record.apart, .mosaic-record.none { border-style: dashed; }
.mosaic-record p { margin: 0; }
.mosaic-record .list { font-weight: 700; }
.mosaic-record dl { margin: 0.5rem 0 0; padding: 0; line-height: 1.3; }
.mosaic-record dt { margin: 0; padding: 0; font-size: 0.8rem; font-weight: 400; }
.mosaic-record dd { margin: 0 0 0.3rem; padding: 0; font-weight: 600; overflow-wrap: anywhere; }
</style>
"""


def record_cards(result: Result, step: PersonStep, *, lists: int) -> None:
    """Draw a card per record, in the order of the lists; a list without one says so.

    Many records of one kind share a card; of many lists, those without a record share a sentence.

    Parameters
    ----------
    result : Result
    step : PersonStep
    lists : int
        How many lists are joined.
    """
    labels = {name: fact.label for name, fact in result.scenario.sensitive_facts.items()}
    cards, without = [], []
    for source in result.scenario.reachable()[:lists]:
        title = result.scenario.sources[source].label
        held = step.records.loc[step.records["source"] == source]
        if held.empty:
            without.append(title)
            if lists < CROWDED_ROWS:
                cards.append(_card(title, "none", ["no record of theirs"], {}))
        for group in record_groups(result, held):
            fields = {field_words(name, labels): value for name, value in group.fields.items()}
            is_strangers = group.record["whose"] == STRANGER
            kind = "stranger" if is_strangers else "" if group.record["in_dossier"] else "apart"
            said = group_words(group.record, group.count, group.counted)
            cards.append(_card(title, kind, said, fields))
    if without and lists >= CROWDED_ROWS:
        st.markdown(f"No record of theirs: {', '.join(without)}.")
    st.html(f'{_STYLE}<div class="mosaic-records">{"".join(cards)}</div>')


def _card(title: str, kind: str, said: list[str], fields: Mapping[str, str]) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    cells = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in fields.items()
    )
    body = f"<dl>{cells}</dl>" if cells else ""
    return (
        f'<div class="mosaic-record {kind}"><p class="list">{escape(title)}</p>{lines}{body}</div>'
    )
