"""The cells chosen for an error, and text as matrices of characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import Integers, Stream, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.tables import Kind

Codes: TypeAlias = npt.NDArray[np.uint32]
Truths: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Cells of one column that an error has been drawn for; none is missing, unless it is a guess.

    Attributes
    ----------
    values : Arrow text of length n
        What stands in the cells before this error.
    field : str
        The column that they are cells of.
    kind : Kind
        The kind of value the column holds.
    keys : array of uint64, length n
        Stable keys of the records.
    stream : Stream
        Draws how bad the error is.
    characters_share : float
        Share of the characters changed, at least one (0 to 1).
    true : function
        Gives the true values of a field of the same records, as Arrow text of length n.
    beside : function
        The same for what stands in another column of the source before this error.
    housemate : function
        The same for what is true of a housemate of each record's subject; missing if there is none.
    elsewhere : function
        The same for what stands, before this error, in another record drawn at random.
    family_name_first : array of bool, length n
        Whether the cell is a full name written family name first.
    """

    values: pa.LargeStringArray
    field: str
    kind: Kind
    keys: Words
    stream: Stream
    characters_share: float
    true: Callable[[str], pa.LargeStringArray]
    beside: Callable[[str], pa.LargeStringArray]
    housemate: Callable[[str], pa.LargeStringArray]
    elsewhere: Callable[[str], pa.LargeStringArray]
    family_name_first: Truths


def unpack(values: pa.LargeStringArray) -> tuple[Codes, Truths]:
    """Return text as a matrix of Unicode code points, and which of its places hold a character.

    Parameters
    ----------
    values : Arrow text of length n, none missing

    Returns
    -------
    codes : array of uint32, n rows, as many columns as the longest text has characters
    filled : array of bool, same shape

    Examples
    --------
    >>> codes, filled = unpack(pa.array(["Abc", "Ö"], pa.large_string()))
    >>> codes.tolist(), filled.sum(axis=1).tolist()
    ([[65, 98, 99], [214, 0, 0]], [3, 1])
    """
    lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False)
    width = int(lengths.max(initial=1))
    filled = np.arange(width) < lengths[:, None]
    codes = np.zeros(filled.shape, dtype=np.uint32)
    joined = "".join(values.to_pylist())
    codes[filled] = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4")
    return codes, filled


def pack(characters: Codes, lengths: Integers) -> pa.LargeStringArray:
    """Return code points, laid end to end, as texts of the given lengths (in characters).

    >>> pack(np.array([65, 98, 99, 214], dtype=np.uint32), np.array([3, 1])).to_pylist()
    ['Abc', 'Ö']
    """
    encoded = characters.astype("<u4").tobytes().decode("utf-32-le").encode()
    sizes = np.ones(len(characters), dtype=np.int64)
    for least_code in (0x80, 0x800, 0x10000):  # where UTF-8 needs one more byte
        sizes += characters >= least_code
    byte_ends = np.concatenate([[0], np.cumsum(sizes)])
    offsets = byte_ends[np.concatenate([[0], np.cumsum(lengths)])]
    buffers = [None, pa.py_buffer(offsets.astype(np.int64)), pa.py_buffer(encoded)]
    return pa.Array.from_buffers(pa.large_string(), len(lengths), buffers)


def example_cells(
    values: list[str],
    kind: Kind,
    *,
    field: str = "full_name",
    family_name_first: bool = False,
    **others: list[str],
) -> Cells:
    """Return cells made by hand, for trying a noise function; one tenth of characters change.

    `others` are other fields of the records: what is true, what stands there, what is true of the
    housemate and what stands in another record are all the same.
    """
    columns = {name: pa.array(column, pa.large_string()) for name, column in others.items()}
    return Cells(
        values=pa.array(values, pa.large_string()),
        field=field,
        kind=kind,
        keys=np.arange(len(values), dtype=np.uint64),
        stream=Stream(0, "example"),
        characters_share=0.1,
        true=columns.__getitem__,
        beside=columns.__getitem__,
        housemate=columns.__getitem__,
        elsewhere=columns.__getitem__,
        family_name_first=np.full(len(values), family_name_first),
    )
