"""Technical words, where they stand on a page: each says what it means when it is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

_CSS = """
/* it shows nothing of its own, and among buttons in a row it must not take room */
.stElementContainer.st-key-technical_words { position: absolute; width: 0; }
::highlight(mosaic-technical-word) { text-decoration: underline dotted 2px; }
html.mosaic-technical-word .stMain { cursor: help; }
.mosaic-meaning {
  position: fixed; inset: auto; margin: 0; max-width: min(360px, 90vw); padding: 0.8rem 1rem;
  border: 2px solid #00507D; border-radius: 0.5rem; font: inherit;
  color: var(--st-text-color); background: var(--st-background-color);
}
"""

_component = st.components.v2.component(
    "mosaic_technical_words",
    html='<div class="mosaic-meaning" popover></div>',
    css=_CSS,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def technical_words(meanings: Mapping[str, str]) -> None:
    """Let the first of each of these words in the text of the page say what it means.

    Parameters
    ----------
    meanings : mapping of str
        Word, or several with commas between -> what it means.
    """
    each = {word: said for words, said in meanings.items() for word in words.split(", ")}
    _component(data={"meanings": each}, key="technical_words")
