"""One link in words: what was compared, what was found, and how sure that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.person_wording import field_words
from simulator.report.wording import counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

NOTHING_JOINED = "Nothing was joined: the file, if there is one, is a single record."

_COMPARISONS: Mapping[str, str] = {
    "before comparing": "Before comparing",
    "given": "First name",
    "surname": "Surname",
    "residence": "Where they live",
    "middle": "Middle name",
    "birth_month_day": "Day and month of birth",
    "online": "Account or e-mail",
    "face": "Face",
    "others who could be meant": "Others who could be meant",
}

_LEVELS: Mapping[str, str] = {
    "exact": "the same",
    "differ": "different",
    "close": "nearly the same",
    "similar": "similar",
    "initial": "same initial",
    "nickname": "a nickname of it",
    "one part": "one part the same",
    "one slip": "one slip apart",
    "year or day": "year or day the same",
    "elsewhere": "another place",
    "same city": "same town",
    "near the door": "almost the same door",
    "same name": "same account name",
    "same face": "taken for one face",
}


def comparison_words(comparison: str, level: str) -> str:
    """Say what was compared and what was found.

    >>> comparison_words("given", "nickname"), comparison_words("before comparing", "")
    ('First name: a nickname of it', 'Before comparing')
    >>> comparison_words("face", "same face")
    'Face: taken for one face'
    """
    said = _COMPARISONS.get(comparison) or field_words(comparison, {})
    return f"{said}: {_LEVELS.get(level, level)}" if level else said


def bits_words(bits: float) -> str:
    """Write a match weight.

    >>> bits_words(13.51), bits_words(-0.94), bits_words(-0.01)
    ('+13.5', '−0.9', '0.0')
    """
    rounded = round(bits, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def about_link(source_l: str, source_r: str, probability: float) -> str:
    """Name a link by the labels of its two lists and how sure the linkage was.

    >>> about_link("Utility bills", "Driver's licences", 0.936)
    "Utility bills + Driver's licences: 94 in 100 sure"
    """
    return f"{source_l} + {source_r}: {in_hundred(probability)} sure"


def weakest_link(source_l: str, source_r: str, probability: float, parts: tuple[int, int]) -> str:
    """Say which link is the likeliest to be wrong, and what would be left without it.

    >>> weakest_link("Utility bills", "Data broker", 0.936, (3, 2))
    'The weakest link: Utility bills + Data broker, 94 in 100 sure. Without it the file would fall \
into parts of three records and two records.'
    """
    said = f"The weakest link: {source_l} + {source_r}, {in_hundred(probability)} sure. Without it"
    return f"{said} {_without(parts)}."


def _without(parts: tuple[int, int]) -> str:
    """Say what a file falls into without a link.

    >>> _without((1, 1))
    'the two records would stay apart'
    """
    if max(parts) == 1:
        return "the two records would stay apart"
    larger, smaller = (counted(count, "record", "records") for count in parts)
    return f"the file would fall into parts of {larger} and {smaller}"


def verdict(*, is_right: bool) -> str:
    """Say whether a link is right: the town is invented, so this can be known."""
    return (
        "It is right: both records are about one person."
        if is_right
        else "It is **wrong**: the two records are about two different people."
    )


def waterfall_in_words(reasons: pd.DataFrame) -> str:
    """Describe the waterfall to those who cannot see it."""
    bars = [
        f"{comparison_words(row['comparison'], row['level'])}, {bits_words(row['bits'])} bits"
        for row in reasons.to_dict("records")
    ]
    return (
        f"Synthetic records. {'; '.join(bars)}; together {bits_words(reasons['bits'].sum())} bits."
    )
