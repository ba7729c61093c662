"""The tour in four steps, for whoever sees the pages for the first time."""

from __future__ import annotations

import streamlit as st

STEPS = (
    (
        "Guess, then join",
        "Move the slider to your guess and press N: one list more is joined, up to all of them.",
        "/?town=town&lists=4",
        "The four lists joined",
    ),
    (
        "Find a stranger in a file",
        "Choose *Wrongly joined*: a tile with ≠ is somebody else's fact. *Why were these joined?* "
        "below says what the engine went by.",
        "/person?town=town&who=Wrongly+joined&lists=4",
        "A wrongly joined file",
    ),
    (
        "Lay a law over the town",
        "*Add a law* at the top right changes every page; Policies sets the town beside itself.",
        "/policies?town=town&b=Broker+opt-out",
        "The town with and without a law",
    ),
    (
        "Take it with you",
        "Below each picture: the picture and its figures to download, and *Share or repeat*, with "
        "the link, the command and what you changed. Briefing makes two pages to print.",
        "/briefing?town=town",
        "A briefing to print",
    ),
)
"""Of each step: what to do, how, and the address and name of where it has been done."""


def tour() -> None:
    """Offer the tour; each step opens in a tab of its own, so that this page stays."""
    with st.popover("Tour in four steps", icon=":material/signpost:"):
        for number, (what, how, address, name) in enumerate(STEPS, start=1):
            st.markdown(f"**{number}. {what}.** {how} [{name}]({address})")
