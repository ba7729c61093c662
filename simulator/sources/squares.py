"""The squares of the map as numbers, and which of them lie beside one another."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.text_columns import arrow_text

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.sources.cells import Truths
    from simulator.tables import Population

NOWHERE = -1
OUTSIDE_SIGN = "~"
_LABEL = r"^~?(?P<letters>[A-Z]+)(?P<row>\d+)$"


class Squares:
    """Every square that anyone lives or works in or visits, numbered in the order of the labels.

    Parameters
    ----------
    labels : sequence of str
        Such as "C4", or "~C4" in the surroundings; repeated and missing ones do not count.

    Examples
    --------
    >>> squares = Squares(["B1", "A1", "~A1", None])
    >>> squares.code(["A1", "B1", None, "Z9"]).tolist(), squares.in_town.tolist()
    ([0, 1, -1, -1], [True, True, False])
    """

    def __init__(self, labels: Any) -> None:
        unique = pc.drop_null(pc.unique(arrow_text(labels)))
        self.labels: pa.LargeStringArray = unique.take(pc.sort_indices(unique))

    @classmethod
    def of(cls, population: Population) -> Squares:
        """Return the squares of a population's homes, workplaces and haunts."""
        columns = [
            population.addresses["home_area"],
            population.people["work_area"],
            *([population.haunts["seen_area"]] if len(population.haunts) else []),
        ]
        return cls(pa.concat_arrays([pc.unique(arrow_text(column)) for column in columns]))

    def code(self, labels: Any) -> Integers:
        """Return the number of the square of each label; `NOWHERE` for a missing one."""
        found = pc.index_in(arrow_text(labels), value_set=self.labels)
        codes = pc.fill_null(found, NOWHERE).to_numpy(zero_copy_only=False)
        return np.asarray(codes, dtype=np.int64)

    def text(self, codes: Integers) -> pa.LargeStringArray:
        """Return the labels of squares by number, null for `NOWHERE`."""
        return self.labels.take(pa.array(codes, mask=codes == NOWHERE))

    @cached_property
    def in_town(self) -> Truths:
        """Whether each square is one of the town's."""
        outside = pc.starts_with(self.labels, OUTSIDE_SIGN)
        return np.asarray(~outside.to_numpy(zero_copy_only=False), dtype=np.bool_)

    def beside(self, codes: Integers, right: Integers, down: Integers) -> Integers:
        """Return the squares some steps to the right and down; the same one where the map ends.

        >>> squares = Squares(["A1", "B1", "B2", "~B2"])
        >>> squares.beside(np.array([0, 0, 3]), np.array([1, 0, -1]), np.array([1, 1, 0])).tolist()
        [2, 0, 3]
        """
        side, column, row = self._places
        to_column, to_row = column[codes] + right, row[codes] + down
        columns_count, rows_count = self._grid.shape[1:]
        on_map = (to_column >= 0) & (to_column < columns_count) & (to_row >= 0)
        on_map &= to_row < rows_count
        found = np.where(on_map, to_column, 0), np.where(on_map, to_row, 0)
        there = np.where(on_map, self._grid[side[codes], found[0], found[1]], NOWHERE)
        return np.where(there == NOWHERE, codes, there)

    @cached_property
    def _places(self) -> tuple[Integers, Integers, Integers]:
        """Side (0 the surroundings, 1 the town), column and row of each square, from 0."""
        parts = pd.Series(self.labels.to_pylist(), dtype=object).str.extract(_LABEL)
        if parts.isna().to_numpy().any():
            raise ValueError("a square is named by letters and a number, such as C4 or ~C4")
        column = np.array([column_number(letters) for letters in parts["letters"]], dtype=np.int64)
        row = np.array([int(number) for number in parts["row"]], dtype=np.int64) - 1
        return self.in_town.astype(np.int64), column, row

    @cached_property
    def _grid(self) -> Integers:
        """Number of the square by side, column and row; `NOWHERE` where there is none."""
        side, column, row = self._places
        grid = np.full((2, column.max(initial=0) + 1, row.max(initial=0) + 1), NOWHERE)
        grid[side, column, row] = np.arange(len(side))
        return grid


def column_number(letters: str) -> int:
    """Return the number of a column, from 0, as spreadsheets name them.

    >>> [column_number(letters) for letters in ("A", "Z", "AA", "AB")]
    [0, 25, 26, 27]
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
