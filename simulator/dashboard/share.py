"""What a view is made of: a link that restores it, the command for its figures, the changes."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from simulator.dashboard import session
from simulator.dashboard.choice import Choice, chosen
from simulator.scenario.overlay_text import overlay_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Scenario

CHANGES_FILE = "changes.yaml"


def share_town(command: str, shown: Scenario, options: Sequence[str] = ()) -> None:
    """Offer the link to a view of the town, the command for its figures, and what was changed.

    Parameters
    ----------
    command : str
        The command of `mosaic` that prints the figures of the page.
    shown : Scenario
        What the page shows: the chosen town under its laws, and with whatever the page changes.
    options : sequence of str, optional
        What else the command needs.
    """
    choice = chosen()
    share(command_line(command, choice, shown, options), changes(choice, shown))


def share(command: str, text: str | None) -> None:
    """Offer the link to this view, what to type for its figures, and an overlay with the changes.

    Parameters
    ----------
    command : str
        One or more lines.
    text : str or None
        The overlay; None if nothing was changed.
    """
    with st.popover("Share or repeat", icon=":material/share:"):
        st.markdown("**This view as a link**, on this machine")
        st.code(_link(), language=None, wrap_lines=True)
        st.markdown("**The same figures from the command line**")
        st.code(command, language="shell", wrap_lines=True)
        if text is None:
            st.markdown("**What you changed**: nothing; this is the town as it comes.")
            return
        st.markdown("**What you changed**, as an overlay")
        st.code(text, language="yaml", wrap_lines=True, height=220)
        st.download_button(
            "What you changed (YAML)",
            data=text,
            file_name=CHANGES_FILE,
            mime="application/yaml",
            on_click="ignore",
            icon=":material/download:",
        )


def changes(choice: Choice, shown: Scenario) -> str | None:
    """Return one overlay with all that differs from the town as it comes; None if nothing does."""
    titles = [session.policies_for(choice.town)[law] for law in choice.laws]
    return overlay_text(
        session.packaged(choice.town),
        shown,
        title=" + ".join(titles) or "What was changed",
        about=f"Changes to “{session.presets()[choice.town]}”, made on the pages of Mosaic.",
    )


def command_line(command: str, choice: Choice, shown: Scenario, options: Sequence[str] = ()) -> str:
    """Return what to type: packaged laws by name, anything else in the downloaded overlay."""
    # what else it needs comes first: after an option, some Pythons take no more words
    words = ["mosaic", command, choice.town, *options]
    if shown == session.packaged(*choice):
        for law in choice.laws:
            words += ["--overlay", law]
    else:
        words += ["--overlay", CHANGES_FILE]
    return shlex.join(words)


def _link() -> str:
    """Return the address of the page with all that restores the view."""
    asked = urlencode(st.query_params.to_dict())
    return f"{st.context.url}?{asked}" if asked else f"{st.context.url}"
