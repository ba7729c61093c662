"""The same work on many tasks, in processes of their own, at most one per core."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
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
        yield from pool.map(work, tasks)
