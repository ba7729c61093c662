"""Link towns of several sizes in several ways, one after another, and write RESULTS.md.

    python -m benchmarks.run [--sizes 10000 100000 1000000] [--out benchmarks/RESULTS.md]

Each way and size has a process of its own, so that the peak memory is that of the linking and
not of whatever ran before. Only one runs at a time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.linkers import LINKERS
from benchmarks.machine import describe
from benchmarks.measurement import Measurement
from benchmarks.results import as_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZES = (10_000, 100_000, 1_000_000)
ROOT = Path(__file__).resolve().parents[1]


def repeats(linker: str, people: int) -> int:
    """Return how often to link: what is short is repeated, for its times scatter."""
    quick = linker == next(iter(LINKERS))
    if people < 5000:  # too few for a time to say anything
        return 1
    if quick:  # the first time is a process's slowest: it asks for its memory then
        return 5
    return 3 if people < 50_000 else 1


def measure_all(sizes: Sequence[int]) -> Iterator[Measurement]:
    """Measure every way at each size, all of one size on the same records."""
    for people in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _python("benchmarks.prepare", str(people), folder)
            for linker in LINKERS:
                _say(f"{people:,} people, {linker} …")
                count = str(repeats(linker, people))
                found = json.loads(_python("benchmarks.measure", linker, folder, count))
                yield Measurement(linker=linker, people=people, **found)
                _say(f" {found['wall_seconds']:.2f} s\n")


def _python(module: str, *arguments: str) -> str:
    """Run a module in a process of its own and return what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _say(what: str) -> None:
    sys.stderr.write(what)
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PEOPLE")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    chosen = parser.parse_args(arguments)
    machine = describe()
    found = list(measure_all(sorted(chosen.sizes)))
    chosen.out.write_text(as_markdown(found, machine), encoding="utf-8")
    _say(f"{chosen.out.name}: written\n")


if __name__ == "__main__":
    main()
