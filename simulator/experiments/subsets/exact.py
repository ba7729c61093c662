"""Exposure and wrongful facts of all subsets of the players of one run, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.compiling import numba_is_installed
from simulator.experiments.subsets.blocks import add_blocks, lay_out
from simulator.experiments.subsets.general import add_in_turn
from simulator.experiments.subsets.members import players_of
from simulator.experiments.subsets.partition import MOST_RECORDS, partition
from simulator.experiments.subsets.players import Player, players
from simulator.experiments.subsets.sums import Sums
from simulator.experiments.subsets.town import LinkedTown, linked_town

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.linkage import LinkedRecords
    from simulator.pipeline import Progress
    from simulator.randomness import Floats, Integers
    from simulator.tables import Result

MOST_PLAYERS = 12
MOST_SECONDS = 180
"""What the general path may take, as estimated; beyond it refuses."""
_SECONDS_PER_SUBSET, _SECONDS_PER_ROW = 0.008, 8e-7  # measured, one core of a server
EXTRA = 'pip install "mosaic-simulator[fast]"'


class SubsetsProblem(ValueError):
    """All subsets cannot be had exactly; says in one line why, and what to do."""


class TooManyPlayers(SubsetsProblem):
    """There are more players than subsets can be counted out for."""


class TooMuchWork(SubsetsProblem):
    """What the compiled path cannot take would be joined for too long."""


@dataclass(frozen=True)
class SubsetValues:
    """What every subset of the players exposes. n players.

    Attributes
    ----------
    players : tuple of Player
        Bit k of a subset's number stands for ``players[k]``.
    exposure_share : array of float64, shape (2**n,)
        Mean exposure E of all residents with that subset joined (0 to 1); of subset 0 it is 0.
    wrongful_share : array of float64, shape (2**n,)
        Share of residents whose dossier states somebody else's fact (of a weight above 0).
    by_person : DataFrame
        Residents (``entity_id``, sorted) x players' labels: the Shapley value of each player in
        v(S) = E of the resident with S joined, float64. A row sums to E with everything joined; an
        entry may be negative.
    """

    players: tuple[Player, ...]
    exposure_share: Floats
    wrongful_share: Floats
    by_person: pd.DataFrame


def all_subsets(result: Result, progress: Progress | None = None) -> SubsetValues:
    """Return what every subset of a run's players exposes, exactly.

    Pairs are linked once, in the run; each subset's clusters, dossiers and measures are those that
    the pipeline would find with only its sources joined. The records are split into blocks that do
    not depend on one another, and compiled code solves each block for the subsets of its own
    players. Blocks of more than 64 records, and all of them without numba, take the general path.

    Parameters
    ----------
    result : Result
    progress : function (what, share done), optional

    Returns
    -------
    SubsetValues

    Raises
    ------
    TooManyPlayers
        Above 12 players: sample subsets with `values_of`.
    TooMuchWork
        If the general path would take more than about three minutes.
    """
    tell = progress or (lambda _what, _share: None)
    everyone = players(result.scenario)
    if len(everyone) > MOST_PLAYERS:
        raise TooManyPlayers(
            f"all subsets of {len(everyone)} sources are too many ({MOST_PLAYERS} at most): "
            "sample them, or leave sources out"
        )
    tell("Laying out the records", 0.0)
    town = linked_town(result)
    people = result.population.people.sort_index()
    residents = np.flatnonzero(people["resident"].to_numpy(dtype=bool))
    sums = Sums.nothing(len(residents), len(everyone))
    if town.linked is not None:
        add = _add_compiled if numba_is_installed() else _add_without_numba
        add(sums, town, town.linked, everyone, residents, tell)
    tell("Done", 1.0)
    count = max(len(residents), 1)
    return SubsetValues(
        players=everyone,
        exposure_share=sums.exposure / count,
        wrongful_share=sums.wrongful / count,
        by_person=pd.DataFrame(
            sums.shapley,
            index=pd.Index(people.index[residents], name="entity_id"),
            columns=pd.Index([player.label for player in everyone]),
        ),
    )


def _add_compiled(
    sums: Sums,
    town: LinkedTown,
    linked: LinkedRecords,
    everyone: tuple[Player, ...],
    residents: Integers,
    tell: Progress,
) -> None:
    parts = partition(town, linked)
    among = players_of(town, everyone, parts.beyond)
    large, share = len(parts.beyond_residents), 1.0
    if large:
        share = 0.5
        _refuse_if_slow(
            1 << among.bit_count(),
            len(parts.beyond) + large,
            f"{len(parts.beyond):,} records hang together in blocks of more than {MOST_RECORDS}",
            "sample subsets, or raise linkage.threshold",
        )
    blocks = lay_out(town, linked, parts, everyone, residents)
    what = f"Joining all {1 << len(everyone):,} subsets"
    add_blocks(sums, blocks, _part_of(tell, what, 0.2, share))
    if large:
        add_in_turn(
            sums,
            town.only(linked, parts.beyond, parts.beyond_residents),
            everyone,
            among,
            np.searchsorted(residents, parts.beyond_residents),
            _part_of(tell, f"{what} of large blocks, one by one", share, 1.0),
        )


def _add_without_numba(
    sums: Sums,
    town: LinkedTown,
    linked: LinkedRecords,
    everyone: tuple[Player, ...],
    residents: Integers,
    tell: Progress,
) -> None:
    count, size = 1 << len(everyone), len(linked.index) + len(residents)
    _refuse_if_slow(count, size, "numba is not installed", f"install the extra: {EXTRA}")
    what = f"Joining {count:,} subsets one by one (quicker with the extra: {EXTRA})"
    add_in_turn(
        sums, town, everyone, count - 1, np.arange(len(residents)), _part_of(tell, what, 0.0, 1.0)
    )


def _refuse_if_slow(subsets: int, size: int, why: str, remedy: str) -> None:
    """Refuse to take the general path, where it would take too long.

    Parameters
    ----------
    subsets, size : int
        How many subsets, and of how many records and residents.
    why, remedy : str
        Why the compiled path does not serve, and what to do about it.

    Raises
    ------
    TooMuchWork
    """
    seconds = subsets * (_SECONDS_PER_SUBSET + _SECONDS_PER_ROW * size)
    if seconds > MOST_SECONDS:
        raise TooMuchWork(
            f"{why}, and {subsets:,} subsets would take about {seconds / 60:,.0f} minutes; {remedy}"
        )


def _part_of(tell: Progress, what: str, first: float, last: float) -> Callable[[float], None]:
    """Return a function that tells which share of a part of the whole is done."""
    return lambda share: tell(what, first + (last - first) * share)
