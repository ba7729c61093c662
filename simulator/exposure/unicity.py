"""Unicity: how few points of a trace tell it from every other trace.

De Montjoye, Hidalgo, Verleysen and Blondel (2013), "Unique in the Crowd: The privacy bounds of
human mobility", Scientific Reports 3:1376.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import wilson
from simulator.randomness import Stream, combine

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Integers
    from simulator.tables import Rate

TRACES_COUNT = 2_500
"""Traces whose points are drawn, at most; they are compared with all of them."""
_LABEL = r"^(?P<side>~?)(?P<letters>[A-Z]+)(?P<row>\d+)$"
_MOST_BLOCKS = 4096
_PAIRS_AT_ONCE = 4_000_000


def unicity(
    sightings: pd.DataFrame,
    points_count: int,
    *,
    squares: int = 1,
    hours: int = 1,
    seed: int = 0,
    least_points: int = 0,
) -> Rate:
    """Return the share of traces that a few of their own points tell from all other traces.

    Points of a trace are drawn at random, each of its different points as likely as any other; a
    larger draw contains the smaller ones. A trace is told apart if no other has all of them.

    Parameters
    ----------
    sightings : DataFrame
        As in ``Collected.sightings``; each ``entity_id`` is one trace, and a point is a square
        (``seen_area``) and an hour (``seen_at``).
    points_count : int
        Points known of a trace, 1 or more. Traces with fewer different points do not count.
    squares : int
        Squares are taken together in blocks of so many each way.
    hours : int
        Hours are taken together in blocks of so many, from midnight UTC on where they divide a day.
    seed : int
        Of the draw of traces (2,500 at most) and of their points.
    least_points : int
        Traces with fewer different points do not count either, which holds the traces fixed while
        `points_count` rises. Counted after squares and hours are taken together.

    Returns
    -------
    Rate
        Share in [0, 1] with Wilson's interval.

    Examples
    --------
    Forty people are seen at noon in A1; twenty of them at one o'clock too, each in a square of
    their own. One of the two points of these is everyone's and one is theirs alone:

    >>> area = ["A1"] * 40 + [f"A{row}" for row in range(1, 21)]
    >>> hour = pd.to_datetime(["2025-06-01 12:00"] * 40 + ["2025-06-01 13:00"] * 20)
    >>> people = [*range(40), *range(20)]
    >>> seen = pd.DataFrame({"entity_id": people, "seen_area": area, "seen_at": hour})
    >>> both = unicity(seen, 2)
    >>> both.value, both.n
    (1.0, 20)

    With 20 squares taken together, nothing tells them apart:

    >>> unicity(seen, 2, squares=20).value
    0.0
    """
    most = max(points_count, least_points)
    return unicity_by_points(sightings, most, squares=squares, hours=hours, seed=seed)[
        points_count - 1
    ]


def unicity_by_points(
    sightings: pd.DataFrame,
    most_points: int,
    *,
    squares: int = 1,
    hours: int = 1,
    seed: int = 0,
) -> list[Rate]:
    """Return the unicity of 1, 2 … `most_points` points, all of the same traces; see `unicity`."""
    traces = Traces.of(sightings, squares=squares, hours=hours)
    stream = Stream(seed, "unicity")
    enough = np.flatnonzero(traces.sizes >= most_points)
    drawn = enough[np.argsort(stream.child("traces").bits(traces.entity_id[enough]))]
    chosen = np.sort(drawn[:TRACES_COUNT])
    known = traces.draw(chosen, most_points, stream.child("points"))
    alone = (traces.crowds(known) == 1).sum(axis=0)
    return [wilson(int(count), len(chosen)) for count in alone]


@dataclass(frozen=True)
class Traces:
    """Traces as sets of numbered points.

    Attributes
    ----------
    entity_id : array of int64, one per trace
    point_key : array of int64, one per point
        Which hour and square it is, whatever other points there are.
    trace, point : arrays of int64
        Every different point of every trace, by trace, then by point.
    sizes : array of int64, one per trace
        Its different points.
    """

    entity_id: Integers
    point_key: Integers
    trace: Integers
    point: Integers
    sizes: Integers

    @classmethod
    def of(cls, sightings: pd.DataFrame, *, squares: int, hours: int) -> Traces:
        """Return the traces at a resolution; see `unicity`."""
        trace, entity_id = pd.factorize(sightings["entity_id"].to_numpy(), sort=True)
        area = pd.Categorical(sightings["seen_area"])
        block = blocks(pd.Series(area.categories.astype(object), dtype=object), squares)
        hour = sightings["seen_at"].to_numpy().astype("datetime64[h]").astype(np.int64) // hours
        keys = hour * (2 * _MOST_BLOCKS**2) + block[area.codes]
        point, point_key = pd.factorize(keys, sort=True)
        pairs = np.sort(trace * len(point_key) + point)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        trace, point = pairs // len(point_key), pairs % len(point_key)
        sizes = np.bincount(trace, minlength=len(entity_id))
        return cls(entity_id, point_key, trace, point, sizes)

    def draw(self, chosen: Integers, points_count: int, stream: Stream) -> Integers:
        """Return some points of each chosen trace, shape (chosen, points_count)."""
        wanted = np.flatnonzero(np.isin(self.trace, chosen))
        keys = combine(self.entity_id[self.trace[wanted]], self.point_key[self.point[wanted]])
        order = wanted[np.lexsort((stream.bits(keys), self.trace[wanted]))]
        sizes = self.sizes[chosen]
        first = np.cumsum(sizes) - sizes
        return np.asarray(self.point[order[first[:, None] + np.arange(points_count)]])

    def crowds(self, known: Integers) -> Integers:
        """Return how many traces have the first, the first two … of the points of each row."""
        points = len(self.point_key)
        by_point = self.trace[np.argsort(self.point, kind="stable")]
        size = np.bincount(self.point, minlength=points)
        start = np.cumsum(size) - size
        all_pairs = self.trace * points + self.point
        found = np.zeros(known.shape, dtype=np.int64)
        found[:, 0] = size[known[:, 0]]
        part = np.cumsum(found[:, 0]) // _PAIRS_AT_ONCE
        for number in range(int(part.max(initial=-1)) + 1):
            rows = np.flatnonzero(part == number)
            count = found[rows, 0]
            row = np.repeat(rows, count)
            step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
            trace = by_point[start[known[row, 0]] + step]
            for column in range(1, known.shape[1]):
                has = _among(trace * points + known[row, column], all_pairs)
                row, trace = row[has], trace[has]
                found[:, column] += np.bincount(row, minlength=len(known))
        return found


def _among(asked: Integers, ordered: Integers) -> npt.NDArray[np.bool_]:
    found = np.minimum(np.searchsorted(ordered, asked), len(ordered) - 1)
    return np.asarray(ordered[found] == asked, dtype=np.bool_)


def blocks(labels: pd.Series[str], squares: int) -> Integers:
    """Return the number of the block of squares that each square of the map lies in.

    Parameters
    ----------
    labels : Series of str
        Such as "C4", or "~C4" in the surroundings, which have blocks of their own.
    squares : int
        Squares each way in a block; blocks begin at A1.

    Examples
    --------
    >>> a1, b2, c1, outside = blocks(pd.Series(["A1", "B2", "C1", "~A1"]), 2).tolist()
    >>> a1 == b2, a1 == c1, a1 == outside
    (True, False, False)
    """
    outside, column, row = places(labels)
    block = (outside * _MOST_BLOCKS + column // squares) * _MOST_BLOCKS + row // squares
    return np.asarray(block, dtype=np.int64)


def places(labels: pd.Series[str]) -> tuple[Integers, Integers, Integers]:
    """Return where squares of the map lie: 1 for the surroundings (else 0), column and row from 0.

    Examples
    --------
    >>> [part.tolist() for part in places(pd.Series(["C4", "~A1"], dtype=object))]
    [[0, 1], [2, 0], [3, 0]]
    """
    parts = labels.str.extract(_LABEL)
    outside = (parts["side"] == "~").to_numpy().astype(np.int64)
    column = parts["letters"].map(_column).to_numpy().astype(np.int64)
    row = parts["row"].to_numpy().astype(np.int64)
    return outside, column, row - 1


def _column(letters: str) -> int:
    """Return the number of a column named as spreadsheets name them, from 0."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
