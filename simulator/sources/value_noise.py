"""Errors of a whole value: a nickname for the name, a surname dropped, day for month, blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.text_columns import joined

if TYPE_CHECKING:
    from simulator.sources.cells import Cells

_DAY_THAT_COULD_BE_A_MONTH = r"^((?:\d{4}-)?)(\d\d)-(0[1-9]|1[0-2])$"


def nickname(cells: Cells) -> pa.LargeStringArray:
    """Return the values with the nickname in place of the first name, where there is one.

    In a full name only its first word changes; its last word, where the family name stands first.

    >>> from simulator.sources.cells import example_cells
    >>> nickname(example_cells(["Robert Stone"], "name", nickname=["Bob"])).to_pylist()
    ['Bob Stone']
    """
    nicknames = cells.true("nickname")
    after = pc.replace_substring_regex(cells.values, r"^\S+", "")
    before = pc.replace_substring_regex(cells.values, r"\S+$", "")
    changed = pc.if_else(
        pa.array(cells.family_name_first),
        joined(before, nicknames, between=""),
        joined(nicknames, after, between=""),
    )
    return pc.coalesce(changed, cells.values)


def surname_dropped(cells: Cells) -> pa.LargeStringArray:
    """Return the values with one of two surnames dropped, either one equally often.

    A person with one surname keeps it. The two are the last words of the value; its first words,
    where the family name stands first.

    >>> from simulator.sources.cells import example_cells
    >>> cells = example_cells(["Ana Ruiz Vega", "Bo Li"], "name", last_name=["Ruiz Vega", "Li"])
    >>> surname_dropped(cells).to_pylist()[0] in {"Ana Ruiz", "Ana Vega"}
    True
    >>> surname_dropped(cells).to_pylist()[1]
    'Bo Li'
    """
    second_goes = pa.array(cells.stream.chance(cells.keys, 0.5))
    at_the_end = pc.if_else(
        second_goes,
        pc.replace_substring_regex(cells.values, r" \S+$", ""),
        pc.replace_substring_regex(cells.values, r"(^|\s)\S+ (\S+)$", r"\1\2"),
    )
    at_the_start = pc.if_else(
        second_goes,
        pc.replace_substring_regex(cells.values, r"^(\S+) \S+", r"\1"),
        pc.replace_substring_regex(cells.values, r"^\S+ ", ""),
    )
    shortened = pc.if_else(pa.array(cells.family_name_first), at_the_start, at_the_end)
    has_two = pc.match_substring(cells.true("last_name"), " ")
    return pc.if_else(pc.fill_null(has_two, False), shortened, cells.values)


def month_day_swap(cells: Cells) -> pa.LargeStringArray:
    """Return the dates with month and day exchanged, where the day could be a month.

    >>> from simulator.sources.cells import example_cells
    >>> month_day_swap(example_cells(["1980-05-12", "1980-05-13", "05-01"], "date")).to_pylist()
    ['1980-12-05', '1980-05-13', '01-05']
    """
    return pc.replace_substring_regex(cells.values, _DAY_THAT_COULD_BE_A_MONTH, r"\1\3-\2")


def blank(cells: Cells) -> pa.LargeStringArray:
    """Return nothing at all for every cell.

    >>> from simulator.sources.cells import example_cells
    >>> blank(example_cells(["Bob"], "name")).to_pylist()
    [None]
    """
    return pa.nulls(len(cells.values), pa.large_string())
