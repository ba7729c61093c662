"""Independent pieces of work side by side, on as many threads as there are processors.

It pays where the work is done outside Python's global lock: in compiled code, numpy, Arrow.

No pandas index may be asked for labels by two of them: it numbers its labels when first asked, and
who asks meanwhile is told that they are not there, or not distinct.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_AHEAD = 4
"""Pieces of work in hand per thread: while a long one is waited for, the others have some to do."""

Given = TypeVar("Given")
Done = TypeVar("Done")
One = TypeVar("One")
Other = TypeVar("Other")


def side_by_side(do: Callable[[Given], Done], work: Iterable[Given]) -> Iterator[Done]:
    """Yield `do` of each piece of work, in order; a few pieces per thread are taken on ahead.

    >>> list(side_by_side(abs, [-2, 1, -3]))
    [2, 1, 3]
    """
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Done]] = deque()
        for piece in work:
            waiting.append(pool.submit(do, piece))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def both(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """Return what two pieces of work give that need not wait for one another.

    >>> both(lambda: 1, lambda: "two")
    (1, 'two')
    """
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(other)
        return one(), second.result()


def in_parts(do: Callable[[slice], Done], count: int, size: int) -> Iterator[Done]:
    """Yield `do` of each part of `count` rows, `size` at a time, in order.

    >>> list(in_parts(lambda part: list("abcde"[part]), 5, 2))
    [['a', 'b'], ['c', 'd'], ['e']]

    Without rows there is one part, an empty one:

    >>> list(in_parts(lambda part: list(""[part]), 0, 2))
    [[]]
    """
    return side_by_side(do, (slice(at, at + size) for at in range(0, max(count, 1), size)))
