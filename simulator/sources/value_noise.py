"""Errors of a whole value: a guess, another name, a false date, cut short, blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.cells import pack, unpack
from simulator.sources.protected import protected
from simulator.sources.text_columns import joined

if TYPE_CHECKING:
    from simulator.sources.cells import Cells

KEPT_LEAST_SHARE = 0.6
KEPT_MOST_SHARE = 0.9
"""A value cut short keeps a share of its characters between these two, all equally likely."""

EXCHANGED = {"first_name": "last_name", "last_name": "first_name"}
"""The columns that are exchanged with each other when the names are."""

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


def names_swapped(cells: Cells) -> pa.LargeStringArray:
    """Return the names with first and last name exchanged.

    A first name takes what stands in the last name of its record, and the other way round; with
    one of them missing nothing happens. A full name is turned: its first word is the first name,
    or its last word, where the family name stands first.

    >>> from simulator.sources.cells import example_cells
    >>> names_swapped(example_cells(["Ana Ruiz Vega"], "name")).to_pylist()
    ['Ruiz Vega Ana']
    >>> cells = example_cells(["Ana"], "name", field="first_name", last_name=["Ruiz Vega"])
    >>> names_swapped(cells).to_pylist()
    ['Ruiz Vega']
    """
    if cells.field in EXCHANGED:
        return pc.coalesce(cells.beside(EXCHANGED[cells.field]), cells.values)
    return pc.if_else(
        pa.array(cells.family_name_first),
        pc.replace_substring_regex(cells.values, r"^(.+) (\S+)$", r"\2 \1"),
        pc.replace_substring_regex(cells.values, r"^(\S+) (.+)$", r"\2 \1"),
    )


def default_birth_date(cells: Cells) -> pa.LargeStringArray:
    """Return the dates with 1 January for month and day: the year was known and the day was not.

    >>> from simulator.sources.cells import example_cells
    >>> default_birth_date(example_cells(["1980-05-12", "05-12"], "date")).to_pylist()
    ['1980-01-01', '01-01']
    """
    return pc.replace_substring_regex(cells.values, r"\d\d-\d\d$", "01-01")


def month_day_swap(cells: Cells) -> pa.LargeStringArray:
    """Return the dates with month and day exchanged, where the day could be a month.

    >>> from simulator.sources.cells import example_cells
    >>> month_day_swap(example_cells(["1980-05-12", "1980-05-13", "05-01"], "date")).to_pylist()
    ['1980-12-05', '1980-05-13', '01-05']
    """
    return pc.replace_substring_regex(cells.values, _DAY_THAT_COULD_BE_A_MONTH, r"\1\3-\2")


def truncated(cells: Cells) -> pa.LargeStringArray:
    """Return the values cut short, as a narrow column cuts them.

    A value keeps its first 60 to 90 % of characters, rounded down, but never fewer than one nor
    all of them; a space at the cut goes too. One character stays as it is. Protected characters,
    such as the domain of an e-mail address, stand whatever is cut before them.

    >>> from simulator.sources.cells import example_cells
    >>> truncated(example_cells(["Al", "Bartholomew", "A"], "name")).to_pylist()
    ['A', 'Barthol', 'A']
    """
    codes, filled = unpack(cells.values)
    kept_anyway = filled & protected(cells.field, codes)
    shortened = filled & ~kept_anyway
    lengths = shortened.sum(axis=1)
    share = cells.stream.uniform(cells.keys) * (KEPT_MOST_SHARE - KEPT_LEAST_SHARE)
    kept = np.floor(lengths * (KEPT_LEAST_SHARE + share)).astype(np.int64)
    kept = np.minimum(np.maximum(kept, 1), lengths)
    stays = kept_anyway | (shortened & (shortened.cumsum(axis=1) <= kept[:, None]))
    cut = pc.utf8_rtrim_whitespace(pack(codes[stays], stays.sum(axis=1)))
    return pc.if_else(pc.equal(pc.utf8_length(cut), 0), cells.values, cut)


def wrong_guess(cells: Cells) -> pa.LargeStringArray:
    """Return what another record of the source says, be it missing: a guess about a stranger.

    >>> from simulator.sources.cells import example_cells
    >>> wrong_guess(example_cells(["Baker"], "text", occupation=["Welder"], field="occupation"))[0]
    <pyarrow.LargeStringScalar: 'Welder'>
    """
    return cells.elsewhere(cells.field)


def blank(cells: Cells) -> pa.LargeStringArray:
    """Return nothing at all for every cell.

    >>> from simulator.sources.cells import example_cells
    >>> blank(example_cells(["Bob"], "name")).to_pylist()
    [None]
    """
    return pa.nulls(len(cells.values), pa.large_string())
