"""What long work costs, said before it starts, and how far it is, on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.scenario import Scenario

RUN_PER_SECOND: Mapping[str, int] = {
    "vectorised": 40_000,
    "recordlinkage": 13_000,
    "splink": 28_000,
    "splink_spark": 3_000,
}
GENERATED_PER_SECOND = 130_000
"""Records worked through in a second on two ordinary cores.

A whole run, by the engine that links; and its first part, before any linking.
"""

JOINED_PER_SECOND = 2_200_000
"""Records joined anew in a second, links given, where subsets of the lists are joined in turn."""

LONG_SECONDS = 3.0


def announce(scenario: Scenario, *, per_second: int, runs: int = 1, subsets: int = 0) -> bool:
    """Say what the work costs if it is long; return whether it is.

    Parameters
    ----------
    scenario : Scenario
    per_second : int
        Records worked through in a second.
    runs : int
        How often the scenario is run.
    subsets : int
        How many subsets of the lists are joined anew beside it.
    """
    population = scenario.population
    people = round(population.residents_count * (1 + population.outsiders_per_resident))
    records = people * len(scenario.sources)
    seconds = records * (runs / per_second + subsets / JOINED_PER_SECOND)
    if seconds <= LONG_SECONDS:
        return False
    times = f", {runs} times" if runs > 1 else ""
    times += f", and {subsets} subsets of the lists" if subsets else ""
    print(
        f"{people:,} people × {len(scenario.sources)} lists{times}: about {_duration(seconds)} "
        "on two cores. Ctrl+C stops it.",
        file=sys.stderr,
    )
    return True


def _duration(seconds: float) -> str:
    """Say a duration roughly.

    >>> _duration(12.3), _duration(200), _duration(9000)
    ('12 s', '3 min', '2.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


class ProgressLine:
    """Shows each stage on standard error: one line rewritten in a terminal, else a line a stage.

    Parameters
    ----------
    is_long : bool
        Whether to speak at all where nobody watches (standard error is not a terminal).
    """

    def __init__(self, is_long: bool) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._speaks = self._is_terminal or is_long
        self._stage = ""
        self._started = time.monotonic()

    def __call__(self, what: str, share: float) -> None:
        """Show that `what` is being done and `share` (0 to 1) of the whole is done."""
        if not self._speaks:
            return
        line = f"{what} … {100 * share:.0f} % ({time.monotonic() - self._started:.0f} s)"
        if self._is_terminal:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        elif what != self._stage:
            print(line, file=sys.stderr, flush=True)
        self._stage = what

    def clear(self) -> None:
        """Remove the line, so that what follows starts at the margin."""
        if self._is_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
