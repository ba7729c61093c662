"""What linkage has learnt to go by, and which records say too little to be joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from simulator.dashboard import components, session
from simulator.linkage.evidence import level_shares, too_little_said
from simulator.report.certainty_table import evidence_rows
from simulator.report.certainty_wording import assumed_sentence, too_little_sentence
from simulator.report.evidence_chart import evidence_chart

if TYPE_CHECKING:
    from simulator.report.style import Spec
    from simulator.scenario import Scenario


def what_speaks(scenario: Scenario) -> None:
    """Draw it once it is asked for: it is long."""
    if not st.toggle("What speaks for one person, and which records say too little?", key="says"):
        return
    result = session.result_of(scenario)
    learnt, assumed = result.learnt, assumed_sentence(result)
    lists = too_little_said(learnt, scenario.linkage.threshold)
    counts = lists["too_little_count"].sum(), lists["records_count"].sum()
    st.markdown(
        f"{too_little_sentence(*map(int, counts))} What speaks for one person is learnt from the "
        f"records alone; mean over pairs of lists. {assumed}"
    )
    shares = level_shares(learnt)
    rows = evidence_rows(shares)

    def drawn(subtitle: str, width: int | None) -> Spec:
        title = "What speaks for one person, and how much"
        return evidence_chart(shares, title=title, subtitle=subtitle, width=width)

    st.vega_lite_chart(
        drawn("Synthetic town", None),
        theme=None,
        width="stretch",
        alt=". ".join(f"{said}: {bits} bits" for said, _, _, bits in rows),
        key="evidence",
    )
    origin = f"Synthetic town. Seed {result.seed}, scenario {result.scenario_hash}.\n{assumed}"
    with st.container(horizontal=True):
        components.downloads("evidence", drawn(origin, 640), shares, what="Evidence")
    with st.expander("The figures behind the evidence"):
        st.table(
            pd.DataFrame(
                [row[1:] for row in rows],
                columns=["Seen about one person", "About two", "Bits for one person"],
                index=pd.Index([row[0] for row in rows], name="Two records say"),
            )
        )
    st.table(
        pd.DataFrame(
            {
                "Records": [f"{n:,}" for n in lists["records_count"]],
                "Say too little": [f"{n:,}" for n in lists["too_little_count"]],
            },
            index=pd.Index([scenario.sources[name].label for name in lists["source"]], name="List"),
        )
    )
