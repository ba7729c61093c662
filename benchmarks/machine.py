"""What the figures were measured on: speeds mean nothing without it."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGES = (
    *("numpy", "pandas", "pyarrow", "scipy", "rapidfuzz", "recordlinkage", "jellyfish"),
    *("splink", "duckdb"),
)


def describe(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Return what is measured on, in words, in the order in which it is told."""
    return {
        "When": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{_memory_gib():.0f} GiB",
        "Already busy": f"{os.getloadavg()[0]:.1f} cores when it began (load average, one minute)",
        "Python": f"{platform.python_version()} on {platform.system()}",
        "Packages": ", ".join(f"{name} {version(name)}" for name in packages),
        "Mosaic": version("mosaic-simulator"),
    }


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
