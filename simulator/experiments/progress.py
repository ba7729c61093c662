"""Telling how far a work is that is made of parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.pipeline import Progress


def part_of(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Return what is told of a part of the work that takes from `start` to `end` of the whole.

    >>> told = []
    >>> part_of(lambda what, share: told.append((what, share)), 0.5, 1.0)("Linking", 0.5)
    >>> told
    [('Linking', 0.75)]
    """
    if progress is None:
        return None
    return partial(_tell_part, progress, start, end)


def _tell_part(progress: Progress, start: float, end: float, what: str, share: float) -> None:
    progress(what, start + (end - start) * share)
