"""The records of all sources side by side, and whom they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.dossiers.encoding import MISSING, arrow_text
from simulator.dossiers.ground import LEGAL_NAME

if TYPE_CHECKING:
    from simulator.dossiers.encoding import Codes, Flags
    from simulator.dossiers.ground import Ground
    from simulator.randomness import Integers
    from simulator.tables import Collected

WHOLE_RECORD = "*"
PARTS_OF_NAME = {"first_name": LEGAL_NAME, "last_name": LEGAL_NAME}
"""Columns that state no fact of their own but part of one: a truth about them is one about it."""
_NO_TEXT = pa.array([], pa.large_string())


class Columns:
    """The columns of all sources, with records numbered in order of record_id.

    Attributes
    ----------
    record_id : array of int64, sorted
    source : array of int64
        Rank of each record's source in scenario order.
    """

    def __init__(self, ground: Ground, collected: Collected) -> None:
        # sorted, so that the codes of new values do not depend on the order of rows
        self._frames = {
            name: collected.records[name].sort_index()
            for name in ground.sources
            if name in collected.records
        }
        sizes = [len(frame) for frame in self._frames.values()]
        rank = [ground.sources.index(name) for name in self._frames]
        record_id = np.concatenate(
            [np.zeros(0, np.int64), *(frame.index.to_numpy() for frame in self._frames.values())]
        )
        order = np.argsort(record_id)
        self.record_id = record_id[order]
        self.source = np.repeat(np.array(rank, dtype=np.int64), sizes)[order]
        position = np.empty(len(order), dtype=np.int64)
        position[order] = np.arange(len(order))
        ends = np.cumsum(np.array(sizes, dtype=np.int64))
        self._positions = {
            name: position[end - size : end]
            for name, size, end in zip(self._frames, sizes, ends, strict=True)
        }

    def cells(self, column: str) -> tuple[pa.Array, Integers]:
        """Return the cells of a column in every source that has it, and each one's record."""
        holders = [name for name, frame in self._frames.items() if column in frame.columns]
        values = [arrow_text(self._frames[name][column]) for name in holders]
        records = [np.zeros(0, np.int64), *(self._positions[name] for name in holders)]
        return pa.concat_arrays([_NO_TEXT, *values]), np.concatenate(records)

    def whole(self, column: str) -> pa.Array:
        """Return one cell per record, missing where its source has no such column."""
        values, records = self.cells(column)
        at = np.full(len(self.record_id), MISSING)
        at[records] = np.arange(len(records))
        return values.take(pa.array(at, mask=at == MISSING))


@dataclass(frozen=True)
class Cells:
    """Cells that state something; parallel arrays sorted by record, then form.

    Attributes
    ----------
    record, form, code : arrays of int64
        Position of the record, form of the fact, code of the value.
    """

    record: Integers
    form: Integers
    code: Codes

    def take(self, rows: Integers | Flags) -> Cells:
        """Return some of the cells."""
        return Cells(self.record[rows], self.form[rows], self.code[rows])


def subjects_of_records(ground: Ground, truth: pd.DataFrame, record_id: Integers) -> Integers:
    """Return the row in `ground` of the entity that each record is about.

    Raises
    ------
    ValueError
        If a record has no row, or several, that speaks for the whole record, or such a row has no
        record.
    """
    whole = truth.loc[truth["field"] == WHOLE_RECORD]
    ids, entity_id = whole["record_id"].to_numpy(), whole["entity_id"].to_numpy()
    order = np.argsort(ids)
    if not np.array_equal(ids[order], record_id):
        raise ValueError("the truth must name one subject for every record, and for no other")
    return np.searchsorted(ground.entity_id, entity_id[order])


def subjects_of_cells(
    ground: Ground, truth: pd.DataFrame, record_id: Integers, cells: Cells, row: Integers
) -> tuple[Integers, Flags]:
    """Return whom each cell is about, and whether it states a fact of its record's subject.

    A cell with a row of its own in the truth is about that entity; a mention states no fact of
    the subject and is left out.
    """
    subject = row[cells.record]
    kept = np.ones(len(subject), dtype=np.bool_)
    own = truth.loc[truth["field"] != WHOLE_RECORD]
    stated_in = own["field"].astype(str).replace(PARTS_OF_NAME)
    forms = pd.Index(ground.forms).get_indexer(pd.Index(stated_in))
    own, forms = own.loc[forms >= 0], forms[forms >= 0]
    if own.empty:
        return subject, kept
    position = np.searchsorted(record_id, own["record_id"].to_numpy())
    wanted = position * len(ground.forms) + forms
    order = np.argsort(wanted)
    key = cells.record * len(ground.forms) + cells.form
    at = np.minimum(np.searchsorted(wanted[order], key), len(order) - 1)
    special = wanted[order][at] == key
    about = np.searchsorted(ground.entity_id, own["entity_id"].to_numpy())[order][at]
    mention = (own["role"] == "mention").to_numpy()[order][at]
    return np.where(special, about, subject), ~(special & mention)
