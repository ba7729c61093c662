"""Face search: the faces of every two sources compared, all with all.

Templates are multiplied block by block, so that every pair of faces is looked at and no index can
miss one. The pairs that reach the likeness search is set to are candidates; and since all pairs
were looked at, how often strangers look alike is counted and not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from simulator.face_templates import face_digests
from simulator.linkage.faces import ALIKE, SAME
from simulator.randomness import Stream
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from simulator.linkage.encoding import Floats, Rows
    from simulator.linkage.faces import Faces
    from simulator.linkage.record_table import RecordTable

PAIRS_PER_FACE = 3
"""Most pairs that search may bring, per face; small work may bring `PAIRS_ALWAYS` anyway."""

PAIRS_ALWAYS = 50_000

_BLOCK = (2_048, 512)
"""Faces multiplied at a time, left and right: 4 MB of likenesses, which stay at hand."""

_SAMPLED_FACES = 6_000
"""Faces of a source that are compared with one another, to see how often strangers look alike."""

_LEAST_M = 0.2


@dataclass(frozen=True)
class FaceSearch:
    """What came out of comparing all faces with all.

    Attributes
    ----------
    left, right : int64 arrays
        Rows of the `RecordTable`: pairs taken for one face, at most `PAIRS_PER_FACE` per face, the
        most alike.
    left_out : int
        Pairs taken for one face that are not among them.
    pairs : float array, one per pair type
        Pairs of records that have a face on both sides.
    reached : dict of float array, one per pair type
        Likeness -> how many of them reach it.
    strangers : dict of float
        Likeness -> share of the pairs within sources that hold each entity once that reach it; what
        random templates reach at least.
    strangers_seen : float
        How many pairs the share of `SAME` was seen in.
    """

    left: Rows
    right: Rows
    left_out: int
    pairs: Floats
    reached: Mapping[str, Floats]
    strangers: Mapping[str, float]
    strangers_seen: float


def search_faces(table: RecordTable) -> FaceSearch:
    """Compare the faces of every two sources, all with all.

    Raises
    ------
    ValueError
        If the records have no faces.
    """
    faces = table.faces
    if faces is None:
        raise ValueError("no record has a face")
    sources = range(len(table.sources))
    rows = [np.flatnonzero((table.source == one) & (faces.place >= 0)) for one in sources]
    best = _Best(max(PAIRS_ALWAYS, PAIRS_PER_FACE * len(faces.templates)))
    pairs = np.zeros(len(table.pair_types))
    reached = {name: np.zeros(len(table.pair_types)) for name in (SAME, ALIKE)}
    least = faces.likeness
    for kind, (a, b) in enumerate(table.pair_types):
        ours, theirs = rows[a], rows[b]
        pairs[kind] = len(ours) * (len(ours) - 1) / 2 if a == b else len(ours) * len(theirs)
        for left, right, likeness in _alike(faces, ours, theirs, within=a == b):
            for name, count in reached.items():
                count[kind] += np.count_nonzero(likeness >= least[name])
            same = np.flatnonzero(likeness >= least[SAME])
            best.add(left[same], right[same], likeness[same])
    left, right = best.pairs()
    strangers, strangers_seen = _strangers(faces, [rows[s] for s in np.flatnonzero(~table.repeats)])
    return FaceSearch(
        left,
        right,
        int(reached[SAME].sum()) - len(left),
        pairs,
        reached,
        strangers,
        strangers_seen,
    )


def most_matches(table: RecordTable, m: Floats, all_pairs: Floats) -> Floats:
    """Return how many matches each pair of sources can hold, going by the faces; inf without any.

    More pairs are taken for one face than strangers would be: those are matches, or one standard
    error more. Where a face is all that two records have in common nothing else tells.

    Parameters
    ----------
    table : RecordTable
    m : float array, pair types × levels of the comparison "face"
    all_pairs : float array, one per pair type
    """
    found = table.face_search
    chance = found.strangers[SAME] * found.pairs
    error = np.sqrt(found.reached[SAME] + chance**2 / max(found.strangers_seen, 1.0))
    most = (found.reached[SAME] - chance + error) / np.maximum(m[:, -1], _LEAST_M)
    known = found.pairs > 0
    scale = np.where(known, all_pairs / np.maximum(found.pairs, 1.0), 1.0)
    return np.where(known, np.maximum(most, 0.5) * scale, np.inf)


def _alike(
    faces: Faces, left: Rows, right: Rows, *, within: bool
) -> Iterator[tuple[Rows, Rows, npt.NDArray[np.float32]]]:
    """Yield (left rows, right rows, cosines) of the pairs that reach a likeness, block by block.

    `within` one source each pair counts once.
    """
    tall, wide = _BLOCK
    least = min(faces.likeness.values())
    ours, theirs = (faces.templates[faces.place[rows]] for rows in (left, right))

    def look_at(corner: tuple[int, int]) -> tuple[Rows, Rows, npt.NDArray[np.float32]]:
        start, stop = corner
        products = ours[start : start + tall] @ theirs[stop : stop + wide].T
        if within and start + len(products) > stop:
            products[np.tri(len(products), products.shape[1], start - stop, dtype=np.bool_)] = -2.0
        hit = np.flatnonzero(products >= least)
        one, other = np.divmod(hit, products.shape[1])
        return left[start + one], right[stop + other], products.ravel()[hit]

    corners = (
        (start, stop)
        for stop in range(0, len(right), wide)
        for start in range(0, min(stop + wide, len(left)) if within else len(left), tall)
    )
    # one thread per block is steadier than all threads for each
    with threadpool_limits(1, user_api="blas"):
        yield from side_by_side(look_at, corners)


def _strangers(faces: Faces, sources: list[Rows]) -> tuple[dict[str, float], float]:
    """Return how often two faces of one source reach each likeness, by a sample of its faces.

    And how many pairs were seen to reach `SAME`.
    """
    pairs, reached = 0.0, dict.fromkeys((SAME, ALIKE), 0.0)
    order = Stream(0, "linkage/faces").bits(face_digests(faces.templates))
    for rows in sources:
        chosen = rows[np.argsort(order[faces.place[rows]], kind="stable")[:_SAMPLED_FACES]]
        pairs += len(chosen) * (len(chosen) - 1) / 2
        for _, _, likeness in _alike(faces, chosen, chosen, within=True):
            for name, least in faces.likeness.items():
                reached[name] += np.count_nonzero(likeness >= least)
    shares = {name: max(reached[name] / max(pairs, 1.0), faces.shares[name]) for name in reached}
    return shares, reached[SAME]


class _Best:
    """The most alike of the pairs that are added, `most` of them or a few fewer.

    Pairs that are exactly as alike stay or go together, so that the choice does not depend on the
    order in which they come.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[tuple[Rows, Rows, npt.NDArray[np.float32]]] = []
        self._waiting = 0
        self._least = np.float32(-np.inf)

    def add(self, left: Rows, right: Rows, likeness: npt.NDArray[np.float32]) -> None:
        kept = np.flatnonzero(likeness > self._least)
        self._parts.append((left[kept], right[kept], likeness[kept]))
        self._waiting += len(kept)
        if self._waiting > 4 * self._most:
            self._drop()

    def pairs(self) -> tuple[Rows, Rows]:
        self._drop()
        left, right, _ = self._parts[0]
        return left, right

    def _drop(self) -> None:
        nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
        parts = [*self._parts, nothing]
        left, right, likeness = (np.concatenate(each) for each in zip(*parts, strict=True))
        if len(likeness) > self._most:
            self._least = np.partition(likeness, -self._most - 1)[-self._most - 1]
        kept = np.flatnonzero(likeness > self._least)
        self._parts = [(left[kept], right[kept], likeness[kept])]
        self._waiting = len(kept)
