"""One field put in the form of another: a full name from its parts, a year from a whole date."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.text_columns import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Restated: TypeAlias = Callable[..., pa.LargeStringArray]


def _first_word(names: pa.LargeStringArray) -> pa.LargeStringArray:
    return pc.replace_substring_regex(names, r"\s.*$", "")


def _words_after_the_first(names: pa.LargeStringArray) -> pa.LargeStringArray:
    rest = pc.replace_substring_regex(names, r"^\S+\s*", "")
    return pc.if_else(pc.equal(rest, ""), None, rest)


def _year(dates: pa.LargeStringArray) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(dates, 0, 4)


def _month_and_day(dates: pa.LargeStringArray) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(dates, 5, 10)


def _number_before(addresses: pa.LargeStringArray) -> pa.LargeStringArray:
    number = pc.replace_substring_regex(addresses, r"\D.*$", "")
    return pc.if_else(pc.equal(number, ""), None, number)


RESTATED: Mapping[str, tuple[tuple[str, ...], Restated]] = {
    "full_name": (("first_name", "last_name"), joined),
    "first_name": (("full_name",), _first_word),
    "last_name": (("full_name",), _words_after_the_first),
    "birth_year": (("birth_date",), _year),
    "birth_month_day": (("birth_date",), _month_and_day),
    "house_number": (("street_address",), _number_before),
}
"""Fields that others say too: from which they are made, and how. A name is read as first name
first, which is wrong of people who write it the other way round."""


def stated_by(field: str, fields: Collection[str]) -> tuple[str, ...]:
    """Return the fields that say what `field` says: itself, those it is made from, or none.

    >>> stated_by("birth_year", ["phone", "birth_date"]), stated_by("full_name", ["first_name"])
    (('birth_date',), ())
    """
    if field in fields:
        return (field,)
    parts, _ = RESTATED.get(field, ((), None))
    return parts if parts and all(part in fields for part in parts) else ()


def restate(field: str, stated: Mapping[str, pa.LargeStringArray]) -> pa.LargeStringArray:
    """Return a field from the columns that `stated_by` names; null where they do not tell.

    >>> def column(*values): return pa.array(values, pa.large_string())
    >>> restate("full_name", {"first_name": column("Ann"), "last_name": column("Lee")})[0]
    <pyarrow.LargeStringScalar: 'Ann Lee'>
    >>> restate("house_number", {"street_address": column("12 Elm Street", "Elm")}).to_pylist()
    ['12', None]
    """
    if field in stated:
        return stated[field]
    parts, function = RESTATED[field]
    return function(*(stated[part] for part in parts))
