"""A text with its lines numbered, as an editor shows it; lines with a mistake stand out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_LINES = 5_000
_WRONG = ' class="wrong"'
_EMPTY = "&#8203;"  # a line without width has no height either

_STYLE = """
<style>
.mosaic-lines {
  counter-reset: line; margin: 0; padding: 0.6rem 0; overflow: auto; border: 1px solid #767676;
  border-radius: 0.4rem; font-family: monospace; font-size: 0.8rem; line-height: 1.5;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.mosaic-lines span { display: block; padding: 0 0.6rem 0 3.4rem; counter-increment: line; }
.mosaic-lines span::before {
  content: counter(line); display: inline-block; width: 2.6rem; margin: 0 0.6rem 0 -3.2rem;
  text-align: right;
}
.mosaic-lines .wrong { color: #1a1a1a; background: #ffd8a8; }
</style>
"""


def numbered(text: str, label: str, height: int, wrong: Collection[int] = ()) -> str:
    """Return the text as HTML to stand in a box that scrolls.

    Parameters
    ----------
    text : str
    label : str
        What the box is called to those who cannot see it.
    height : int
        Of the box, in pixels.
    wrong : collection of int
        Lines that stand out, counted from 1.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    shown = "".join(
        f"<span{_WRONG if number in wrong else ''}>{escape(line) or _EMPTY}</span>"
        for number, line in enumerate(lines[:MOST_LINES], start=1)
    )
    more = len(lines) - MOST_LINES
    rest = f"<p>{more:,} more lines are not shown here.</p>" if more > 0 else ""
    # focusable, so that the keyboard can scroll it
    return (
        f'{_STYLE}<div class="mosaic-lines" role="region" aria-label="{escape(label)}" '
        f'tabindex="0" style="height: {height}px">{shown}{rest}</div>'
    )
