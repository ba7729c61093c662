"""Records of all sources as one table of integer codes: each distinct value is stored once.

Comparing, blocking and counting then work on codes. In the end the codes of a column are the ranks
of its sorted values (`in_order`), so they depend on the values alone and never on the order of rows
or sources; only where nothing but equality matters are they left as they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.face_search import search_faces
from simulator.linkage.row_order import begins, by_key, fit_together, numbered_runs
from simulator.linkage.text_order import text_order
from simulator.randomness import Words, combine
from simulator.threads import in_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.linkage.face_search import FaceSearch
    from simulator.linkage.faces import Faces

Codes: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Floats: TypeAlias = npt.NDArray[np.float64]
Derived = TypeVar("Derived")

_AT_ONCE = 65_536
"""Records worked on at a time by one thread: so few stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column of all records.

    Attributes
    ----------
    codes : int32 array, one per record
        Index into `values`; -1 where the value is missing.
    values : Arrow array
        The distinct values: texts, or whole numbers where only equality matters.
    is_sorted : bool
        Whether the values stand in order, and so the codes depend on nothing else.
    """

    codes: Codes
    values: pa.Array
    is_sorted: bool = False
    _known: dict[Callable[[Column], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, compute: Callable[[Column], Derived]) -> Derived:
        """Return compute(self), computed the first time only: work per value, not per pair."""
        if compute not in self._known:
            self._known[compute] = compute(self)
        found: Derived = self._known[compute]
        return found

    @cached_property
    def texts(self) -> npt.NDArray[np.object_]:
        """Return the distinct values as Python strings."""
        return np.asarray(self.values.to_numpy(zero_copy_only=False), dtype=object)

    @cached_property
    def size(self) -> int:
        """Return how many distinct values there are."""
        return len(self.values)


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

    def grouped(self, columns: Sequence[str]) -> tuple[Codes, Rows]:
        """Return the rows that fill all these columns, each with a number for what they say.

        Returns
        -------
        groups : int32 array
            Numbers from 0 on, ascending, equal where all the columns are, one per row returned.
        rows : int32 array
            Ascending within a group.
        """
        found = [self.columns[name] for name in columns]
        filled = np.logical_and.reduce([column.codes >= 0 for column in found])
        rows: Rows = np.flatnonzero(filled)
        key, bound = found[0].codes[rows].astype(np.int64), found[0].size
        for column in found[1:]:
            if not fit_together(bound * column.size, rows):
                key, rows = by_key(key, rows)
                key = numbered_runs(key).astype(np.int64)
                bound = int(key.max(initial=0)) + 1
            bound *= column.size
            key *= column.size
            key += column.codes[rows]
        key, ordered = by_key(key, rows)
        return numbered_runs(key), ordered

    def pair_type(self, left: Rows, right: Rows) -> npt.NDArray[np.int32]:
        """Return for record pairs (left's source <= right's) their index in `pair_types`."""
        return np.asarray(self.kinds[self.source[left], self.source[right]])


def encode(values: pa.Array | pa.ChunkedArray) -> Column:
    """Give each distinct text a code; empty texts count as missing.

    >>> column = encode(pa.array(["b", "a", None, "b", ""]))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([0, 1, -1, 0, -1], ['b', 'a'])
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return _without_empty(values.dictionary_encode())


def recode(codes: npt.NDArray[Any], texts: pa.Array) -> Column:
    """Return codes into the distinct `texts`, which may repeat, be empty or missing.

    Used after each distinct value was rewritten: values that became equal become one.
    """
    merged = _without_empty(texts.dictionary_encode())
    return Column(np.append(merged.codes, np.int32(-1))[codes], merged.values)


def _without_empty(encoded: pa.DictionaryArray) -> Column:
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    values = encoded.dictionary
    empty = pc.index(values, pa.scalar("", values.type)).as_py()
    if empty >= 0:
        codes = np.where(codes == empty, np.int32(-1), codes - (codes > empty)).astype(np.int32)
        values = pa.concat_arrays([values[:empty], values[empty + 1 :]])
    return Column(codes, values)


def in_order(column: Column) -> Column:
    """Return the column with its values sorted.

    >>> column = in_order(encode(pa.array(["b", "a", None])))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([1, 0, -1], ['a', 'b'])
    """
    order = text_order(column.values)
    ranks = np.full(column.size + 1, -1, dtype=np.int32)
    ranks[order] = np.arange(column.size, dtype=np.int32)
    return Column(ranks[column.codes], column.values.take(order), is_sorted=True)


def arrow_text(series: pd.Series[Any]) -> pa.Array:
    """Return any column as Arrow strings; whole numbers read as floats lose their '.0'."""
    if series.dtype == object:
        series = series.infer_objects()
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        series = series.dt.strftime("%Y-%m-%d")
    elif pd.api.types.is_float_dtype(series.dtype):
        whole = series.round()
        series = whole.astype("Int64") if bool((whole.eq(series) | series.isna()).all()) else series
    elif series.dtype == object:
        series = series.where(series.notna(), None)
    array = pa.Array.from_pandas(series.astype("string[pyarrow]"))
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def either(first: Column, second: Column) -> Column:
    """Return the first column's values, and the second's where the first has none."""
    shifted = np.where(second.codes >= 0, second.codes + first.size, -1)
    codes = np.where(first.codes >= 0, first.codes, shifted)
    return recode(codes, pa.concat_arrays([first.values, second.values]))


def numbered(keys: npt.NDArray[np.int64], missing: Flags, parts: tuple[Column, ...] = ()) -> Column:
    """Return a column of which only equality matters.

    Its values are what `parts` say beside one another, or the keys where there are none.
    """
    ordered, rows = by_key(*(of[~missing] for of in (keys, np.arange(len(keys)))))
    first = begins(ordered)
    codes = np.full(len(keys), -1, dtype=np.int32)
    codes[rows] = numbered_runs(ordered)
    if not parts:
        return Column(codes, pa.array(ordered[first]))
    texts = [part.values.take(_places(part.codes[rows[first]])) for part in parts]
    values = pc.binary_join_element_wise(
        *(pc.fill_null(text, "") for text in texts), pa.scalar("\n", pa.large_string())
    )
    return Column(codes, values)


def _places(codes: Codes) -> pa.Array:
    return pa.array(codes, mask=codes < 0)


def either_order(first: Column, second: Column) -> Column:
    """Return the two values of each record as one, the same whichever of them stands first."""
    shared = recode(
        np.arange(first.size + second.size), pa.concat_arrays([first.values, second.values])
    )
    a = np.append(shared.codes[: first.size], -1)[first.codes].astype(np.int64)
    b = np.append(shared.codes[first.size :], -1)[second.codes].astype(np.int64)
    keys = np.minimum(a, b) * (shared.size + 1) + np.maximum(a, b)
    return numbered(keys, (a < 0) | (b < 0))
