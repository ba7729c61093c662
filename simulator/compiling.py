"""The decorator of the compiled functions; numba comes with the extra `fast`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


def numba_is_installed() -> bool:
    """Tell whether functions can be compiled, without loading what takes a second or two."""
    return find_spec("numba") is not None


def compiled(function: Function) -> Function:
    """Compile a function of arrays and numbers; without numba it stays as it is, far too slow.

    It runs without Python's global lock, so that threads can work side by side. The machine code is
    kept between runs and renewed when the function's own file has changed, and no other: whatever
    it calls must be in the same file.
    """
    if not numba_is_installed():
        return function
    njit: Any = import_module("numba").njit
    try:
        made = njit(function, nogil=True, error_model="numpy", cache=True)
    except RuntimeError:  # nowhere to keep the machine code
        made = njit(function, nogil=True, error_model="numpy")
    return cast("Function", made)
