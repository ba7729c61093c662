"""How figures are said in words, the same way in the terminal, in pictures and on the page."""

from __future__ import annotations

import math

CAVEAT = (
    "An invented town; a comparison of designs, no estimate about any real place, person or agency."
)

_NUMBER_WORDS = (
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)


def in_hundred(share: float) -> str:
    """Say a share as a natural frequency.

    Parameters
    ----------
    share : float
        Between 0 and 1; NaN where the measure is not defined.

    Examples
    --------
    >>> in_hundred(0.743), in_hundred(0.004), in_hundred(0.0), in_hundred(1.0)
    ('74 in 100', '4 in 1,000', '0 in 100', '100 in 100')
    >>> in_hundred(0.00004), in_hundred(0.9996), in_hundred(float("nan"))
    ('fewer than 1 in 1,000', 'more than 99 in 100', 'not defined')
    """
    if math.isnan(share):
        return "not defined"
    if 0 < share < 0.0005:
        return "fewer than 1 in 1,000"
    if 0 < share < 0.0095:
        return f"{round(share * 1000)} in 1,000"
    if 0.995 < share < 1:
        return "more than 99 in 100"
    return f"{round(share * 100)} in 100"


def between(low: float, high: float) -> str:
    """Say an interval of shares as natural frequencies.

    >>> between(0.72, 0.76), between(0.721, 0.724), between(0.002, 0.004)
    ('72 to 76 in 100', '72 in 100', '2 to 4 in 1,000')
    >>> between(float("nan"), 1.0)
    'not defined'
    """
    if math.isnan(low) or math.isnan(high):
        return "not defined"
    base = 1000 if high < 0.0095 else 100
    ends = [round(low * base), round(high * base)]
    said = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return f"{said} in {base:,}"


def counted(count: int, one: str, many: str) -> str:
    """Say a count with its noun, small counts as words.

    >>> counted(4, "list", "lists"), counted(1, "list", "lists"), counted(30, "list", "lists")
    ('four lists', 'one list', '30 lists')
    """
    word = _NUMBER_WORDS[count] if 0 <= count < len(_NUMBER_WORDS) else f"{count:,}"
    return f"{word} {one if count == 1 else many}"
