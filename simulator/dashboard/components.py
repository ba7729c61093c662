"""Parts that every page shares: the synthetic banner, the limits, the glossary, the downloads."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard.technical_words import technical_words
from simulator.report.exports import csv_text
from simulator.report.render import png, svg
from simulator.report.wording import CAVEAT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from simulator.report.style import Spec

SYNTHETIC = "Synthetic: this town and everyone in it is invented."

_STYLE = """
<style>
.stMainBlockContainer { padding: 2.5rem 1.5rem 2rem; max-width: 1500px; }
.stAppHeader { height: 2.2rem; min-height: 2.2rem; }
[data-testid="stTopNavLink"] { padding-inline: 0.2rem; }
[data-testid="stTopNav"] + div { min-width: 0; }
[data-testid="stStatusWidget"] { display: none; } /* long work shows its own progress */
.stMainBlockContainer h1 { font-size: 1.6rem; padding: 0; }
.st-key-page-title { margin-bottom: -0.8rem; }
.st-key-page-title button { min-height: 2rem; padding-block: 0; }
.stMainBlockContainer h2 { font-size: 2.4rem; font-weight: 700; line-height: 1.1; }
.stMainBlockContainer h2 { padding: 0 0 0.5rem; }
.stMainBlockContainer [data-testid="stWidgetLabel"] { color: inherit; }
.st-key-headline { min-height: 8.4rem; gap: 0.6rem; }
/* in the dark the primary colour on its own tint falls short of 4.5 to 1 */
button[data-selected="true"] { color: inherit !important; }
/* choices that find no room in one row go on in the next, and none is cut */
.stButtonGroup [role="radiogroup"] { flex-wrap: wrap; row-gap: 0.3rem; }
.mosaic-glossary { margin: 0; }
.mosaic-glossary dt { font-weight: 700; }
.mosaic-glossary dd { margin: 0 0 0.7rem; }
</style>
"""

# Streamlit takes no single-key shortcut while a slider or a select box holds the focus; whoever
# has just guessed must be able to press N all the same.
_SHORTCUTS = """
<script>
if (!window.mosaicShortcuts) {
  window.mosaicShortcuts = true;
  const holders = 'input[type="range"], input[role="combobox"][aria-expanded="false"]';
  window.addEventListener("keydown", (event) => {
    const isLetter = /^[a-z]$/i.test(event.key);
    if (!isLetter || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.matches(holders)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { key, code, keyCode, which } = event;
    for (const type of ["keydown", "keyup"])
      document.body.dispatchEvent(
        new KeyboardEvent(type, { key, code, keyCode, which, bubbles: true })
      );
  }, true);
}
</script>
"""


def page_style() -> None:
    """Set the page's type and spacing."""
    st.html(_STYLE)


def page_start(title: str) -> None:
    """Begin a page that is about no town in particular."""
    page_style()
    st.title(title, anchor=False)


def limits() -> None:
    """Say what the figures are not."""
    st.markdown(f"**{SYNTHETIC}** {CAVEAT}")


def page_end() -> None:
    """Let single-key shortcuts work wherever the focus is."""
    st.html(_SHORTCUTS, unsafe_allow_javascript=True)


def glossary(terms: Mapping[str, str]) -> None:
    """Show exact definitions in a pop-over, and each where its word stands on the page."""
    technical_words(terms)
    with st.popover("What the words mean", icon=":material/menu_book:"):
        entries = "".join(
            f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in terms.items()
        )
        # focusable, so that the keyboard can scroll it where the window is small
        st.html(f'<dl class="mosaic-glossary" tabindex="0">{entries}</dl>')


def downloads(name: str, spec: Spec, table: pd.DataFrame, *, what: str = "Picture") -> None:
    """Offer a picture as SVG and PNG and its table as CSV; each is made when it is asked for.

    `what` names the picture, where a page has several.
    """
    figures = "Figures" if what == "Picture" else f"{what}: figures"
    files: tuple[tuple[str, str, str, Callable[[], str | bytes]], ...] = (
        (f"{what} (SVG)", "svg", "image/svg+xml", lambda: svg(spec)),
        (f"{what} (PNG)", "png", "image/png", lambda: png(spec)),
        (f"{figures} (CSV)", "csv", "text/csv", lambda: csv_text(table)),
    )
    for label, ending, mime, content in files:
        st.download_button(
            label,
            data=content,
            file_name=f"{name}.{ending}",
            mime=mime,
            on_click="ignore",
            icon=":material/download:",
        )
