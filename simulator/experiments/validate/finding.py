"""What a measure found of our own people."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan


@dataclass(frozen=True)
class Finding:
    """Our figure beside a published one.

    Attributes
    ----------
    ours : float
        In the unit of the row; NaN where we cannot say.
    n : int
        People, households or records it is computed over.
    how : str
        In a few words.
    expected : float
        What ours is compared with where nothing is published; NaN otherwise.
    standard_error : float
        Three of these are tolerated where they are more than the tolerance of the row.
    """

    ours: float
    n: int
    how: str
    expected: float = nan
    standard_error: float = 0.0
