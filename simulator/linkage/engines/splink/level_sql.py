"""The levels of `simulator.linkage.levels`, said to Splink: conditions on two records, in order.

Written in Splink's own comparison levels, which know the words of each database. A condition over a
missing value does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from splink.comparison_level_library import (
    And,
    ArrayIntersectLevel,
    CustomLevel,
    DamerauLevenshteinLevel,
    JaroWinklerLevel,
    Or,
)
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from simulator.linkage.engines.splink.columns import FACE_TEMPLATE
from simulator.linkage.faces import ALIKE, SAME
from simulator.linkage.levels import CLOSE, EXACTLY, FINER, SIMILAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from splink.internals.dialects import SplinkDialect

    from simulator.linkage.faces import Faces

Condition: TypeAlias = ComparisonLevelCreator


@dataclass(frozen=True)
class Branches:
    """How one comparison is read.

    Attributes
    ----------
    nothing : Condition
        Where there is nothing to compare.
    levels : tuple of (name of level, Condition)
        The first that holds is the level; one name may stand here twice.
    otherwise : str
        The level where none holds.
    """

    nothing: Condition
    levels: tuple[tuple[str, Condition], ...]
    otherwise: str = "differ"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the levels in order, the last one included."""
        return *(name for name, _ in self.levels), self.otherwise


class Likeness(ComparisonLevelCreator):
    """Two faces with a cosine of `least` or more."""

    def __init__(self, least: float) -> None:
        self.least = least

    def create_sql(self, sql_dialect: SplinkDialect) -> str:
        """Return the condition in the words of the database."""
        left, right = f"{FACE_TEMPLATE}_l", f"{FACE_TEMPLATE}_r"
        product = f"list_dot_product({left}, {right})"
        if sql_dialect.sql_dialect_str == "spark":
            products = f"zip_with({left}, {right}, (x, y) -> x * y)"
            product = f"aggregate({products}, cast(0.0 as double), (total, x) -> total + x)"
        return f"{product} >= {self.least!r}"

    def create_label_for_charts(self) -> str:
        """Return what Splink's charts would call it."""
        return f"cosine of faces >= {self.least}"


def _sql(condition: str) -> Condition:
    return CustomLevel(condition)


def _same(one: str, other: str | None = None) -> Condition:
    return _sql(f"{one}_l = {other or one}_r")


def _missing(name: str) -> Condition:
    return _sql(f"{name}_l is null or {name}_r is null")


def _close(name: str) -> Condition:
    return JaroWinklerLevel(name, CLOSE - EXACTLY)


def _similar(name: str) -> Condition:
    return JaroWinklerLevel(name, SIMILAR - EXACTLY)


def _one_slip(name: str) -> Condition:
    return DamerauLevenshteinLevel(name, 1)


def _initial(name: str) -> Condition:
    letter, initial = f"{name}_letter", f"{name}_initial"
    return Or(_same(letter, initial), _same(initial, letter))


def _exact(name: str) -> Branches:
    return Branches(_missing(name), (("exact", _same(name)),))


def _with_close(name: str) -> Branches:
    return Branches(_missing(name), (("exact", _same(name)), ("close", _close(name))))


def _with_one_slip(name: str) -> Branches:
    return Branches(_missing(name), (("exact", _same(name)), ("one slip", _one_slip(name))))


def _given() -> Branches:
    return Branches(
        _missing("given"),
        (
            ("exact", _same("given")),
            ("close", _same("both_names")),  # given name and surname in each other's place
            ("nickname", ArrayIntersectLevel("given_families", 1)),
            ("initial", _initial("given")),
            ("close", _close("given")),
            ("sounds alike", _same("given_sound")),
            ("similar", _similar("given")),
        ),
    )


def _surname() -> Branches:
    first, last = "surname_first", "surname_last"
    part = Or(_same(first), _same(last), _same(first, last), _same(last, first))
    return Branches(
        _missing("surname"),
        (
            ("exact", _same("surname")),
            ("close", _same("both_names")),
            ("one part", part),
            ("initial", _initial("surname")),
            ("close", _close("surname")),
            ("sounds alike", _same("surname_sound")),
            ("similar", _similar("surname")),
        ),
    )


def _middle() -> Branches:
    plain = _with_close("middle")
    return Branches(plain.nothing, (("initial", _initial("middle")), *plain.levels))


def _birth_date() -> Branches:
    swapped = And(_same("date_year"), _same("date_month_day", "date_day_month"))
    return Branches(
        _missing("birth_date"),
        (
            ("exact", _same("birth_date")),
            ("one slip", Or(_one_slip("birth_date"), swapped)),
            ("year or day", Or(_same("date_year"), _same("date_month_day"))),
        ),
    )


def _unless_both(name: str, whole: str) -> Branches:
    """Read a column unless both records have another, which says more."""
    return Branches(Or(_missing(name), _told(whole)), (("exact", _same(name)),))


def _told(name: str) -> Condition:
    return _sql(f"{name}_l is not null and {name}_r is not null")


def _routine() -> Branches:
    unknown, same = {}, {}
    for square, finer in FINER.items():
        unknown[square] = Or(_missing(square), *map(_told, finer))
        same[square] = And(_same(square), *map(_missing, finer))
    home, work = same["home_area"], same["work_area"]
    return Branches(
        And(unknown["home_area"], unknown["work_area"]),
        (
            ("same squares night and day", And(home, work)),
            ("same square at night", home),
            ("same square by day", work),
        ),
        "elsewhere",
    )


def _online() -> Branches:
    return Branches(
        _missing("online"),
        (
            ("same e-mail", _same("email")),
            ("same name", _same("online")),
            ("close", _close("online")),
        ),
    )


def _residence() -> Branches:
    zip_code, city, street = _same("zip_code"), _close("city"), _same("street")
    no_place = And(_missing("zip_code"), _missing("city"))
    near = Or(zip_code, city, no_place)
    by_number = Or(And(_close("street"), _same("number")), And(street, _missing("number")))
    return Branches(
        And(no_place, _missing("street")),
        (
            ("same door", And(_same("address"), near)),
            ("near the door", Or(_same("address"), And(by_number, near))),
            ("same street", Or(by_number, And(street, near))),
            ("same ZIP", zip_code),
            ("same city", city),
        ),
        "elsewhere",
    )


_READ: Mapping[str, Callable[[], Branches]] = {
    "given": _given,
    "surname": _surname,
    "residence": _residence,
    "middle": _middle,
    "birth_date": _birth_date,
    "birth_month_day": lambda: _unless_both("birth_month_day", "birth_date"),
    "birth_year": lambda: _unless_both("birth_year", "birth_date"),
    "national_id_last4": lambda: _unless_both("national_id_last4", "national_id"),
    "routine": _routine,
    "online": _online,
}
_READ_ALIKE: Mapping[Callable[[str], Branches], tuple[str, ...]] = {
    _exact: ("sex", "device", "card"),
    _with_close: ("employer", "birth_place", "occupation"),
    _with_one_slip: ("phone", "national_id", "licence_number", "plate"),
}


def branches_of(name: str, faces: Faces | None) -> Branches:
    """Return how the comparison of this name is read; only that of faces looks at `faces`."""
    if name == "face" and faces is not None:
        same, alike = (Likeness(float(faces.likeness[which])) for which in (SAME, ALIKE))
        return Branches(_missing(FACE_TEMPLATE), (("same face", same), ("alike", alike)))
    if name in _READ:
        return _READ[name]()
    return next(read(name) for read, names in _READ_ALIKE.items() if name in names)
