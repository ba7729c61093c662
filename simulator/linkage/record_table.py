"""Records of all sources as one table of integer codes: what all of linkage works on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.linkage.encoding import grouped, rows_in_order
from simulator.linkage.face_search import search_faces
from simulator.randomness import Words, combine
from simulator.threads import in_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.linkage.encoding import Codes, Column, Flags, Rows
    from simulator.linkage.face_search import FaceSearch
    from simulator.linkage.faces import Faces

_AT_ONCE = 65_536
"""Records worked on at a time by one thread: so few stay in the processor's cache."""


@dataclass(frozen=True)
class RecordTable:
    """The records of all sources below one another.

    Attributes
    ----------
    sources : tuple of str
        Names, in the order in which their rows stand.
    source : int16 array
        Index into `sources` per row.
    record_id : array
        The identifier of each row, as the caller gave it.
    columns : dict of Column
        The standardised columns (see `simulator.linkage.fields`).
    duplicates : frozenset of str
        Sources that may hold several records of one entity; they are compared within too.
    attaching : frozenset of str
        Sources whose records are events in a life (jobs, contacts, sightings): any number of them
        belong to one entity. They are compared with records of persons, never with one another.
    faces : Faces or None
        The face templates; None where no record has one.
    """

    sources: tuple[str, ...]
    source: npt.NDArray[np.int16]
    record_id: npt.NDArray[Any]
    columns: Mapping[str, Column]
    duplicates: frozenset[str]
    attaching: frozenset[str] = frozenset()
    faces: Faces | None = None

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.source)

    @cached_property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Return the number of records per source."""
        return np.bincount(self.source, minlength=len(self.sources)).astype(np.int64)

    @cached_property
    def repeats(self) -> Flags:
        """Return per source whether it may hold several records of one entity."""
        several = self.duplicates | self.attaching
        return np.array([name in several for name in self.sources], dtype=np.bool_)

    @cached_property
    def compared_within(self) -> Flags:
        """Return per source whether its records are compared with one another."""
        return np.array([name in self.duplicates for name in self.sources], dtype=np.bool_)

    @cached_property
    def attaches(self) -> Flags:
        """Return per source whether its records are events in a life."""
        return np.array([name in self.attaching for name in self.sources], dtype=np.bool_)

    @cached_property
    def id_ranks(self) -> Codes:
        """Return the place of each record in the order of the identifiers.

        Where their types differ, they are in the order of their texts.
        """
        ids = self.record_id
        if ids.dtype == object and pd.api.types.infer_dtype(ids).startswith("mixed"):
            ids = ids.astype(str)
        in_runs = ids.dtype.kind in "iu"  # lists mostly come in order, which a stable sort uses
        order = ids.argsort(kind="stable") if in_runs else pd.Index(ids).argsort()
        ranks = np.empty(len(ids), dtype=np.int32)
        ranks[order] = np.arange(len(ids), dtype=np.int32)
        return ranks

    @cached_property
    def content(self) -> Words:
        """Return a number per record that depends on all it says, and on nothing else."""
        columns = [column.codes for column in self.columns.values() if column.is_sorted]
        if not columns:
            return np.zeros(len(self), dtype=np.uint64)
        found = in_parts(lambda part: combine(*(of[part] for of in columns)), len(self), _AT_ONCE)
        return np.concatenate(list(found))

    @cached_property
    def filled(self) -> Mapping[str, Flags]:
        """Return per column which sources have at least one value in it."""
        ends = np.cumsum(self.sizes)
        parts = [slice(end - size, end) for end, size in zip(ends, self.sizes, strict=True)]
        return {
            name: np.array([column.codes[part].max(initial=-1) >= 0 for part in parts])
            for name, column in self.columns.items()
        }

    @cached_property
    def pair_types(self) -> list[tuple[int, int]]:
        """Return the pairs of sources compared: each two once, some with themselves."""
        width = range(len(self.sources))
        return [
            (a, b)
            for a in width
            for b in width
            if (a < b and not (self.attaches[a] and self.attaches[b]))
            or (a == b and self.compared_within[a])
        ]

    @cached_property
    def kinds(self) -> npt.NDArray[np.int32]:
        """Return the index in `pair_types` of an earlier and a later source; -1 for none."""
        found = np.full((len(self.sources),) * 2, -1, dtype=np.int32)
        for index, pair in enumerate(self.pair_types):
            found[pair] = index
        return found

    @cached_property
    def of_one_source(self) -> Flags:
        """Return per pair of sources compared whether it is one source with itself."""
        return np.array([a == b for a, b in self.pair_types], dtype=np.bool_)

    @cached_property
    def face_search(self) -> FaceSearch:
        """Return what came out of comparing all faces with all."""
        return search_faces(self)

    def grouped(
        self,
        columns: Sequence[str],
        ordered: Callable[[Column], tuple[Codes, Flags]] = rows_in_order,
    ) -> tuple[Codes, Codes]:
        """Return the rows that fill all these columns, as `simulator.linkage.encoding.grouped`."""
        return grouped([self.columns[name] for name in columns], ordered)

    def pair_type(self, left: Rows, right: Rows) -> npt.NDArray[np.int32]:
        """Return for record pairs (left's source <= right's) their index in `pair_types`."""
        return np.asarray(self.kinds[self.source[left], self.source[right]])
