"""What engines need beyond the base install, and how to come by it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EXTRAS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "splink": ("splink", ("splink", "duckdb")),
    "splink_spark": ("spark", ("splink", "duckdb", "pyspark")),
}
"""Engine -> the extra that brings what it imports, and what that is; the others need nothing."""

JAVA = 17
"""Spark 4 runs on this Java and on newer ones."""


class EngineMissing(Exception):
    """An engine cannot run here. The message is one line and says how to mend it."""


def refuse_if_missing(engine: str) -> None:
    """Raise where an engine cannot run.

    Raises
    ------
    EngineMissing
        Naming the extra, or Java.
    """
    extra, modules = EXTRAS.get(engine, ("", ()))
    if any(find_spec(module) is None for module in modules):
        raise EngineMissing(
            f"engine {engine!r} needs the extra: pip install 'mosaic-simulator[{extra}]'"
        )
    if engine == "splink_spark" and _java_version() < JAVA:
        raise EngineMissing(
            f"engine {engine!r} needs Java {JAVA} or newer: apt-get install "
            f"openjdk-{JAVA}-jre-headless, or set JAVA_HOME"
        )


def is_installed(engine: str) -> bool:
    """Tell whether an engine can run here."""
    try:
        refuse_if_missing(engine)
    except EngineMissing:
        return False
    return True


@cache
def _java_version() -> int:
    """Return the main number of the Java that Spark would start; 0 without any."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(number[1]) if number else 0
