"""A picture whose marks can be pressed, by the mouse and by the keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from simulator.report.render import svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.report.style import Spec

PICTURE_WIDTH = 964
"""Pixels that a picture is drawn for: the projector's. Wider pages enlarge it, text and all."""

PICTURES_KEPT = 64
_PADDING = 5
"""Less than in a file: the page leaves room around it."""

_CSS = """
.pressable { overflow-x: auto; }
.pressable svg { display: block; width: 100%; min-width: 700px; max-width: 1250px; height: auto; }
.pressable [aria-hidden="true"] { pointer-events: none; }
.pressable [role="button"] { cursor: pointer; }
.pressable [role="button"]:focus-visible, .pressable [aria-pressed="true"] {
  outline: 3px solid #00507D; outline-offset: 2px;
}
/* around a path Chromium leaves room for the tips of its outline */
.pressable path[role="button"] { outline-offset: -6px; }
"""

_component = st.components.v2.component(
    "mosaic_pressable",
    html='<div class="pressable" role="group"></div>',
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def pressable(spec: Spec, keys: Mapping[str, str], *, said: str, key: str) -> str | None:
    """Show a picture and return which of its marks is pressed, if any.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification; a mark that can be pressed carries its words as description.
    keys : mapping of str
        The description of each mark that can be pressed -> what is returned for it.
    said : str
        The picture in words, for those who do not see it.
    key : str
        Of the component. A press stays as long as the picture has such a mark.
    """
    pressed = (st.session_state.get(key) or {}).get("pressed")
    shown = pressed if pressed in keys.values() else None
    _component(
        data={
            "svg": _drawn(json.dumps({**spec, "padding": _PADDING})),
            "keys": dict(keys),
            "said": said,
            "pressed": shown,
        },
        default={"pressed": None},
        on_pressed_change=_again,
        key=key,
    )
    return shown


@st.cache_data(show_spinner=False, max_entries=PICTURES_KEPT)
def _drawn(spec: str) -> str:
    return svg(json.loads(spec))


def _again() -> None:
    """Nothing is left to do: the page is drawn again with what is pressed."""
