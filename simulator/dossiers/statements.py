"""What every record says, encoded, and whether it says who it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.dossiers.encoding import MISSING, Codes, Flags, factorise, look_up
from simulator.dossiers.finest import GARBLED, RIGHT, StatedForms, finest_forms
from simulator.dossiers.ground import LEGAL_NAME, Ground
from simulator.dossiers.names import written_name
from simulator.dossiers.records import Cells, Columns, subjects_of_cells, subjects_of_records
from simulator.row_order import in_code_order
from simulator.tables import RECORD_DATE

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers
    from simulator.tables import Collected

NAME_COLUMNS = ("full_name", "first_name", "last_name", "display_name")


@dataclass(frozen=True)
class Statements:
    """Every cell that can state a fact. R records sorted by record_id, M statements.

    Attributes
    ----------
    record_id, source, row, day : arrays of int64, shape (R,)
        The record, the rank of its source in scenario order, the row in `Ground` of the entity it
        is about, and the rank of its record_date (later is greater, -1 where it has none).
    states_name : array of bool, shape (R,)
        Its own fields state its subject's present legal name.
    carries_name : array of bool, shape (R,)
        They state its subject's present or former legal name: the record counts for ownership. A
        name with a typing error does not: nothing in it says which name was meant.
    cells : Cells, M of them
        A code beyond the ground's V is a value that is and was true of nobody.
    subject : array of int64, shape (M,)
        Row of the entity that the cell is about.
    is_or_was_true : array of bool, shape (M,)
        Of the cell's subject.
    codes_count : int
    alone_record, alone_fact, alone_credit : arrays
        What single records that state their subject's legal name earn: record, fact, credit (> 0);
        sorted by entity, then fact.
    """

    record_id: Integers
    source: Integers
    row: Integers
    day: Integers
    states_name: Flags
    carries_name: Flags
    cells: Cells
    subject: Integers
    is_or_was_true: Flags
    codes_count: int
    alone_record: Integers
    alone_fact: Integers
    alone_credit: Floats

    @cached_property
    def by_value(self) -> npt.NDArray[np.int32]:
        """Return the cells in order of form, code and source, so that equal values stand together.

        Found once, whatever is joined: a dossier's cells, picked in this order, need no sorting.
        """
        order = np.arange(len(self.cells.record), dtype=np.int32)
        for codes in (self.source[self.cells.record], self.cells.code, self.cells.form):
            places, _ = in_code_order(codes.take(order).astype(np.int32), codes.max(initial=-1) + 1)
            order = order.take(places)
        return order


def statements(ground: Ground, collected: Collected) -> Statements:
    """Encode every record; computed once per population, whatever is joined later.

    Parameters
    ----------
    ground : Ground
    collected : Collected

    Returns
    -------
    Statements

    Raises
    ------
    ValueError
        If a record has no row in the truth that speaks for the whole record.
    """
    columns = Columns(ground, collected)
    row = subjects_of_records(ground, collected.truth, columns.record_id)
    names, states_name, carries_name = _read_names(ground, columns, row)
    cells, codes_count = _encoded_cells(ground, columns, names)
    subject, kept = subjects_of_cells(ground, collected.truth, columns.record_id, cells, row)
    cells, subject = cells.take(kept), subject[kept]
    is_or_was_true = ground.is_right(cells.form, subject, cells.code)
    others = np.flatnonzero(~is_or_was_true)
    is_or_was_true[others] = ground.was_right(subject[others], cells.code[others])
    alone_record, alone_fact, alone_credit = _alone(ground, row, states_name, cells)
    return Statements(
        record_id=columns.record_id,
        source=columns.source,
        row=row,
        day=_rank_of_days(columns.whole(RECORD_DATE)),
        states_name=states_name,
        carries_name=carries_name,
        cells=cells,
        subject=subject,
        is_or_was_true=is_or_was_true,
        codes_count=codes_count,
        alone_record=alone_record,
        alone_fact=alone_fact,
        alone_credit=alone_credit,
    )


def _encoded_cells(ground: Ground, columns: Columns, names: pa.Array) -> tuple[Cells, int]:
    """Return every cell that is not missing, and how many codes there are."""
    codes_count = int(ground.offset[-1])
    parts = []
    for form, column in enumerate(ground.forms):
        if column == LEGAL_NAME:
            values, record = names, np.arange(len(names))
        else:
            values, record = columns.cells(column)
        code, codes_count = _encode(ground, form, values, codes_count)
        stated = code != MISSING
        parts.append((record[stated], np.full(int(stated.sum()), form), code[stated]))
    cells = Cells(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    return cells.take(np.argsort(cells.record * len(ground.forms) + cells.form)), codes_count


def _rank_of_days(days: pa.Array) -> Integers:
    codes, distinct = factorise(days)
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[pc.sort_indices(distinct).to_numpy()] = np.arange(len(distinct))
    return np.where(codes == MISSING, MISSING, rank[codes]) if len(distinct) else codes


def _read_names(ground: Ground, columns: Columns, row: Integers) -> tuple[pa.Array, Flags, Flags]:
    """Return the name on each record, and whether it is its subject's (present, ever) legal name.

    A legal name is returned as "first last" however it is written, so that records that agree on
    it agree as text. A display name that is no legal name of its subject claims to be none.
    """
    full, first, last, display = (pc.utf8_lower(columns.whole(name)) for name in NAME_COLUMNS)
    written = (full, written_name(first, last), display)
    code = np.full(len(row), MISSING)
    states = np.zeros(len(row), dtype=np.bool_)
    for candidate in written:
        read, is_present = ground.names.read(candidate, row)
        better = is_present | ((code == MISSING) & (read != MISSING))
        code = np.where(better & ~states, read, code)
        states |= is_present
    legal = ground.names.names.take(pa.array(code, mask=code == MISSING))
    return pc.coalesce(legal, *written[:2]), states, code != MISSING


def _encode(ground: Ground, form: int, values: pa.Array, codes_count: int) -> tuple[Codes, int]:
    """Return value codes, those never true of anyone from `codes_count` on, and the new count."""
    code = look_up(values, ground.vocabulary[form])
    unseen = np.flatnonzero((code == MISSING) & pc.is_valid(values).to_numpy(zero_copy_only=False))
    code = np.where(code == MISSING, MISSING, code + ground.offset[form])
    fresh, distinct = factorise(values.take(pa.array(unseen)))
    code[unseen] = fresh + codes_count
    return code, codes_count + len(distinct)


def _alone(
    ground: Ground, row: Integers, states_name: Flags, cells: Cells
) -> tuple[Integers, Integers, Floats]:
    """Return what each record that states its subject's legal name earns by itself."""
    cells = cells.take(states_name[cells.record])
    right = ground.is_right(cells.form, row[cells.record], cells.code)
    status = np.where(right, RIGHT, GARBLED)
    # who gives a value, and at which gate, plays no part here
    once = np.ones(len(status), dtype=np.int64)
    alone = StatedForms(cells.record, cells.form, cells.code, status, once, once)
    finest = finest_forms(ground, alone)
    finest = finest.take(np.flatnonzero(finest.status == RIGHT))
    entity, fact = row[finest.holder], ground.fact_of_form[finest.form]
    credit = ground.credit_if_right(finest.form, entity)
    order = np.lexsort((fact, entity))
    order = order[credit[order] > 0]
    return finest.holder[order], fact[order], credit[order]
