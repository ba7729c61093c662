"""What the Record Linkage Toolkit compares of two records: the features of a comparison vector.

A feature is named by what it does: ``surname = surname`` is exact equality
(`recordlinkage.compare.Exact`), ``surname ~ surname`` the Jaro–Winkler similarity and
``phone ± phone`` one typing slip, from the Damerau–Levenshtein similarity (both
`recordlinkage.compare.String`); ``given nickname given`` looks the names up in the table of
nicknames, for which the Toolkit has no comparison, and ``face same face`` multiplies the numbers of
two face templates and adds up. 1 is agreement, 0 difference, NaN "nothing to
compare".

The Toolkit's string measures are those of the package jellyfish. Its Jaro–Winkler equals
rapidfuzz's; but rapidfuzz, when told a least similarity, drops some pairs that lie exactly on it
("hall" and "hadley" at 0.8), so the two engines may differ there, and nowhere else. Its
Damerau–Levenshtein may edit between swapped letters where the default engine's may not, which makes
no difference at one slip. The Toolkit's `Date` knows only days of the calendar, and records hold
days such as 31 February, so dates are compared as digits and parts.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import recordlinkage
from recordlinkage.algorithms.string import damerau_levenshtein_similarity

from simulator.linkage.levels import FINER
from simulator.nickname_table import nicknames_of_formal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats


def _same(name: str) -> str:
    return f"{name} = {name}"


def _letters(name: str) -> tuple[str, str]:
    return f"{name}_letter = {name}_initial", f"{name}_initial = {name}_letter"


_CROSSED = ("given = surname", "surname = given")
PARTS_OF_SURNAME = tuple(
    f"surname_{one} = surname_{other}" for one, other in product(("first", "last"), repeat=2)
)
_WITH_SIMILAR = ("employer", "birth_place", "occupation")
_WITH_ONE_SLIP = ("phone", "national_id", "licence_number", "plate")

FEATURES: Mapping[str, tuple[str, ...]] = {
    "given": (
        *("given = given", "given ~ given", "given nickname given", _same("given_sound")),
        *(*_letters("given"), *_CROSSED),
    ),
    "surname": (
        *("surname = surname", "surname ~ surname", _same("surname_sound")),
        *(*_letters("surname"), *_CROSSED, *PARTS_OF_SURNAME),
    ),
    "residence": (
        *(_same(name) for name in ("zip_code", "city", "street", "number", "address")),
        *("city ~ city", "street ~ street"),
    ),
    "middle": ("middle = middle", "middle ~ middle", *_letters("middle")),
    "sex": ("sex = sex",),
    "birth_date": (
        *("birth_date = birth_date", "birth_date ± birth_date"),
        *("date_year = date_year", "date_month_day = date_month_day"),
        *("date_month = date_day", "date_day = date_month"),
    ),
    "birth_month_day": ("birth_month_day = birth_month_day", "birth_date = birth_date"),
    "birth_year": ("birth_year = birth_year", "birth_date = birth_date"),
    "national_id_last4": (_same("national_id_last4"), _same("national_id")),
    "device": (_same("device"),),
    "card": (_same("card"),),
    "routine": tuple(_same(name) for square, finer in FINER.items() for name in (square, *finer)),
    "online": ("online = online", "online ~ online", "email = email"),
    "face": ("face same face", "face alike face"),
    **{name: (_same(name), f"{name} ~ {name}") for name in _WITH_SIMILAR},
    **{name: (_same(name), f"{name} ± {name}") for name in _WITH_ONE_SLIP},
}
"""Comparison -> the features it reads."""


def comparer(
    comparisons: tuple[Comparison, ...],
    left: pd.DataFrame,
    right: pd.DataFrame,
    likeness: Mapping[str, float],
) -> recordlinkage.Compare:
    """Return the Toolkit's comparer for two frames: features of columns that both have.

    `likeness` says from which cosine on faces are "same" and "alike"; it is not read without faces.
    """
    compare = recordlinkage.Compare()
    wanted = dict.fromkeys(name for c in comparisons for name in FEATURES[c.name])
    for name in wanted:
        one, sign, other = name.split(" ")
        if one in left and other in right:
            if one == "face":
                reached = partial(_faces_reach, least=likeness[sign])
                compare.compare_vectorized(reached, one, other, label=name)
            else:
                _SIGNS[sign](compare, one, other, name)
    return compare


def _exact(compare: recordlinkage.Compare, one: str, other: str, label: str) -> None:
    compare.exact(
        one, other, agree_value=1.0, disagree_value=0.0, missing_value=np.nan, label=label
    )


def _alike(compare: recordlinkage.Compare, one: str, other: str, label: str) -> None:
    compare.string(one, other, method="jarowinkler", missing_value=np.nan, label=label)


def _slip(compare: recordlinkage.Compare, one: str, other: str, label: str) -> None:
    compare.compare_vectorized(_one_slip, one, other, label=label)


def _nickname(compare: recordlinkage.Compare, one: str, other: str, label: str) -> None:
    compare.compare_vectorized(_familiar, one, other, label=label)


_SIGNS: Mapping[str, Callable[[recordlinkage.Compare, str, str, str], None]] = {
    "=": _exact,
    "~": _alike,
    "±": _slip,
    "nickname": _nickname,
}


def _one_slip(one: pd.Series[str], other: pd.Series[str]) -> Floats:
    """Tell where texts are at most one edit apart: similarity is 1 - edits / longer length."""
    similarity = damerau_levenshtein_similarity(one, other).to_numpy()
    longer = np.fmax(one.str.len().to_numpy(np.float64), other.str.len().to_numpy(np.float64))
    edits = np.rint((1.0 - similarity) * longer)
    return np.where(np.isnan(edits), np.nan, edits <= 1)


def _familiar(one: pd.Series[str], other: pd.Series[str]) -> Floats:
    """Tell where one name is a nickname of the other or both are of one formal name."""
    found = one.str.cat(other, sep="/").isin(_familiar_pairs())
    return np.where(one.isna() | other.isna(), np.nan, found)


def _faces_reach(one: pd.Series[Any], other: pd.Series[Any], *, least: float) -> Floats:
    """Tell where two face templates have a cosine of `least` or more."""
    found = np.full(len(one), np.nan)
    both = np.flatnonzero(one.notna().to_numpy() & other.notna().to_numpy())
    if len(both):
        left, right = np.stack(one.iloc[both].to_list()), np.stack(other.iloc[both].to_list())
        found[both] = np.einsum("ij,ij->i", left, right) >= least
    return found


@cache
def _familiar_pairs() -> frozenset[str]:
    families = ((formal, *nicks) for formal, nicks in nicknames_of_formal().items())
    return frozenset(f"{a}/{b}" for names in families for a, b in product(names, names))
