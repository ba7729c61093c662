"""Reading plain values that may be malformed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
KEY = "[key]"
"""Last step of a path that speaks of a key and not of its value, as pydantic writes it."""

Finding: TypeAlias = tuple[Path, str]
"""A mistake: where, and the message."""

TOLERANCE = 0.001
"""How far shares may be from summing to 1."""


def part(values: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Return the mapping at `path`, empty where there is none.

    Examples
    --------
    >>> part({"a": {"b": {"c": 1}}}, "a", "b")
    {'c': 1}
    >>> part({"a": 5}, "a", "b")
    {}
    """
    found: Any = values
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def numbers(values: Iterable[Any]) -> list[float]:
    """Return the values if every one of them is a number of 0 or more, else none.

    Examples
    --------
    >>> numbers([0.5, 1]), numbers([0.5, "half"]), numbers([True])
    ([0.5, 1], [], [])
    """
    found = list(values)
    usable = all(isinstance(x, int | float) and not isinstance(x, bool) and x >= 0 for x in found)
    return found if usable else []


def shortfall(shares: Iterable[float]) -> str:
    """Return how far shares are from summing to 1, in words.

    Examples
    --------
    >>> shortfall([0.5, 0.3])
    'they sum to 0.8, which is 0.2 too little'
    """
    total = sum(shares)
    much = "much" if total > 1 else "little"
    return f"they sum to {total:.4g}, which is {abs(total - 1):.4g} too {much}"
