"""The map: squares of about as many residents each, those next to one another being neighbours.

The squares are laid out along a line that turns at the edges of a growing square, as the ox ploughs
(boustrophedon): A1, B1, B2, A2, A3, B3, C3, C2, C1, D1 and so on. One after the other they always
share a side, the map is as square as can be however many there are, and a larger town only adds
squares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from simulator.population.draws import join

if TYPE_CHECKING:
    from simulator.randomness import Integers

OUTSIDE_SIGN = "~"
"""The names of squares of the surroundings begin with it."""


def area_numbers(size: Integers, residents_per_area_count: int) -> Integers:
    """Return the number of each household's square.

    Parameters
    ----------
    size : array of int64
        Household sizes, in the order in which the households stand along the streets.
    residents_per_area_count : int
        Squares are filled one after the other; the last has between half and one and a half times
        as many, a town of a single square aside.

    Examples
    --------
    >>> area_numbers(np.array([3, 3, 3, 3, 1]), 5).tolist()
    [0, 0, 1, 1, 2]
    >>> area_numbers(np.array([3, 3, 3, 2]), 5).tolist()
    [0, 0, 1, 1]
    """
    people_count = int(size.sum())
    last = max(1, (people_count + residents_per_area_count // 2) // residents_per_area_count) - 1
    before = np.cumsum(size) - size
    return np.asarray(np.minimum(before // residents_per_area_count, last), dtype=np.int64)


def area_names(number: Integers, *, outside: bool) -> pa.Array:
    """Return the names of squares: column letters and row number.

    >>> area_names(np.arange(10), outside=False).to_pylist()
    ['A1', 'B1', 'B2', 'A2', 'A3', 'B3', 'C3', 'C2', 'C1', 'D1']
    >>> area_names(np.array([26 * 26 + 26]), outside=True).to_pylist()
    ['~AA27']
    """
    squares, row = np.unique(number, return_inverse=True)
    column, line = _places(squares)
    letters = pa.array([_letters(one) for one in range(int(column.max(initial=-1)) + 1)])
    named = join(letters.cast(pa.large_string()).take(pa.array(column)), pa.array(line + 1))
    return (join(OUTSIDE_SIGN, named) if outside else named).take(pa.array(row))


def _places(number: Integers) -> tuple[Integers, Integers]:
    """Return column and row, from 0, of each place on the line.

    Shell m holds the squares whose larger coordinate is m; odd ones are walked down and back, even
    ones right and up.
    """
    shell = np.floor(np.sqrt(number)).astype(np.int64)
    step = number - shell**2
    along, back = np.minimum(step, shell), np.minimum(shell, 2 * shell - step)
    odd = shell % 2 == 1
    return np.where(odd, back, along), np.where(odd, along, back)


def _letters(column: int) -> str:
    """Return the name of a column as spreadsheets have it.

    >>> [_letters(column) for column in (0, 25, 26, 27, 702)]
    ['A', 'Z', 'AA', 'AB', 'AAA']
    """
    named = ""
    while column >= 0:
        named = chr(ord("A") + column % 26) + named
        column = column // 26 - 1
    return named
