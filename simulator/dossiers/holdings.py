"""What lists state rightly, and of whom: fact by fact, before anything is joined.

Only records about the person count, each by itself: a year and a day of birth in two records make
no date. A record states a fact in the finest form that it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.encoding import MISSING
from simulator.dossiers.finest import GARBLED, RIGHT, StatedForms, finest_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator.dossiers.encoding import Flags
    from simulator.dossiers.ground import Ground
    from simulator.dossiers.statements import Statements
    from simulator.randomness import Floats, Integers


@dataclass(frozen=True)
class Holdings:
    """What each of n holders (one source or several) states rightly of P people, F facts.

    Attributes
    ----------
    facts : tuple of str
    true : array of bool, shape (P, F)
        Whether the fact is true of the person.
    right, named, coarse : arrays of bool, shape (n, P, F)
        Some record states the fact rightly in its exact form; such a record itself states the
        person's legal name; some record states it rightly in a coarser form (the ZIP code of the
        home, the year of birth).
    credit : array of float64, shape (n, P, F)
        The most that one record earns of the fact / weight of all facts true of the person.
    names : array of bool, shape (n, P)
        Some record carries the person's legal name, so that a dossier can be theirs by it.
    """

    facts: tuple[str, ...]
    true: Flags
    right: Flags
    named: Flags
    coarse: Flags
    credit: Floats
    names: Flags

    def counts(self) -> pd.DataFrame:
        """Count people, per holder and fact.

        Returns
        -------
        DataFrame
            ``holder`` (int64, from 0), ``fact``, ``true_count`` (people of whom the fact is true)
            and of these ``right_count``, ``named_count`` and ``coarse_count`` (in a coarser form
            only).
        """
        holders, _, facts_count = self.right.shape
        return pd.DataFrame(
            {
                "holder": np.repeat(np.arange(holders), facts_count),
                "fact": list(self.facts) * holders,
                "true_count": np.tile(self.true.sum(axis=0), holders),
                "right_count": (self.right & self.true).sum(axis=1).ravel(),
                "named_count": (self.named & self.true).sum(axis=1).ravel(),
                "coarse_count": (self.coarse & ~self.right & self.true).sum(axis=1).ravel(),
            }
        )


def find_holdings(
    ground: Ground, statements: Statements, holders: Sequence[Collection[str]], among: Integers
) -> Holdings:
    """Find what each holder states rightly.

    Parameters
    ----------
    ground : Ground
    statements : Statements
    holders : sequence of collection of str
        The sources of each holder, no source twice.
    among : array of int64
        entity_id of the people who count.
    """
    people = np.searchsorted(ground.entity_id, among)
    shape = (len(holders), len(people), len(ground.facts))
    holder_of = np.full(len(ground.sources), MISSING)
    for number, sources in enumerate(holders):
        holder_of[[ground.sources.index(name) for name in sources]] = number
    place = np.full(len(ground.entity_id), MISSING)
    place[people] = np.arange(len(people))
    holder, person = holder_of[statements.source], place[statements.row]
    counts = (holder >= 0) & (person >= 0)

    record, form = _rightly_stated(ground, statements, np.flatnonzero(counts))
    fact = ground.fact_of_form[form]
    exact = form == ground.exact_form[fact]
    at = (holder[record], person[record], fact)

    def flags(chosen: Flags) -> Flags:
        found = np.zeros(shape, dtype=np.bool_)
        found[tuple(index[chosen] for index in at)] = True
        return found

    credit = np.zeros(shape)
    np.maximum.at(credit, at, ground.credit_if_right(form, statements.row[record]))
    weight = ground.true_weight[people]
    names = np.zeros(shape[:2], dtype=np.bool_)
    naming = counts & statements.carries_name & ground.person_level[statements.source]
    names[holder[naming], person[naming]] = True
    return Holdings(
        facts=ground.facts,
        true=ground.present[ground.exact_form][:, people].T != MISSING,
        right=flags(exact),
        named=flags(exact & statements.states_name[record]),
        coarse=flags(~exact),
        credit=credit / np.where(weight > 0, weight, 1.0)[:, None],
        names=names,
    )


def _rightly_stated(
    ground: Ground, statements: Statements, records: Integers
) -> tuple[Integers, Integers]:
    """Return record and form of each fact that one of the records states rightly."""
    cells = statements.cells
    cells = cells.take(np.isin(cells.record, records))
    right = ground.is_right(cells.form, statements.row[cells.record], cells.code)
    # who gives a value, and at which gate, plays no part here
    once = np.ones(len(right), dtype=np.int64)
    status = np.where(right, RIGHT, GARBLED)
    stated = finest_forms(
        ground, StatedForms(cells.record, cells.form, cells.code, status, once, once)
    )
    stated = stated.take(np.flatnonzero(stated.status == RIGHT))
    return stated.holder, stated.form
