"""Columns of texts as integer codes: each distinct value is stored once.

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

from simulator.linkage.text_order import text_order
from simulator.row_order import begins, in_code_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Codes: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Floats: TypeAlias = npt.NDArray[np.float64]
Derived = TypeVar("Derived")


@dataclass(frozen=True, eq=False)
class Column:
    """One column of all records.

    Attributes
    ----------
    codes : int32 array, one per record
        Index into `values`; -1 where the value is missing.
    values : Arrow array
        The values: texts, or whole numbers where only equality matters. Distinct, but for columns
        fresh from `rewritten` or `either`: `in_order` makes equal ones one, or `merged`.
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


def encode(values: pa.Array | pa.ChunkedArray) -> Column:
    """Give each distinct text a code; empty texts count as missing.

    >>> column = encode(pa.array(["b", "a", None, "b", ""]))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([0, 1, -1, 0, -1], ['b', 'a'])
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    encoded = values.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return _without_empty(codes, encoded.dictionary)


def recode(codes: npt.NDArray[Any], texts: pa.Array) -> Column:
    """Return codes into the distinct `texts`, which may repeat, be empty or missing.

    Used after each distinct value was rewritten: values that became equal become one.
    """
    found = encode(texts)
    return Column(np.append(found.codes, np.int32(-1)).take(codes), found.values)


def merged(column: Column) -> Column:
    """Return the column with equal values made one, for whoever cannot wait for `in_order`.

    >>> column = merged(Column(np.array([0, 1, -1, 2]), pa.array(["b", "a", "b"])))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([0, 1, -1, 0], ['b', 'a'])
    """
    return recode(column.codes, column.values)


def rewritten(column: Column, rewrite: Callable[[pa.Array], pa.Array]) -> Column:
    """Return the column with each value rewritten; texts that become equal wait for `in_order`."""
    return _without_empty(column.codes, rewrite(column.values))


def _without_empty(codes: Codes, values: pa.Array) -> Column:
    empty = pa.scalar("", values.type)
    if pc.index(values, empty).as_py() < 0:
        return Column(codes, values)
    return _with_values(codes, values, np.asarray(pc.not_equal(values, empty)))


def only_used(codes: Codes, values: pa.Array) -> Column:
    """Return the column without the values that no record has.

    >>> column = only_used(np.array([2, -1, 0, 2]), pa.array(["b", "a", "c"]))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([1, -1, 0, 1], ['b', 'c'])
    """
    return _with_values(codes, values, np.bincount(codes + 1, minlength=len(values) + 1)[1:] > 0)


def _with_values(codes: Codes, values: pa.Array, kept: Flags) -> Column:
    """Return the column with some of its values; records that have another have none."""
    places = np.where(kept, np.cumsum(kept, dtype=np.int32) - np.int32(1), np.int32(-1))
    return Column(np.append(places, np.int32(-1)).take(codes), values.filter(pa.array(kept)))


def in_order(column: Column) -> Column:
    """Return the column with its values sorted, equal ones made one.

    >>> column = in_order(Column(np.array([0, 1, -1, 2]), pa.array(["b", "a", "b"])))
    >>> column.codes.tolist(), column.values.to_pylist()
    ([1, 0, -1, 1], ['a', 'b'])
    """
    order = text_order(column.values)
    values = column.values.take(order)
    first = np.ones(column.size, dtype=np.bool_)
    first[1:] = pc.not_equal(values[1:], values[:-1])
    ranks = np.full(column.size + 1, -1, dtype=np.int32)
    ranks[order] = np.cumsum(first, dtype=np.int32) - np.int32(1)
    return Column(ranks.take(column.codes), values.filter(pa.array(first)), is_sorted=True)


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
    """Return the first column's values, and the second's where the first has none.

    Values that both have stand there twice until `in_order` makes them one.
    """
    shifted = np.where(second.codes >= 0, second.codes + np.int32(first.size), np.int32(-1))
    codes = np.where(first.codes >= 0, first.codes, shifted)
    return Column(codes, pa.concat_arrays([first.values, second.values]))


def rows_in_order(column: Column) -> tuple[Codes, Flags]:
    """Return the rows that have a value, by it and then by row, and where a value begins."""
    return in_code_order(column.codes, column.size)


def grouped(
    columns: Sequence[Column], ordered: Callable[[Column], tuple[Codes, Flags]] = rows_in_order
) -> tuple[Codes, Codes]:
    """Return the rows that fill all these columns, each with a number for what they say.

    Parameters
    ----------
    columns : sequence of Column
    ordered : callable
        `rows_in_order`, or the same with a memory for whoever groups by one column many times.

    Returns
    -------
    groups : int32 array
        Numbers from 0 on, ascending, equal where all the columns are, one per row returned.
    rows : int32 array
        Ascending within a group.

    Examples
    --------
    >>> city, sex = (encode(pa.array(texts)) for texts in (["b", "a", "b"], ["f", "m", "f"]))
    >>> [found.tolist() for found in grouped([city, sex])]
    [[0, 0, 1], [0, 2, 1]]
    """
    *others, last = columns
    rows, first = ordered(last)
    for column in reversed(others):
        places, first = in_code_order(column.codes.take(rows), column.size)
        rows = rows.take(places)
    for column in columns[1:]:
        first |= begins(column.codes.take(rows))
    return np.cumsum(first, dtype=np.int32) - np.int32(1), rows


def beside(columns: Sequence[Column]) -> Column:
    r"""Return what all these columns say, as one; missing where one of them is.

    >>> city, sex = (encode(pa.array(texts)) for texts in (["b", "a", "b"], ["f", None, "f"]))
    >>> column = beside([city, sex])
    >>> column.codes.tolist(), column.values.to_pylist()
    ([0, -1, 0], ['b\nf'])
    """
    groups, rows = grouped(columns)
    first = rows[begins(groups)]
    texts = [column.values.take(pa.array(column.codes[first])) for column in columns]
    values = pc.binary_join_element_wise(*texts, pa.scalar("\n", texts[0].type))
    return Column(_by_row(groups, rows, len(columns[0].codes)), values)


def _by_row(groups: Codes, rows: Codes, count: int) -> Codes:
    """Return the group of each of so many rows; -1 for those that are not among `rows`."""
    codes = np.full(count, -1, dtype=np.int32)
    codes[rows] = groups
    return codes


def either_order(first: Column, second: Column) -> Column:
    """Return the two values of each record as one, the same whichever of them stands first."""
    shared = recode(
        np.arange(first.size + second.size), pa.concat_arrays([first.values, second.values])
    )
    a = np.append(shared.codes[: first.size], np.int32(-1)).take(first.codes)
    b = np.append(shared.codes[first.size :], np.int32(-1)).take(second.codes)
    in_order_of_code = np.minimum(a, b), np.maximum(a, b)
    groups, rows = grouped([Column(codes, shared.values) for codes in in_order_of_code])
    codes = _by_row(groups, rows, len(a))
    return Column(codes, pa.array(np.arange(codes.max(initial=-1) + 1)))
