"""What is computed once for all visitors, where its progress is shown on a page.

Streamlit's own caches allow nothing to be drawn while they compute.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from simulator.dashboard.many_visitors import ready

if TYPE_CHECKING:
    from collections.abc import Callable

_Value = TypeVar("_Value")


class Kept(Generic[_Value]):
    """A value, once somebody has let it be computed to the end; whoever comes meanwhile waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._value: _Value | None = None

    @property
    def is_at_hand(self) -> bool:
        """Whether it is computed already."""
        return self._value is not None

    def get(self, compute: Callable[[], _Value]) -> _Value:
        """Return the value; an exception that ends `compute` leaves it to be computed anew."""
        with self._lock:
            if self._value is None:
                self._value = ready(compute())
            return self._value
