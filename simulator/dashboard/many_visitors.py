"""What is computed once and then looked at by several visitors at a time.

Every visitor has a thread. A pandas index numbers its labels when it is first asked for some, and a
thread that asks meanwhile is told that they are not there, or not distinct. So whatever is kept for
all visitors has its indices asked before it is handed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Given = ParamSpec("Given")
Value = TypeVar("Value")


def kept_for_all(
    entries: int,
) -> Callable[[Callable[Given, Value]], Callable[Given, Value]]:
    """Have a function compute each of its last `entries` values once for all visitors."""

    def keep(compute: Callable[Given, Value]) -> Callable[Given, Value]:
        @wraps(compute)
        def computed(*args: Given.args, **named: Given.kwargs) -> Value:
            return ready(compute(*args, **named))

        kept: Callable[Given, Value] = st.cache_resource(show_spinner=False, max_entries=entries)(
            computed
        )
        return kept

    return keep


def ready(value: Value) -> Value:
    """Return a value once every pandas index in it can be asked by several threads."""
    waiting: list[Any] = [value]
    seen: dict[int, object] = {}  # kept alive, so that no two have one id
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        if isinstance(one, pd.Index):
            _number_labels(one)
        else:
            waiting.extend(_parts(one))
    return value


def _number_labels(index: pd.Index[Any]) -> None:
    if len(index) == 0:
        return
    if index.is_unique:
        index.get_indexer(index[[0, 0]])  # all of its labels, in order, would need no numbers
    index.get_loc(index[0])


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, pd.DataFrame):
        return value.index, value.columns
    if isinstance(value, pd.Series):
        return (value.index,)
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, (tuple, list)):
        return value
    if type(value).__module__.startswith("simulator."):
        return getattr(value, "__dict__", {}).values()
    return ()
