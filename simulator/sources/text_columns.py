"""Columns of text as Arrow arrays: made from other columns, and joined word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from simulator.sources.cells import Truths


def arrow_text(values: Any) -> pa.LargeStringArray:
    """Return a column (text, category or Arrow) as one Arrow array of text, missing is null.

    >>> import pandas as pd
    >>> arrow_text(pd.Series(["F", None], dtype="category")).to_pylist()
    ['F', None]
    """
    array = pa.array(values)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def iso_days(days: Any) -> pa.LargeStringArray:
    """Return days as ISO text.

    >>> iso_days(np.array(["1980-05-01"], dtype="datetime64[s]")).to_pylist()
    ['1980-05-01']
    """
    return pa.array(np.asarray(days, dtype="datetime64[D]")).cast(pa.large_string())


def joined(*parts: Any, between: str = " ") -> pa.LargeStringArray:
    """Return the parts of each row joined; a row that lacks a part is null.

    Parameters
    ----------
    *parts : Arrow text arrays of one length, or str for a part that is the same in every row
    between : str
        What stands between two parts.

    Examples
    --------
    >>> joined(arrow_text(["Ann", None]), "Lee").to_pylist()
    ['Ann Lee', None]
    """
    typed = [
        pa.scalar(part, pa.large_string()) if isinstance(part, str) else part
        for part in (*parts, between)
    ]
    return pc.binary_join_element_wise(*typed)


def full_names(
    first: pa.LargeStringArray, last: pa.LargeStringArray, family_name_first: Truths
) -> pa.LargeStringArray:
    """Return first and last names as one text, in the order in which each person writes them.

    Parameters
    ----------
    first, last : Arrow text of length n
        A row that lacks either is null.
    family_name_first : array of bool, length n

    Examples
    --------
    >>> full_names(
    ...     arrow_text(["Ann", "Hana"]), arrow_text(["Lee", "Mori"]), np.array([False, True])
    ... ).to_pylist()
    ['Ann Lee', 'Mori Hana']
    """
    reversed_rows = pa.array(family_name_first)
    last_first = joined(last.filter(reversed_rows), first.filter(reversed_rows))
    return pc.replace_with_mask(joined(first, last), reversed_rows, last_first)
