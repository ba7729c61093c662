"""The comparisons: in how many ways two records can agree on something, and what each is called.

A comparison is one function in `levels.py` and one entry in `COMPARISONS`; the columns it reads say
for which pairs of sources it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from simulator.linkage import levels

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from simulator.linkage.encoding import Rows
    from simulator.linkage.levels import Levels
    from simulator.linkage.record_table import RecordTable


@dataclass(frozen=True)
class Comparison:
    """One comparison.

    Attributes
    ----------
    name : str
    columns : tuple of str
        Standardised columns it reads; it is used where both sources fill at least one of them.
    levels : tuple of str
        What each level says, from level 1 (they differ) upwards.
    declared_m : tuple of float
        Probability of each level for two records of one entity, assumed before any learning.
    compare : function (table, left rows, right rows) -> int8 levels
    personal : int or None
        The least level at which agreement is about the person and not the household.
    personal_within : int or None
        The same between records of one source, where nothing about the person differs.
    token : int or None
        The least level at which agreement speaks for itself where two records hold nothing that
        is about the person: a bare telephone number, a plate.
    aside : tuple of int
        Levels that are agreement of another sort and no step between their neighbours: such a one
        may say more than the next.
    """

    name: str
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    declared_m: tuple[float, ...]
    compare: Callable[[RecordTable, Rows, Rows], Levels]
    personal: int | None = None
    personal_within: int | None = None
    token: int | None = None
    aside: tuple[int, ...] = ()


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "given",
        ("given",),
        ("differ", "similar", "initial", "sounds alike", "close", "nickname", "exact"),
        (0.05, 0.015, 0.01, 0.015, 0.05, 0.07, 0.79),
        levels.given,
        personal=2,
        aside=(6,),
    ),
    Comparison(
        "surname",
        ("surname",),
        ("differ", "similar", "initial", "one part", "sounds alike", "close", "exact"),
        (0.05, 0.015, 0.01, 0.02, 0.015, 0.05, 0.84),
        levels.surname,
        personal_within=6,
        aside=(4,),
    ),
    Comparison(
        "residence",
        ("zip_code", "city", "street", "address"),
        ("elsewhere", "same city", "same ZIP", "same street", "near the door", "same door"),
        (0.12, 0.06, 0.06, 0.03, 0.05, 0.68),
        levels.residence,
    ),
    Comparison(
        "middle",
        ("middle",),
        ("differ", "initial", "close", "exact"),
        (0.08, 0.10, 0.04, 0.78),
        levels.middle,
    ),
    Comparison(
        "sex", ("sex",), ("differ", "exact"), (0.02, 0.98), partial(levels.exact, column="sex")
    ),
    Comparison(
        "birth_date",
        ("birth_date",),
        ("differ", "year or day", "one slip", "exact"),
        (0.02, 0.03, 0.07, 0.88),
        levels.birth,
        personal=3,
    ),
    Comparison(
        "birth_month_day",
        ("birth_month_day",),
        ("differ", "exact"),
        (0.07, 0.93),
        partial(levels.unless_both_dates, column="birth_month_day"),
        personal=2,
    ),
    Comparison(
        "birth_year",
        ("birth_year",),
        ("differ", "exact"),
        (0.07, 0.93),
        partial(levels.unless_both_dates, column="birth_year"),
    ),
    Comparison(
        "phone",
        ("phone",),
        ("differ", "one slip", "exact"),
        (0.25, 0.05, 0.70),
        partial(levels.with_one_edit, column="phone"),
        token=3,
    ),
    Comparison(
        "online",
        ("online",),
        ("differ", "close", "same name", "same e-mail"),
        (0.30, 0.05, 0.15, 0.50),
        levels.online,
        personal=3,
    ),
    Comparison(
        "national_id",
        ("national_id",),
        ("differ", "one slip", "exact"),
        (0.03, 0.07, 0.90),
        partial(levels.with_one_edit, column="national_id"),
        personal=2,
    ),
    Comparison(
        "licence_number",
        ("licence_number",),
        ("differ", "one slip", "exact"),
        (0.05, 0.05, 0.90),
        partial(levels.with_one_edit, column="licence_number"),
        personal=2,
    ),
    Comparison(
        "plate",
        ("plate",),
        ("differ", "one slip", "exact"),
        (0.10, 0.10, 0.80),
        partial(levels.with_one_edit, column="plate"),
        token=2,
    ),
    Comparison(
        "national_id_last4",
        ("national_id_last4",),
        ("differ", "exact"),
        (0.05, 0.95),
        levels.last_four,
    ),
    Comparison(
        "device",
        ("device",),
        ("differ", "exact"),
        (0.05, 0.95),
        partial(levels.exact, column="device"),
        token=2,
    ),
    Comparison(
        "card",
        ("card",),
        ("differ", "exact"),
        (0.05, 0.95),
        partial(levels.exact, column="card"),
        token=2,
    ),
    Comparison(
        "routine",
        ("home_area", "work_area"),
        ("elsewhere", "same square by day", "same square at night", "same squares night and day"),
        (0.15, 0.10, 0.25, 0.50),
        levels.routine,
        token=4,
    ),
    Comparison(
        "face",
        ("face",),
        ("differ", "alike", "same face"),
        (0.03, 0.02, 0.95),
        levels.face,
        personal=3,
    ),
    Comparison(
        "employer",
        ("employer",),
        ("differ", "close", "exact"),
        (0.25, 0.05, 0.70),
        partial(levels.with_similar, column="employer"),
    ),
    Comparison(
        "birth_place", ("birth_place",), ("differ", "close", "exact"), (0.10, 0.05, 0.85),
        partial(levels.with_similar, column="birth_place"),
    ),
    Comparison(
        "occupation", ("occupation",), ("differ", "close", "exact"), (0.30, 0.05, 0.65),
        partial(levels.with_similar, column="occupation"),
        personal=3,
    ),
)  # fmt: skip


def comparisons_for(
    table: RecordTable, names: Collection[str] | None = None
) -> tuple[Comparison, ...]:
    """Return the comparisons (of those named) that at least one pair of sources can make.

    Raises
    ------
    ValueError
        If a name is not that of a comparison.
    """
    known = [comparison.name for comparison in COMPARISONS]
    strangers = sorted(set(names or ()) - set(known))
    if strangers:
        raise ValueError(
            f"no such comparison: {', '.join(strangers)}; there are {', '.join(known)}"
        )
    filled = table.filled

    def usable(comparison: Comparison) -> bool:
        return any(
            filled[name][a] and filled[name][b]
            for name in comparison.columns
            if name in filled
            for a, b in table.pair_types
        )

    return tuple(c for c in COMPARISONS if (names is None or c.name in names) and usable(c))
