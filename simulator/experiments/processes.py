"""The same work on many tasks, in processes of their own, at most one per core."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def cores() -> int:
    """Return how many processes can work at once."""
    return os.cpu_count() or 1


def in_processes(work: Callable[[Task], Outcome], tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Yield the outcome of each task, in their order, as they are done.

    Parameters
    ----------
    work : function (task) -> outcome
        Defined in a module; tasks and outcomes are passed between processes, so keep them small.
    tasks : sequence
        A single one is done in this process.
    """
    if len(tasks) < 2:
        yield from map(work, tasks)
        return
    # a forked child could inherit a lock that a thread of the parent holds
    with ProcessPoolExecutor(min(len(tasks), cores()), mp_context=get_context("spawn")) as pool:
        with _no_main_module():
            outcomes = pool.map(work, tasks)  # submits every task, which starts the processes
        yield from outcomes


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let processes that start here not run this one's main module again.

    The work is imported by name, and a main module may be a page of the dashboard, which cannot
    run elsewhere.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
