"""Array draws that several parts of the population share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers


def cumulative_rows(weights: Floats) -> Floats:
    """Return each row of `weights` as a cumulative distribution ending at 1.

    Parameters
    ----------
    weights : array of shape (rows, columns)
        Non-negative; every row has a positive sum.

    >>> cumulative_rows(np.array([[1.0, 3.0]]))
    array([[0.25, 1.  ]])
    """
    cumulative = np.cumsum(weights, axis=1)
    return np.asarray(cumulative / cumulative[:, -1:], dtype=np.float64)


def draw_from_rows(cumulative: Floats, row: Integers, uniform: Floats) -> Integers:
    """Return for each draw a column, from the distribution in its own row.

    Parameters
    ----------
    cumulative : array of shape (rows, columns)
        From `cumulative_rows`.
    row : array of int64
        Which distribution each draw uses.
    uniform : array of float64
        In [0, 1), one per draw.

    >>> draw_from_rows(np.array([[0.25, 1.0], [1.0, 1.0]]), np.array([0, 0, 1]),
    ...                np.array([0.1, 0.3, 0.9]))
    array([0, 1, 0])
    """
    rows, columns = cumulative.shape
    ladder = (cumulative + np.arange(rows)[:, None]).ravel()
    step = np.searchsorted(ladder, row + uniform, side="right") - row * columns
    return np.asarray(np.minimum(step, columns - 1), dtype=np.int64)


def pick(
    pool: pa.Array, index: npt.NDArray[np.int64], missing: npt.NDArray[np.bool_] | None = None
) -> pa.Array:
    """Return ``pool[index]`` as large strings, null where `missing`."""
    return pool.cast(pa.large_string()).take(pa.array(index, mask=missing))


def join(*parts: pa.Array | str) -> pa.Array:
    """Return the parts written one after the other, row by row; null where any part is null."""
    kind = pa.large_string()
    cast = [
        pa.scalar(part, pa.large_string())
        if isinstance(part, str)
        else part.cast(pa.large_string())
        for part in parts
    ]
    return pc.binary_join_element_wise(*cast, pa.scalar("", kind))


def padded(numbers: Integers, width: int) -> pa.Array:
    """Return whole numbers as text with leading zeros.

    >>> padded(np.array([7, 123]), 3).to_pylist()
    ['007', '123']
    """
    return pc.utf8_lpad(pa.array(numbers).cast(pa.large_string()), width=width, padding="0")
