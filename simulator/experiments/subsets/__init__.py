"""All subsets of the sources of one run: what each exposes, and what each source adds to it.

values = all_subsets(run(scenario))
"""

from simulator.experiments.subsets.exact import (
    SubsetsProblem,
    SubsetValues,
    TooManyPlayers,
    TooMuchWork,
    all_subsets,
)
from simulator.experiments.subsets.general import people_of, values_of
from simulator.experiments.subsets.players import Player, players, sources_of

__all__ = [
    "Player",
    "SubsetValues",
    "SubsetsProblem",
    "TooManyPlayers",
    "TooMuchWork",
    "all_subsets",
    "people_of",
    "players",
    "sources_of",
    "values_of",
]
