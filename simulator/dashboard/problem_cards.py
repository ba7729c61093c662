"""Mistakes in a scenario as cards: where, what to do, and the line itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Problem

MOST_CARDS = 20
_SHOWN_BEFORE, _SHOWN_AFTER = 50, 70
"""Characters of a long line that are shown before and after the mistake."""

_STYLE = """
<style>
.mosaic-problems { display: grid; gap: 0.6rem; }
.mosaic-problems > div {
  padding: 0.5rem 0.8rem; border: 2px solid #b3261e; border-left-width: 0.6rem;
  border-radius: 0.4rem;
}
.mosaic-problems p { margin: 0; overflow-wrap: anywhere; }
.mosaic-problems code {
  display: block; margin-top: 0.3rem; white-space: pre-wrap; overflow-wrap: anywhere;
  color: inherit; background: none; padding: 0;
}
.mosaic-problems mark { color: #1a1a1a; background: #ffd8a8; }
</style>
"""


def cards(problems: Sequence[Problem], text: str, name: str) -> str:
    """Return a card for each mistake as HTML; of very many, the first ones and how many follow.

    Parameters
    ----------
    problems : sequence of Problem
    text : str
        What was written.
    name : str
        What it is called: mistakes in it show their line.
    """
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    shown = "".join(
        _card(problem, lines if problem.file == name else ()) for problem in problems[:MOST_CARDS]
    )
    more = len(problems) - MOST_CARDS
    rest = f'<div role="listitem"><p>{more:,} more; mend these first.</p></div>' if more > 0 else ""
    return (
        f'{_STYLE}<div class="mosaic-problems" role="list" aria-label="Mistakes">{shown}{rest}'
        "</div>"
    )


def _card(problem: Problem, lines: Sequence[str]) -> str:
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    shown = _excerpt(lines[problem.line - 1], problem) if 0 < problem.line <= len(lines) else ""
    message = problem.message[:1].upper() + problem.message[1:]
    return (
        f'<div role="listitem"><p><strong>{escape(place)}</strong></p>'
        f"<p>{escape(message)}</p>{shown}</div>"
    )


def _excerpt(line: str, problem: Problem) -> str:
    """Return the line with its number, the place of the mistake marked."""
    at = problem.column - 1
    first = max(0, at - _SHOWN_BEFORE)
    rest = line[at : at + _SHOWN_AFTER]
    word = rest.split(":")[0].split(" ")[0] or rest[:1]
    before = ("… " if first else "") + line[first:at]
    after = rest[len(word) :] + (" …" if len(line) > at + _SHOWN_AFTER else "")
    return (
        f"<code>{problem.line} | {escape(before)}<mark>{escape(word)}</mark>{escape(after)}</code>"
    )
