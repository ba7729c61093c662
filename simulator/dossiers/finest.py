"""Which form of a fact counts when several are stated, and a birth date put together from parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.encoding import Codes, run_starts
from simulator.tables import STATUSES

if TYPE_CHECKING:
    from simulator.dossiers.ground import Ground
    from simulator.randomness import Integers

RIGHT, OUTDATED, SOMEBODY_ELSE, GARBLED = range(len(STATUSES))
"""Codes of the statuses."""
SEVERITY = np.array([0, 1, 3, 2])
"""Of a whole made of parts, the part with the greatest severity gives the status."""


@dataclass(frozen=True)
class StatedForms:
    """One stated value per holder (a dossier or a record) and form; parallel arrays.

    Attributes
    ----------
    holder, form, code, status, sources_count : arrays of int64
        Sorted by holder, then form; each pair once.
    demand : array of int64
        The least of `Ground.demand` over the sources that give the value.
    """

    holder: Integers
    form: Integers
    code: Codes
    status: Integers
    sources_count: Integers
    demand: Integers

    def take(self, rows: Integers) -> StatedForms:
        """Return some of the rows, in the given order."""
        return StatedForms(
            self.holder[rows],
            self.form[rows],
            self.code[rows],
            self.status[rows],
            self.sources_count[rows],
            self.demand[rows],
        )


def finest_forms(ground: Ground, stated: StatedForms) -> StatedForms:
    """Return one row per holder and fact: the finest form stated.

    Forms are numbered finest first, so the first row of each holder and fact is the finest. A year
    of birth and a day of birth, stated without a date, are first put together.
    """
    stated = _with_whole_birth_dates(ground, stated)
    fact = ground.fact_of_form[stated.form]
    return stated.take(run_starts(stated.holder * len(ground.facts) + fact))


def _with_whole_birth_dates(ground: Ground, stated: StatedForms) -> StatedForms:
    """Add the date that a year and a day of birth state together: the mosaic in one fact.

    The date is right if both parts are; else somebody else's if either part is; else garbled. Its
    code is that of the date, -1 where it is nobody's. It counts the sources of the part that fewer
    give, and demands as much as the part that demands more.
    """
    if "birth_date" not in ground.forms:
        return stated
    date, year, day = (
        ground.forms.index(form) for form in ("birth_date", "birth_year", "birth_month_day")
    )
    at_year = np.flatnonzero(stated.form[:-1] == year)
    at_year = at_year[
        (stated.form[at_year + 1] == day) & (stated.holder[at_year + 1] == stated.holder[at_year])
    ]
    # forms are sorted within a holder, so a stated date would stand just before the year
    before = np.maximum(at_year - 1, 0)
    has_date = (stated.form[before] == date) & (stated.holder[before] == stated.holder[at_year])
    at_year = at_year[~has_date]
    if len(at_year) == 0:
        return stated
    of_year, of_day = stated.status[at_year], stated.status[at_year + 1]
    worst = np.where(SEVERITY[of_year] >= SEVERITY[of_day], of_year, of_day)
    whole = StatedForms(
        holder=stated.holder[at_year],
        form=np.full(len(at_year), date),
        code=ground.dates.made_of(stated.code[at_year], stated.code[at_year + 1]),
        status=worst,
        sources_count=np.minimum(stated.sources_count[at_year], stated.sources_count[at_year + 1]),
        demand=np.maximum(stated.demand[at_year], stated.demand[at_year + 1]),
    )
    return StatedForms(
        holder=np.insert(stated.holder, at_year, whole.holder),
        form=np.insert(stated.form, at_year, whole.form),
        code=np.insert(stated.code, at_year, whole.code),
        status=np.insert(stated.status, at_year, whole.status),
        sources_count=np.insert(stated.sources_count, at_year, whole.sources_count),
        demand=np.insert(stated.demand, at_year, whole.demand),
    )
