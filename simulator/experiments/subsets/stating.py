"""What each block's records state, and of whom it is true: arrays for the compiled path."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.dossiers.encoding import run_starts
from simulator.dossiers.finest import GARBLED, OUTDATED, RIGHT
from simulator.dossiers.ground import LEGAL_NAME
from simulator.dossiers.review import reviewing
from simulator.experiments.subsets.runs import Masks, entries, offsets, united

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.dossiers.encoding import Flags
    from simulator.dossiers.ground import Ground
    from simulator.experiments.subsets.members import Members
    from simulator.experiments.subsets.town import LinkedTown
    from simulator.randomness import Floats, Integers

NOBODY = -1


class Stating(NamedTuple):
    """Block b has the entries from ``x_start[b]`` up to ``x_start[b + 1]`` of each kind x.

    Attributes
    ----------
    record_start, record_seniority, record_day : arrays of int64
        Of each record how early its record_id and how late its date comes: the greater, the more.
    record_source : array of uint64
        All records of the block from the same source.
    bearer_start, residents_count, bearer_resident : arrays of int64
        Whose legal names the records carry: a block's residents, as rows of all residents, then
        the others, -1.
    bearer_records : array of uint64
        The records that carry the bearer's name.
    slot_start, slot_form : arrays of int64
        The forms of facts that the block states, in the order of `Ground.forms`.
    value_start : array of int64
        The values of each slot: entries from ``value_start[slot]``.
    value_records, value_true : arrays of uint64
        The records that give the value, and those of whose subject it is or was true.
    status : array of int8
        Of the value v and the bearer a, a resident: right, outdated or garbled, at
        ``status_offset[a] + v``.
    status_offset : array of int64
    fact_of_form : array of int64
    credit : array of float64, shape (residents, forms)
        Share of the whole (0 to 1) that the right value of the form earns.
    struck : array of bool, shape (residents, facts)
        Whether who reviews the file finds out an untrue fact.
    least_sources : array of int64, one per form
        Sources that must give a value for it to stand.
    date_form, year_form, day_form : int
        Forms of the date of birth; -1 where it is no fact.
    """

    record_start: Integers
    record_seniority: Integers
    record_day: Integers
    record_source: Masks
    bearer_start: Integers
    residents_count: Integers
    bearer_resident: Integers
    bearer_records: Masks
    slot_start: Integers
    slot_form: Integers
    value_start: Integers
    value_records: Masks
    value_true: Masks
    status: npt.NDArray[np.int8]
    status_offset: Integers
    fact_of_form: Integers
    credit: Floats
    struck: Flags
    least_sources: Integers
    date_form: int
    year_form: int
    day_form: int


def stating(town: LinkedTown, held: Members, day: Integers, residents: Integers) -> Stating:
    """Lay out what is stated, block by block.

    Parameters
    ----------
    town : LinkedTown
    held : Members
    day : array of int64, one per record
        From `Houses`.
    residents : array of int64
        Rows of the population, sorted.
    """
    known = town.true_facts
    bearer_block, bearer_row, bearer_records = _bearers(town, held, residents)
    is_resident = np.isin(bearer_row, residents)
    value_block, form, code, value_records, value_true = _values(town, held)
    slots = run_starts(value_block * len(known.forms) + form)
    values_from = offsets(value_block, held.blocks_count)
    who = np.flatnonzero(is_resident)
    length = np.diff(values_from)[bearer_block[who]]
    value = entries(values_from[bearer_block[who]], length)
    status_offset = np.zeros(len(bearer_block), dtype=np.int64)
    status_offset[who] = np.cumsum(length) - length - values_from[bearer_block[who]]
    struck, least_sources = _review(town, residents)
    return Stating(
        record_start=held.start,
        record_seniority=-held.record,
        record_day=day[held.record],
        record_source=_same_source(held),
        bearer_start=offsets(bearer_block, held.blocks_count),
        residents_count=np.bincount(bearer_block[who], minlength=held.blocks_count),
        bearer_resident=np.where(is_resident, np.searchsorted(residents, bearer_row), NOBODY),
        bearer_records=bearer_records,
        slot_start=offsets(value_block[slots], held.blocks_count),
        slot_form=form[slots],
        value_start=np.append(slots, len(form)),
        value_records=value_records,
        value_true=value_true,
        status=_status(known, np.repeat(bearer_row[who], length), form[value], code[value]),
        status_offset=status_offset,
        fact_of_form=known.fact_of_form,
        credit=_credit_shares(known, residents),
        struck=struck,
        least_sources=least_sources,
        **{f"{name}_form": at for name, at in _birth_forms(known).items()},
    )


def _bearers(
    town: LinkedTown, held: Members, residents: Integers
) -> tuple[Integers, Integers, Masks]:
    """Return each block, whose name it carries, and where; a block's residents first."""
    stated, known = town.stated, town.true_facts
    carries = stated.carries_name & known.person_level[stated.source]
    named = np.flatnonzero(carries[held.record])
    row, block = stated.row[held.record[named]], held.block[named]
    order = np.lexsort((row, ~np.isin(row, residents), block))
    named, row, block = named[order], row[order], block[order]
    starts = run_starts(block * len(known.entity_id) + row)
    return block[starts], row[starts], united(held.bit[named], starts)


