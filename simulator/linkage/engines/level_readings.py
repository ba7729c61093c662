"""Which level of a comparison a comparison vector of the Record Linkage Toolkit shows.

Levels and thresholds are those of `simulator.linkage.comparisons`, read anew from the Toolkit's
features: nothing here calls that module's code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.linkage.engines.comparison_vectors import FEATURES, PARTS_OF_SURNAME
from simulator.linkage.levels import FINER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Flags, Floats

Vectors: TypeAlias = "Mapping[str, Floats]"
Reading: TypeAlias = "list[tuple[str, Flags]]"
"""Names of levels and where they hold, the one that goes before the others first."""

CLOSE, SIMILAR = 0.92, 0.80


def levels_of(comparison: Comparison, vectors: pd.DataFrame, count: int) -> npt.NDArray[np.int8]:
    """Return the level of one comparison for each of `count` pairs; 0 is "nothing to compare"."""
    names = FEATURES[comparison.name]
    unknown = np.full(count, np.nan)
    features = {name: vectors[name].to_numpy() if name in vectors else unknown for name in names}
    reading = READINGS.get(comparison.name, _plain)(features)
    numbers = [comparison.levels.index(level) + 1 for level, _ in reading]
    return np.select([holds for _, holds in reading], numbers, default=0).astype(np.int8)


def _plain(v: Vectors) -> Reading:
    """Read equality and, where it is among the features, closeness or one slip."""
    name = next(iter(v)).split(" ")[0]
    close, slip = v.get(f"{name} ~ {name}"), v.get(f"{name} ± {name}")
    return [
        ("exact", v[f"{name} = {name}"] == 1),
        *([("close", close >= CLOSE)] if close is not None else []),
        *([("one slip", slip == 1)] if slip is not None else []),
        _differ(v, name),
    ]


def _differ(v: Vectors, name: str) -> tuple[str, Flags]:
    return "differ", ~np.isnan(v[f"{name} = {name}"])


def _crossed(v: Vectors) -> Flags:
    """Tell where given name and surname stand in each other's place."""
    return np.asarray((v["given = surname"] == 1) & (v["surname = given"] == 1))


def _initial(v: Vectors, name: str) -> Flags:
    """Tell where one value is a lone letter and the other starts with it."""
    letter, initial = f"{name}_letter", f"{name}_initial"
    one_way, other_way = v[f"{letter} = {initial}"], v[f"{initial} = {letter}"]
    return np.asarray((one_way == 1) | (other_way == 1))


def _given(v: Vectors) -> Reading:
    return [
        ("exact", v["given = given"] == 1),
        ("close", _crossed(v)),
        ("nickname", v["given nickname given"] == 1),
        ("initial", _initial(v, "given")),
        ("close", v["given ~ given"] >= CLOSE),
        ("sounds alike", v["given_sound = given_sound"] == 1),
        ("similar", v["given ~ given"] >= SIMILAR),
        _differ(v, "given"),
    ]


def _surname(v: Vectors) -> Reading:
    part = np.any([v[name] == 1 for name in PARTS_OF_SURNAME], axis=0)
    return [
        ("exact", v["surname = surname"] == 1),
        ("close", _crossed(v)),
        ("one part", part),
        ("initial", _initial(v, "surname")),
        ("close", v["surname ~ surname"] >= CLOSE),
        ("sounds alike", v["surname_sound = surname_sound"] == 1),
        ("similar", v["surname ~ surname"] >= SIMILAR),
        _differ(v, "surname"),
    ]


def _middle(v: Vectors) -> Reading:
    return [("initial", _initial(v, "middle")), *_plain(v)]


def _birth_date(v: Vectors) -> Reading:
    year = v["date_year = date_year"] == 1
    swapped = (v["date_month = date_day"] == 1) & (v["date_day = date_month"] == 1)
    month_day = v["date_month_day = date_month_day"] == 1
    return [
        ("exact", v["birth_date = birth_date"] == 1),
        ("one slip", (v["birth_date ± birth_date"] == 1) | (year & swapped)),
        ("year or day", year | month_day),
        _differ(v, "birth_date"),
    ]


def _part_of_birth(v: Vectors) -> Reading:
    """Read a part of the birth date, unless both records have the whole."""
    lone = np.isnan(v["birth_date = birth_date"])
    return [(level, holds & lone) for level, holds in _plain(v)]


def _last_four(v: Vectors) -> Reading:
    """Read the last four digits of the ID, unless both records have the whole."""
    lone = np.isnan(v["national_id = national_id"])
    name = "national_id_last4"
    return [("exact", (v[f"{name} = {name}"] == 1) & lone), ("differ", _differ(v, name)[1] & lone)]


def _routine(v: Vectors) -> Reading:
    """Read the squares of the map, unless both records say more exactly where they are."""
    home, work = (_square(v, name) for name in ("home_area", "work_area"))
    return [
        ("same squares night and day", (home == 1) & (work == 1)),
        ("same square at night", home == 1),
        ("same square by day", work == 1),
        ("elsewhere", ~(np.isnan(home) & np.isnan(work))),
    ]


def _square(v: Vectors, name: str) -> npt.NDArray[np.float64]:
    told = np.array([~np.isnan(v[f"{finer} = {finer}"]) for finer in FINER[name]]).any(axis=0)
    return np.where(told, np.nan, v[f"{name} = {name}"])


def _online(v: Vectors) -> Reading:
    return [
        ("same e-mail", v["email = email"] == 1),
        ("same name", v["online = online"] == 1),
        ("close", v["online ~ online"] >= CLOSE),
        _differ(v, "online"),
    ]


def _face(v: Vectors) -> Reading:
    same = v["face same face"]
    return [
        ("same face", same == 1),
        ("alike", v["face alike face"] == 1),
        ("differ", ~np.isnan(same)),
    ]


def _residence(v: Vectors) -> Reading:
    """Read where two records live: the same door in another town is little evidence."""
    zip_code = v["zip_code = zip_code"]
    same_zip, same_city = zip_code == 1, v["city ~ city"] >= CLOSE
    elsewhere = ~(same_zip | same_city) & ~(np.isnan(zip_code) & np.isnan(v["city = city"]))
    door, street = v["address = address"] == 1, v["street = street"] == 1
    alike = v["street ~ street"] >= CLOSE
    number = v["number = number"]
    by_number = (alike & (number == 1)) | (street & np.isnan(number))
    known = [~np.isnan(v[f"{name} = {name}"]) for name in ("zip_code", "city", "street")]
    return [
        ("same door", door & ~elsewhere),
        ("near the door", door | (by_number & ~elsewhere)),
        ("same street", by_number | (street & ~elsewhere)),
        ("same ZIP", same_zip),
        ("same city", same_city),
        ("elsewhere", np.any(known, axis=0)),
    ]


READINGS: Mapping[str, Callable[[Vectors], Reading]] = {
    "given": _given,
    "surname": _surname,
    "residence": _residence,
    "middle": _middle,
    "birth_date": _birth_date,
    "birth_month_day": _part_of_birth,
    "birth_year": _part_of_birth,
    "online": _online,
    "national_id_last4": _last_four,
    "face": _face,
    "routine": _routine,
}
"""Comparison -> how its level is read; the others are read alike (`_plain`)."""
