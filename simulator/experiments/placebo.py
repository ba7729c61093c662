"""The placebo of a policy: as much taken from the adversary as the policy takes, but at random.

Less is known from fewer records, whichever they are. A policy that does no more than its placebo
owes its effect to the amount it takes away, not to what it takes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import Stream
from simulator.tables import RECORD_DATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from simulator.sources import Obtained
    from simulator.tables import Collected


@dataclass(frozen=True)
class Removed:
    """How much less the adversary holds under a policy.

    Attributes
    ----------
    records_count : int
        Records fewer than in the base, over all sources; negative where there are more.
    cells_count : dict of int
        Source -> filled cells that the records held in both designs lost; a value made coarser is
        a cell lost.
    records_share, cells_share : float
        The same as shares of the base's records, and of the filled cells of records held in both.
    """

    records_count: int
    cells_count: Mapping[str, int]
    records_share: float
    cells_share: float

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take away at random."""
        return self.records_count <= 0 and not any(self.cells_count.values())


def removed(before: Collected, after: Collected) -> Removed:
    """Count what the adversary holds less of.

    Parameters
    ----------
    before, after : Collected
        What the adversary has obtained in the base and under the policy.
    """
    held = sum(len(frame) for frame in before.records.values())
    lost = held - sum(len(frame) for frame in after.records.values())
    cells, filled = {}, 0
    for name, frame in before.records.items():
        if name not in after.records:
            continue
        other = after.records[name]
        both = frame.index.intersection(other.index)
        kept = other.loc[both].notna().sum()
        counts = frame.drop(columns=RECORD_DATE).loc[both].notna().sum()
        fewer = counts - kept.reindex(counts.index, fill_value=0)
        cells[name] = int(fewer.clip(lower=0).sum())
        filled += int(counts.sum())
    return Removed(lost, cells, lost / max(held, 1), sum(cells.values()) / max(filled, 1))


def take_at_random(obtained: Obtained, less: Removed, seed: int) -> Obtained:
    """Return what the adversary of the base has, less as many records and cells at random.

    Parameters
    ----------
    obtained : Obtained
        Of the base.
    less : Removed
    seed : int
        The draws depend on it and on the record alone.
    """
    stream = Stream(seed, "compare/placebo")
    records = obtained.collected.records
    ids = np.concatenate([frame.index.to_numpy() for frame in records.values()])
    gone = ids[_smallest(stream.uniform(ids), less.records_count)]
    kept = {name: frame.loc[~frame.index.isin(gone)] for name, frame in records.items()}
    kept = {
        name: _blanked(frame, less.cells_count.get(name, 0), stream.child(name))
        for name, frame in kept.items()
    }
    truth = obtained.collected.truth
    sightings = obtained.collected.sightings
    return replace(
        obtained,
        collected=replace(
            obtained.collected,
            records=kept,
            truth=truth.loc[~truth["record_id"].isin(gone)].reset_index(drop=True),
            sightings={
                name: seen.loc[~seen["record_id"].isin(gone)].reset_index(drop=True)
                for name, seen in sightings.items()
            },
        ),
        asked_for=obtained.asked_for.loc[~obtained.asked_for.index.isin(gone)],
    )


def _blanked(frame: pd.DataFrame, count: int, stream: Stream) -> pd.DataFrame:
    """Return the records with `count` of their filled cells (or all there are) emptied."""
    columns = [str(name) for name in frame.columns if name != RECORD_DATE]
    if not count or not columns:
        return frame
    filled = frame[columns].notna().to_numpy()
    draws = np.stack([stream.child(name).uniform(frame.index.to_numpy()) for name in columns], 1)
    cells = np.flatnonzero(filled.ravel())
    empty = np.zeros(filled.size, dtype=np.bool_)
    empty[cells[_smallest(draws.ravel()[cells], count)]] = True
    place = np.where(empty.reshape(filled.shape), -1, np.arange(len(frame))[:, None])
    blanked = {
        name: pd.api.extensions.take(frame[name].array, place[:, at], allow_fill=True)
        for at, name in enumerate(columns)
    }
    return frame.assign(**blanked)


def _smallest(draws: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.int64]:
    """Return the places of the `count` smallest draws."""
    return np.argsort(draws, kind="stable")[: max(count, 0)]