def _values(town: LinkedTown, held: Members) -> tuple[Integers, Integers, Integers, Masks, Masks]:
    """Return block, form and code of every value stated, who gives it and of whom it is true.

    A fact that weighs nothing is nobody's exposure and nobody's harm, and is left out.
    """
    stated, known = town.stated, town.true_facts
    cells = stated.cells
    start = np.searchsorted(cells.record, np.arange(len(stated.record_id) + 1))
    length = np.diff(start)[held.record]
    cell = entries(start[held.record], length)
    member = np.repeat(np.arange(len(held.record)), length)
    weighs = known.weights[known.fact_of_form[cells.form[cell]]] > 0
    cell, member = cell[weighs], member[weighs]
    form, code = cells.form[cell], cells.code[cell]
    slot = held.block[member] * len(known.forms) + form
    key = slot * stated.codes_count + code
    order = np.argsort(key, kind="stable")
    starts = run_starts(key[order])
    bit = held.bit[member[order]]
    first = order[starts]
    true = np.where(stated.is_or_was_true[cell[order]], bit, np.uint64(0))
    return (
        held.block[member[first]],
        form[first],
        code[first],
        united(bit, starts),
        united(true, starts),
    )


def _status(known: Ground, row: Integers, form: Integers, code: Integers) -> npt.NDArray[np.int8]:
    status = np.full(len(row), GARBLED, dtype=np.int8)
    status[known.was_right(row, code)] = OUTDATED
    status[known.is_right(form, row, code)] = RIGHT
    return status


def _credit_shares(known: Ground, residents: Integers) -> Floats:
    forms = len(known.forms)
    row = np.repeat(residents, forms)
    credit = known.credit_if_right(np.tile(np.arange(forms), len(residents)), row)
    weight = known.true_weight[residents]
    # nobody can be exposed of whom nothing is true
    return credit.reshape(-1, forms) / np.where(weight > 0, weight, 1.0)[:, None]


def _same_source(held: Members) -> Masks:
    sources = int(held.source.max(initial=0)) + 1
    starts = run_starts(held.block * sources + held.source)
    lengths = np.diff(starts, append=len(held.block))
    return np.repeat(united(held.bit, starts), lengths)


def _review(town: LinkedTown, residents: Integers) -> tuple[Flags, Integers]:
    """Return which untrue facts of whom are struck out, and how many sources must give a value."""
    known, review = town.true_facts, reviewing(town.scenario)
    struck = np.zeros((len(residents), len(known.facts)), dtype=np.bool_)
    least_sources = np.ones(len(known.forms), dtype=np.int64)
    if review is not None:
        entity_id = known.entity_id[residents]
        for fact, name in enumerate(known.facts):
            draws = review.stream.child(name)
            struck[:, fact] = draws.chance(entity_id, review.rule.errors_found_share)
        least_sources[:] = review.rule.least_sources_count
        if LEGAL_NAME in known.forms:  # to which facts are attached
            name_form = known.forms.index(LEGAL_NAME)
            struck[:, known.fact_of_form[name_form]] = False
            least_sources[name_form] = 1
    return struck, least_sources


def _birth_forms(known: Ground) -> dict[str, int]:
    forms = {"date": "birth_date", "year": "birth_year", "day": "birth_month_day"}
    there = forms["date"] in known.forms
    return {name: known.forms.index(form) if there else NOBODY for name, form in forms.items()}
