"""Dates of birth as they stand in lists: many notations, parts missing, impossible days.

No calendar is consulted: "1985-13-02" is a garbled date and still says 1985 to whoever compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.encoding import Column, either, recode

if TYPE_CHECKING:
    from collections.abc import Mapping

_YEAR_FIRST = r"^(?P<y>[0-9]{4})[^0-9](?P<a>[0-9]{1,2})[^0-9](?P<b>[0-9]{1,2})(?:[ T].*)?$"
_NO_MARKS = r"^(?P<y>[0-9]{4})(?P<a>[0-9]{2})(?P<b>[0-9]{2})$"
_YEAR_LAST = r"^(?P<a>[0-9]{1,2})[^0-9](?P<b>[0-9]{1,2})[^0-9](?P<y>[0-9]{4})$"
_NOTHING = pa.scalar("", type=pa.large_string())
_YEAR_ONLY = r"^(?P<y>[0-9]{4})$"


def birth_columns(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns birth_date ("YYYYMMDD"), birth_year ("YYYY"), birth_month_day ("MMDD").

    A full date gives all three. Digits that form no date are kept as a birth_date, so that one
    mistyped digit more or less can still be seen.
    """
    columns: dict[str, Column] = {}
    if "birth_date" in raw:
        date, year, month_day = _parts(raw["birth_date"].values)
        for name, values in (
            ("birth_date", date),
            ("birth_year", year),
            ("birth_month_day", month_day),
        ):
            columns[name] = recode(raw["birth_date"].codes, values)
    for name in ("birth_year", "birth_month_day"):
        if name in raw:
            digits = pc.replace_substring_regex(raw[name].values, "[^0-9]", "")
            own = recode(raw[name].codes, digits)
            columns[name] = either(own, columns[name]) if name in columns else own
    return {name: column for name, column in columns.items() if column.size}


def _parts(values: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    shapes = [pc.extract_regex(values, shape) for shape in (_YEAR_FIRST, _NO_MARKS, _YEAR_LAST)]
    alone = pc.extract_regex(values, _YEAR_ONLY)
    year = pc.coalesce(*(pc.struct_field(shape, "y") for shape in (*shapes, alone)))
    leading = [pc.struct_field(shape, "a") for shape in shapes]
    trailing = [pc.struct_field(shape, "b") for shape in shapes]
    if _is_day_first(leading[-1]):
        leading[-1], trailing[-1] = trailing[-1], leading[-1]
    month, day = pc.coalesce(*leading), pc.coalesce(*trailing)
    month_day = pc.binary_join_element_wise(_two(month), _two(day), _NOTHING)
    digits = pc.replace_substring_regex(values, "[^0-9]", "")
    date = pc.coalesce(pc.binary_join_element_wise(year, month_day, _NOTHING), digits)
    whole = pc.greater(pc.utf8_length(date), 4)  # a bare year is no date
    return pc.if_else(whole, date, _NOTHING), pc.fill_null(year, ""), pc.fill_null(month_day, "")


def _two(part: pa.Array) -> pa.Array:
    return pc.utf8_lpad(part, 2, "0")


def _is_day_first(leading: pa.Array) -> bool:
    """Tell whether dates with the year last start with the day: some start beyond 12."""
    largest = pc.max(leading.cast(pa.int32())).as_py()
    return largest is not None and largest > 12


def digit_matrix(dates: Column) -> npt.NDArray[np.uint8]:
    """Return the digits of each distinct birth_date, 8 × values; zeros for other texts.

    >>> digit_matrix(Column(np.zeros(1, np.int32), pa.array(["19850307"]))).T.tolist()
    [[49, 57, 56, 53, 48, 51, 48, 55]]
    """
    eight = pc.equal(pc.utf8_length(dates.values), 8)
    fixed = pc.if_else(eight, dates.values, "\0" * 8).to_numpy(zero_copy_only=False).astype("S8")
    by_date = np.frombuffer(fixed.tobytes(), dtype=np.uint8).reshape(-1, 8)
    return np.ascontiguousarray(by_date.T)
