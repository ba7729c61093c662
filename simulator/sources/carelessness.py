"""Careless records: errors keep company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator.randomness import Floats, Stream, Words
    from simulator.sources.cells import Truths

CARELESS_SHARE = 0.1
"""Share of records that are filled in carelessly."""


def careless_records(keys: Words, stream: Stream) -> Truths:
    """Return which records of a source are careless; `stream` is the source's."""
    return stream.child("careless").chance(keys, CARELESS_SHARE)


def shares_by_record(shares: Floats, careless: Truths, noise_correlation: float) -> Floats:
    """Return the share of cells with an error, record by record; the mean stays what it was.

    With correlation c a careless record has 1 + 9 c times the errors and any other 1 - c times: 0
    makes all alike, 1 puts every error into the careless tenth. Where that would give a careless
    record more than one error a cell, the others take the rest.

    Parameters
    ----------
    shares : array of float, length n
        Share of cells with an error without regard to carelessness (0 to 1).
    careless : array of bool, length n
    noise_correlation : float
        0 to 1.

    Returns
    -------
    array of float, length n

    Examples
    --------
    >>> shares_by_record(np.array([0.1, 0.1]), np.array([True, False]), 0.5).round(3).tolist()
    [0.55, 0.05]
    >>> shares_by_record(np.array([0.5, 0.5]), np.array([True, False]), 1.0).round(3).tolist()
    [1.0, 0.444]
    """
    if noise_correlation == 0:
        return shares
    factor = 1 + noise_correlation * (1 / CARELESS_SHARE - 1)
    of_careless = np.minimum(shares * factor, 1.0)
    # rounding must not leave less than nothing
    of_others = np.maximum(shares - CARELESS_SHARE * of_careless, 0.0) / (1 - CARELESS_SHARE)
    return np.asarray(np.where(careless, of_careless, of_others), dtype=np.float64)
