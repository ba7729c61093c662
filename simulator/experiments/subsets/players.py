"""The players of a run: what is added to and taken from the sources as one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Scenario

NAMED_TARGETS = "Named targets only"
"""Label of the player that stands for all sources which open for named targets alone."""


@dataclass(frozen=True)
class Player:
    """Sources that come and go together.

    Attributes
    ----------
    label : str
        As shown; no two players of a run share one.
    sources : tuple of str
    """

    label: str
    sources: tuple[str, ...]


def players(scenario: Scenario) -> tuple[Player, ...]:
    """Return the players of a scenario: bit k of a subset's number stands for the k-th.

    Each reachable source that is obtained in bulk is one player, in the scenario's order. All
    sources that open for named targets only are one player together, the last: each of them is
    asked about the same few people.
    """
    individually = scenario.individually_obtained()
    bulk = [name for name in scenario.reachable() if name not in individually]
    found: list[tuple[str, tuple[str, ...]]] = [
        (scenario.sources[name].label, (name,)) for name in bulk
    ]
    if individually:
        found.append((NAMED_TARGETS, individually))
    often = Counter(label for label, _ in found)
    return tuple(
        Player(label if often[label] == 1 else f"{label} ({', '.join(sources)})", sources)
        for label, sources in found
    )


def sources_of(scenario: Scenario, everyone: Sequence[Player], subset: int) -> tuple[str, ...]:
    """Return the sources that a subset of the players brings, in the scenario's order."""
    chosen = {
        name for bit, player in enumerate(everyone) if subset >> bit & 1 for name in player.sources
    }
    return tuple(name for name in scenario.reachable() if name in chosen)
