"""Teach: a lesson for one hour, the words, the method, the limits, and how far it was validated."""

from __future__ import annotations

import streamlit as st

from simulator.dashboard import components
from simulator.locations import VALIDATION
from simulator.report.lesson import (
    TEXT,
    glossary_html,
    lesson_text,
    sections,
    validation_html,
)
from simulator.report.validation_document import read_validation

_LESSON, _METHOD, _LIMITS = "Lesson plan for one hour", "Method in ten sentences", "Limits"
_GLOSSARY, _VALIDATION = "Glossary", "Published figures beside ours"
_ANCHORS = {
    _LESSON: "lesson",
    _METHOD: "method",
    _LIMITS: "limits",
    _GLOSSARY: "glossary",
    _VALIDATION: "validation",
}

_STYLE = """
<style>
.stMainBlockContainer .st-key-teach h2 { font-size: 1.5rem; padding: 0.8rem 0 0.2rem; }
.st-key-teach h3 { font-size: 1.15rem; padding: 0.6rem 0 0.2rem; margin: 0; }
.st-key-teach [data-testid="stMarkdownContainer"] { max-width: 50rem; }
.mosaic-terms dl { columns: 2; column-gap: 2rem; }
.mosaic-terms dl div { break-inside: avoid; padding-bottom: 0.6rem; }
.mosaic-terms dl, .mosaic-terms dt, .mosaic-terms dd { margin: 0; padding-left: 0; }
.mosaic-terms dt { font-weight: 700; }
.mosaic-terms dd { overflow-wrap: anywhere; }
.mosaic-validation table { width: 100%; table-layout: fixed; border-collapse: collapse; }
.mosaic-validation table { font-size: 0.85rem; line-height: 1.35; }
.mosaic-validation th { border-bottom: 2px solid; }
.mosaic-validation th, .mosaic-validation td {
  text-align: left; vertical-align: top; padding: 0.2rem 0.6rem 0.2rem 0; overflow-wrap: anywhere;
}
.mosaic-validation tbody { border-bottom: 1px solid #767676; break-inside: avoid; }
.mosaic-validation th:nth-child(1) { width: 27%; }
.mosaic-validation th:nth-child(2), .mosaic-validation th:nth-child(3) { width: 24%; }
.mosaic-validation .why { font-style: italic; padding-left: 1rem; }
@media print {
  html { font-size: 12px; }
  header, .st-key-on_screen { display: none !important; }
  html, body, #root, #root *:has(.st-key-teach) {
    position: static !important; display: block !important; overflow: visible !important;
    height: auto !important; max-height: none !important;
  }
  .stMainBlockContainer { padding: 0; max-width: none; }
  .stMainBlockContainer, .stMainBlockContainer * { color: #000 !important; }
  .st-key-teach [data-testid="stMarkdownContainer"] { max-width: none; }
  h2, h3 { break-after: avoid; }
  p, li { break-inside: avoid; }
}
</style>
"""


def render() -> None:
    """Draw the page."""
    components.page_start("Teach")
    st.html(_STYLE)
    text = lesson_text()
    written = sections(text)
    document = read_validation(VALIDATION.read_text(encoding="utf-8"))
    with st.container(key="teach"):
        components.limits()
        with st.container(key="on_screen"):
            links = " · ".join(f"[{title}](#{anchor})" for title, anchor in _ANCHORS.items())
            st.markdown(f"On this page: {links}. To print all of it: Ctrl+P.")
            st.download_button(
                "Lesson, method and limits (Markdown)",
                data=text,
                file_name=TEXT.name,
                mime="text/markdown",
                on_click="ignore",
                icon=":material/download:",
            )
        for title in (_LESSON, _METHOD, _LIMITS):
            _heading(title)
            st.markdown(written[title])
        _heading(_GLOSSARY)
        st.html(glossary_html())
        _heading(_VALIDATION)
        st.markdown(
            f"Run in full beforehand, not for this page: `{document.command}`, {document.heading}"
        )
        st.markdown(document.summary)
        st.markdown(f"How to read the tables: {document.reading}")
        st.html(validation_html(document))
    components.page_end()


def _heading(title: str) -> None:
    st.header(title, anchor=_ANCHORS[title])
