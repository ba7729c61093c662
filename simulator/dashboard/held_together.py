"""What a file hangs together by: its links as a tree, and the weakest of them in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard import components
from simulator.experiments.link_tree import link_tree
from simulator.experiments.person import STRANGER
from simulator.report.link_tree_chart import link_tree_chart, link_tree_in_words
from simulator.report.link_wording import weakest_link

if TYPE_CHECKING:
    import pandas as pd

    from simulator.experiments.person import Person, PersonStep
    from simulator.report.style import Spec
    from simulator.tables import Result

_EXPORT_WIDTH = 1000
_SUBTITLE = (
    "Synthetic records. On each line: how sure the link is. Thick: the weakest. Dashed: wrong."
)


def held_together(result: Result, person: Person, step: PersonStep, links: pd.DataFrame) -> None:
    """Draw the tree of a file's links.

    Parameters
    ----------
    result : Result
    person : Person
    step : PersonStep
        How the file stands.
    links : DataFrame
        What joined it, as of `simulator.experiments.reasons.joining_of`.
    """
    tree = link_tree(links)
    if tree is None:
        return
    labels = {name: source.label for name, source in result.scenario.sources.items()}
    weakest = tree.links.iloc[0]
    said = weakest_link(
        labels[weakest["source_l"]],
        labels[weakest["source_r"]],
        weakest["match_probability"],
        (int(weakest["larger"]), int(weakest["smaller"])),
    )
    st.markdown(said)
    strangers = set(step.records.loc[step.records["whose"] == STRANGER, "record_id"])

    def drawn(width: int | None) -> Spec:
        return link_tree_chart(
            tree.records,
            tree.links,
            labels,
            strangers,
            title=f"What holds the file of {person.name} together",
            subtitle=_SUBTITLE,
            width=width,
        )

    st.vega_lite_chart(
        drawn(None),
        theme=None,
        width="stretch",
        alt=f"{said} {link_tree_in_words(tree.records, tree.links, labels)}",
        key="link-tree",
    )
    with st.container(horizontal=True):
        components.downloads("links", drawn(_EXPORT_WIDTH), tree.links, what="Links")
