"""The ground truth, encoded: what there is to know, and what is or was true of whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.distinct import distinct
from simulator.dossiers.birth_dates import Dates
from simulator.dossiers.credit import bits_by_code, share_of_exact
from simulator.dossiers.demand import demands
from simulator.dossiers.encoding import (
    MISSING,
    Codes,
    Flags,
    arrow_text,
    days_as_text,
    factorise,
    is_among,
)
from simulator.dossiers.names import LegalNames, legal_names
from simulator.tables import FACT_FORMS

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers
    from simulator.scenario.schema import Scenario
    from simulator.tables import Population

ADDRESS_FORMS = FACT_FORMS["home_address"]
BIRTH_DATE_PARTS = {"birth_date": (0, 10), "birth_year": (0, 4), "birth_month_day": (5, 10)}
"""Where each form of the date of birth begins and ends in ``YYYY-MM-DD``."""
ALSO_TRUE = {"handle": "second_handle"}
"""Forms of which a second value is true of a person, and the column of `people` that holds it."""
LEGAL_NAME = "full_name"
"""The form of the legal name; `statements` reads it from every name column of a record."""


@dataclass(frozen=True)
class Ground:
    """What is true, as integer codes. F forms, n entities (residents and outsiders), V values.

    Attributes
    ----------
    sources : tuple of str
        Every source of the scenario, in its order.
    person_level : array of bool, one per source
        Whether a record stands for a person and not for an event in a life.
    entity_id : array of int64, shape (n,)
        Sorted; an entity's row is its position here.
    facts : tuple of str
        Ordinary facts, then sensitive ones.
    weights, sensitive : arrays, one per fact
        Its weight (>= 0), and whether it can do harm.
    forms : tuple of str, length F
        The columns that can state a fact, grouped by fact, the finest first.
    fact_of_form, exact_form : arrays of int64
        The fact of each form, and the finest form of each fact.
    quasi_identifiers : tuple of str
        Those of the forms that tell people apart without saying who they are.
    demand : array of int64, shape (sources, F)
        What each source asks for each form; see `simulator.dossiers.demand`.
    vocabulary : tuple of Arrow text, length F
        The values that are or were true, per form; the code of a value is `offset[form]` plus its
        position.
    offset : array of int64, shape (F + 1,)
        The last entry is V.
    present : array of int64, shape (F, n)
        Code of the value true at ``as_of``; -1 for none.
    past : array of int64, sorted
        Entity row x V + code, for every value that was true before.
    also : array of int64, sorted
        The same for values that are true beside the present one (a second account's handle).
    dates : Dates
        Which year and which day of birth make which date.
    bits : array of float64, shape (V,)
        log2(N / crowd) of each value, over all n entities.
    names : LegalNames
    true_weight : array of float64, shape (n,)
        Weight of the facts true of each entity.
    """

    sources: tuple[str, ...]
    person_level: Flags
    entity_id: Integers
    facts: tuple[str, ...]
    weights: Floats
    sensitive: Flags
    forms: tuple[str, ...]
    fact_of_form: Integers
    exact_form: Integers
    quasi_identifiers: tuple[str, ...]
    demand: Integers
    vocabulary: tuple[pa.Array, ...]
    offset: Integers
    present: Codes
    past: Integers
    also: Integers
    dates: Dates
    bits: Floats
    names: LegalNames
    true_weight: Floats

    def is_right(self, form: Integers, row: Integers, code: Codes) -> Flags:
        """Return whether each value is true of the entity now."""
        right = np.asarray(self.present[form, row] == code, dtype=np.bool_)
        others = np.flatnonzero(~right)
        right[others] = self._is_of(row[others], code[others], self.also)
        return right

    def was_right(self, row: Integers, code: Codes) -> Flags:
        """Return whether each value was true of the entity before."""
        return self._is_of(row, code, self.past)

    def _is_of(self, row: Integers, code: Codes, keys: Integers) -> Flags:
        known = code < self.offset[-1]
        key = row * self.offset[-1] + np.where(known, code, 0)
        return np.asarray(known & is_among(key, keys), dtype=np.bool_)

    def credit_if_right(self, form: Integers, row: Integers) -> Floats:
        """Return what the true value of `form` earns, in the unit of the weights.

        Weight x log2(N / crowd of the value) / log2(N / crowd of the exact value), at most the
        weight; 0 where the entity has no exact value, for then the fact is not true of it.
        """
        fact = self.fact_of_form[form]
        exact = self.present[self.exact_form[fact], row]
        value = self.present[form, row]
        share = np.zeros(len(form))
        both = (exact >= 0) & (value >= 0)
        share[both] = share_of_exact(self.bits[value[both]], self.bits[exact[both]])
        return np.asarray(self.weights[fact] * share, dtype=np.float64)


def ground(scenario: Scenario, population: Population) -> Ground:
    """Encode what is and was true of everyone; computed once per population.

    A fact is true of an entity if the column of its exact form is not missing.

    Parameters
    ----------
    scenario : Scenario
        Its facts and weights say what counts, its sources in which order they come.
    population : Population

    Returns
    -------
    Ground
    """
    people = population.people.sort_index()
    forms_of: dict[str, tuple[str, ...]] = {fact: FACT_FORMS[fact] for fact in scenario.facts}
    forms_of |= {fact: (fact,) for fact in scenario.sensitive_facts}
    facts = tuple(forms_of)
    forms = tuple(form for fact in facts for form in forms_of[fact])
    fact_of_form = np.repeat(np.arange(len(facts)), [len(forms_of[fact]) for fact in facts])
    ordinary = [fact.weight for fact in scenario.facts.values()]
    weights = np.array(ordinary + [fact.weight for fact in scenario.sensitive_facts.values()])
    exact_form = np.searchsorted(fact_of_form, np.arange(len(facts)))
    past = _PastValues(people, population)
    names = legal_names(people, *past.of("last_name"))
    encoded = [_encode_form(form, people, population, past, names) for form in forms]
    offset = np.cumsum([0, *(len(form.vocabulary) for form in encoded)])
    present = np.stack(
        [_shifted(form.present, start) for form, start in zip(encoded, offset[:-1], strict=True)]
    )
    starts = list(zip(encoded, offset[:-1], strict=True))
    past_keys = [
        (form.past_row * offset[-1] + form.past_code + start)[form.past_code != MISSING]
        for form, start in starts
    ]
    also_keys = [
        (np.arange(len(form.also)) * offset[-1] + form.also + start)[form.also != MISSING]
        for form, start in starts
    ]
    return Ground(
        sources=tuple(scenario.sources),
        person_level=~np.isin(list(scenario.sources), scenario.attaching()),
        entity_id=people.index.to_numpy(),
        facts=facts,
        weights=weights,
        sensitive=np.arange(len(facts)) >= len(ordinary),
        forms=forms,
        fact_of_form=fact_of_form,
        exact_form=exact_form,
        quasi_identifiers=scenario.quasi_identifiers(),
        demand=demands(scenario, forms),
        vocabulary=tuple(form.vocabulary for form in encoded),
        offset=offset,
        present=present,
        past=distinct(np.concatenate(past_keys)),
        also=distinct(np.concatenate(also_keys)),
        dates=_dates(forms, present, int(offset[-1])),
        bits=np.concatenate([bits_by_code(f.present, len(f.vocabulary)) for f in encoded]),
        names=names,
        true_weight=weights @ (present[exact_form] != MISSING),
    )


def _dates(forms: tuple[str, ...], present: Codes, codes_count: int) -> Dates:
    none = np.zeros(0, dtype=np.int64)
    parts = (none, none, none)
    if "birth_date" in forms:
        parts = tuple(present[forms.index(form)] for form in BIRTH_DATE_PARTS)
    return Dates.of(*parts, codes_count)


@dataclass(frozen=True)
class _EncodedForm:
    """One form's true values, as positions in its own vocabulary."""

    vocabulary: pa.Array
    present: Codes
    past_row: Integers
    past_code: Codes
    also: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


class _PastValues:
    """The values that were true before, by the column of `people` that holds the present one."""

    def __init__(self, people: pd.DataFrame, population: Population) -> None:
        history = population.history
        row = people.index.get_indexer(pd.Index(history["entity_id"]))
        field = history["field"].to_numpy(dtype=object)
        self._row = row
        self._value = arrow_text(history["value"])
        self._of_field = {name: np.flatnonzero(field == name) for name in pd.unique(field)}

    def of(self, field: str) -> tuple[Integers, pa.Array]:
        """Return the row of `people` and the former value, per spell of `field`."""
        spells = self._of_field.get(field, np.zeros(0, dtype=np.int64))
        return self._row[spells], self._value.take(pa.array(spells))


def _encode_form(
    form: str, people: pd.DataFrame, population: Population, past: _PastValues, names: LegalNames
) -> _EncodedForm:
    if form == LEGAL_NAME:
        return _EncodedForm(names.names, names.present, names.past_row, names.past_code)
    also = pa.nulls(0, pa.large_string())
    if form in ADDRESS_FORMS:
        addresses = population.addresses
        by_address = arrow_text(addresses[form])
        past_row, past_id = past.of("address_id")
        now = addresses.index.get_indexer(pd.Index(people["address_id"]))
        before = addresses.index.get_indexer(pd.Index(past_id.cast(pa.int64()).to_numpy()))
        present, former = by_address.take(pa.array(now)), by_address.take(pa.array(before))
    elif form in BIRTH_DATE_PARTS:
        days = days_as_text(people["birth_date"])
        present = pc.utf8_slice_codeunits(days, *BIRTH_DATE_PARTS[form])
        past_row, former = np.zeros(0, dtype=np.int64), present.slice(0, 0)
    else:
        present = arrow_text(people[form])
        past_row, former = past.of(form)
        if form in ALSO_TRUE:
            also = arrow_text(people[ALSO_TRUE[form]])
    codes, vocabulary = factorise(pa.concat_arrays([present, former, also]))
    now, before, beside = np.split(codes, np.cumsum([len(present), len(former)]))
    return _EncodedForm(vocabulary, now, past_row, before, beside)


def _shifted(codes: Codes, start: int) -> Codes:
    return np.where(codes == MISSING, MISSING, codes + start)
