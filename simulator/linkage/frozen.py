"""A model learnt elsewhere, held fixed, so that only what changed in the records changes links.

Comparing two designs, part of a difference is that the second adversary LEARNS something else from
its records. With m, u, the prior and the commonness of values taken over from the first design,
a pair of records that reads the same in both designs weighs the same in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.chance import Chance
from simulator.linkage.rarity import RARITY
from simulator.linkage.weights import Model, fit, possible, sources_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.linkage.encoding import Flags, Floats, Rows
    from simulator.linkage.patterns import Patterns
    from simulator.linkage.record_table import RecordTable


def frozen_model(given: Model, table: RecordTable, patterns: Patterns) -> Model:
    """Return `given` as the model of other records.

    Pairs of sources are found by their names, in either order; sources may have gone. Trained anew
    on the records at hand is what was never learnt: pairs of sources that were not compared before,
    and comparisons that a pair of sources could not make before. A comparison that was possible and
    never had to be made (the year of birth, where everybody had the whole date) is taken over: it
    rests on what other sources and the declared probabilities say. How names are read (the other
    sources show which word of a display name is a surname) and which pairs of records are compared
    at all is found out anew.

    Parameters
    ----------
    given : Model
        What was learnt from the first records.
    table, patterns
        The records to link, and their candidate pairs.
    """
    between, old = sources_between(table), given
    places = {sources: place for place, sources in enumerate(old.between)}
    kinds = np.array([places.get(sources, -1) for sources in between], dtype=np.int64)
    names = [comparison.name for comparison in patterns.comparisons]
    now = {c.name: possible(table, c) for c in patterns.comparisons}
    known = {
        name: (kinds >= 0) & old.possible[name][kinds]
        if name in old.possible
        else np.zeros(len(kinds), dtype=np.bool_)
        for name in names
    }
    complete = (
        bool((kinds >= 0).all())
        and all((known[name] | ~now[name]).all() for name in names)
        and all(
            name in old.counted
            for name in names
            if name in RARITY and RARITY[name][0] in table.columns
        )
    )
    new = None if complete else fit(table, patterns)

    def rows(of: Callable[[Model], Floats | None], are_known: Flags) -> Floats:
        return _rows(of(old), None if new is None else of(new), kinds, are_known)

    def per_comparison(of: Callable[[Model], Mapping[str, Floats]]) -> dict[str, Floats]:
        before, after = of(old), of(new) if new else {}
        return {
            name: _rows(before.get(name), after.get(name), kinds, are_known)
            for name, are_known in known.items()
        }

    household = None
    if {"surname", "residence"} <= set(names):
        both = known["surname"] & known["residence"]
        household = rows(lambda model: model.chance.household, both)
    return Model(
        m=per_comparison(lambda model: model.m),
        chance=Chance(per_comparison(lambda model: model.chance.u), household),
        matches=rows(lambda model: model.matches, kinds >= 0),
        odds=rows(lambda model: model.odds, kinds >= 0),
        counted={**(new.counted if new else {}), **old.counted},
        between=between,
        possible=now,
        declared=_declared(old, new, known),
    )


def _declared(old: Model, new: Model | None, known: Mapping[str, Flags]) -> tuple[str, ...]:
    """Return the comparisons that were declared before, or are where something is trained anew."""
    anew = new.declared if new is not None else ()
    return tuple(
        name
        for name, are_known in known.items()
        if name in old.declared or (name in anew and not are_known.all())
    )


def _rows(old: Floats | None, new: Floats | None, kinds: Rows, known: Flags) -> Floats:
    """Return the rows of known pair types as they were, the others as they are now."""
    if new is None:
        assert old is not None  # nothing is trained anew only where everything is known
        return np.asarray(old[kinds])
    if old is None:
        return new
    taken = new.copy()
    taken[known] = old[kinds[known]]
    return taken
