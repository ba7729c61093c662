"""Cells beside one another in a terminal: long ones wrap, none runs into the next."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def text_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Write cells beside one another: the first to the left, the others to the right, wrapped.

    Parameters
    ----------
    cells : sequence of str
        At most as many as `widths`.
    widths : sequence of int
        Characters of each column; between two columns at least one stays free.

    Examples
    --------
    >>> print(text_row(["Two or more", "1.0", "right, of flagged"], [10, 6, 11]))
    Two or       1.0  right, of
    more                flagged
    """
    columns = [
        wrap(cell, width - (place > 0), break_long_words=False) or [""]
        for place, (cell, width) in enumerate(zip(cells, widths, strict=False))
    ]
    height = max(map(len, columns))
    lines = []
    for row in range(height):
        first, *rest = [column[row] if row < len(column) else "" for column in columns]
        line = first.ljust(widths[0])
        line += "".join(part.rjust(width) for part, width in zip(rest, widths[1:], strict=False))
        lines.append(line.rstrip())
    return "\n".join(lines)
