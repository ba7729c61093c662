"""How much of a fact a coarser value gives away: of a date its year, of a home its ZIP code.

A value held by `crowd` of N people carries log2(N / crowd) bits about whom it is true of (the
surprisal of Shannon 1948). A coarse value that is right earns the share of the exact value's bits
that it carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator.dossiers.encoding import Codes
    from simulator.randomness import Floats


def bits_by_code(codes: Codes, codes_count: int) -> Floats:
    """Return log2(N / crowd) of each value, in bits.

    Parameters
    ----------
    codes : array of int64
        The value true of each of the N people of the reference population; -1 for none.
    codes_count : int
        How many distinct values there are; one that nobody holds now has 0 bits and earns nothing.

    Returns
    -------
    array of float64, shape (codes_count,)
        In [0, log2 N].

    Examples
    --------
    Of four people two share a value, one has another, one has none:

    >>> bits_by_code(np.array([0, 0, 1, -1]), 2).tolist()
    [1.0, 2.0]
    """
    crowd = np.bincount(codes[codes >= 0], minlength=codes_count)
    return np.where(crowd > 0, np.log2(max(len(codes), 1) / np.maximum(crowd, 1)), 0.0)


def share_of_exact(coarse_bits: Floats, exact_bits: Floats) -> Floats:
    """Return coarse bits / exact bits, in [0, 1]; 1 where the exact value tells nobody apart.

    Examples
    --------
    A year shared by 32 of 1,024 people gives half of a date that is unique:

    >>> share_of_exact(np.array([np.log2(1024 / 32)]), np.array([np.log2(1024 / 1)])).tolist()
    [0.5]
    >>> share_of_exact(np.array([0.0]), np.array([0.0])).tolist()
    [1.0]
    """
    told = exact_bits > 0
    share = np.divide(coarse_bits, exact_bits, out=np.ones(len(exact_bits)), where=told)
    return np.minimum(share, 1.0)
