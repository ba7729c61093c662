"""The memory of a process and all it started, while something runs. Linux only: reads /proc."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.1


@dataclass
class Peak:
    """The largest memory seen so far, in MiB."""

    mib: float = 0.0


def resident_peak_mib(pid: int) -> float:
    """Return the peaks of a process and of what it started that still runs, added up, in MiB.

    Each peak is kept by the kernel, so nobody who looks late misses it. They need not fall
    together, and pages that processes share count in each: the sum rather says too much.
    """
    family = [pid]
    for member in family:  # grows as it goes
        family += _children(member)
    return sum(_peak_kib(member) for member in family) / 2**10


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Keep the largest `resident_peak_mib` in what is yielded, until the block ends."""
    peak, is_over = Peak(), threading.Event()

    def look() -> None:
        peak.mib = max(peak.mib, resident_peak_mib(pid))

    def keep_looking() -> None:
        while not is_over.wait(SECONDS_BETWEEN_LOOKS):
            look()

    looking = threading.Thread(target=keep_looking)
    looking.start()
    try:
        yield peak
    finally:
        is_over.set()
        looking.join()
        look()


def _children(pid: int) -> list[int]:
    try:
        listed = [
            (thread / "children").read_text(encoding="ascii")
            for thread in (PROC / str(pid) / "task").iterdir()
        ]
    except OSError:  # ended in between
        return []
    return [int(child) for line in listed for child in line.split()]


def _peak_kib(pid: int) -> int:
    try:
        status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0
