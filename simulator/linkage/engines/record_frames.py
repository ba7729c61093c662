"""The records of one source as a frame of texts, as the Record Linkage Toolkit wants them.

A face is no text: it stands there as an array of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.linkage.record_table import RecordTable


def _lone_letter(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.where(texts.str.len() == 1)


def _initial(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.str.slice(0, 1)


def _part_of_date(start: int, stop: int) -> Callable[[pd.Series[str]], pd.Series[str]]:
    """Return a cutter of YYYYMMDD; texts of another length are no whole date and have no parts."""
    return lambda texts: texts.where(texts.str.len() == 8).str.slice(start, stop)


DERIVED: Mapping[str, tuple[str, Callable[[pd.Series[str]], pd.Series[str]]]] = {
    "given_letter": ("given", _lone_letter),
    "given_initial": ("given", _initial),
    "middle_letter": ("middle", _lone_letter),
    "middle_initial": ("middle", _initial),
    "surname_letter": ("surname", _lone_letter),
    "surname_initial": ("surname", _initial),
    "surname_first": ("surname", lambda texts: texts.str.replace(r" .*$", "", regex=True)),
    "surname_last": ("surname", lambda texts: texts.str.replace(r"^.* ", "", regex=True)),
    "date_year": ("birth_date", _part_of_date(0, 4)),
    "date_month": ("birth_date", _part_of_date(4, 6)),
    "date_day": ("birth_date", _part_of_date(6, 8)),
    "date_month_day": ("birth_date", _part_of_date(4, 8)),
}
"""Columns cut out of standardised ones, so that "agrees in part" is plain equality."""


def source_frame(table: RecordTable, source: int) -> pd.DataFrame:
    """Return the records of one source: their rows in `table` as index, texts, None if missing.

    Columns that the source leaves empty are not there.
    """
    rows = np.flatnonzero(table.source == source)
    columns = {}
    for name, column in table.columns.items():
        texts = np.append(column.texts, np.array([None], dtype=object))
        columns[name] = texts[column.codes[rows]]
    frame = pd.DataFrame(columns, index=rows, dtype=object)
    if table.faces is not None:
        has_face = table.faces.place[rows] >= 0
        templates = table.faces.templates[table.faces.place[rows[has_face]]]
        frame["face"] = pd.Series(list(templates), index=rows[has_face], dtype=object)
    for name, (whole, cut) in DERIVED.items():
        if whole in frame:
            part = cut(frame[whole].astype("string[python]")).astype(object)
            frame[name] = part.where(part.notna(), None)
    return frame.loc[:, frame.notna().any()]
