"""The true value of every field on the day of each record, before anything goes wrong."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.display_names import display_names
from simulator.sources.text_columns import arrow_text, full_names, iso_days
from simulator.tables import VOCABULARY, Population

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.randomness import Integers, Stream
    from simulator.scenario.schema import Source
    from simulator.sources.cells import Truths
    from simulator.sources.subjects import Subjects


class TrueValues:
    """What is true of the subject of each record of one source, on the day of the record.

    Parameters
    ----------
    population : Population
    subjects : Subjects
        The records of the source.
    source : Source
        Its settings.
    stream : Stream
        The stream of the source; read by what is chosen per record (the display name).
    """

    def __init__(
        self, population: Population, subjects: Subjects, source: Source, stream: Stream
    ) -> None:
        self.population = population
        self.subjects = subjects
        self.source = source
        self.stream = stream
        self._columns: dict[str, pa.LargeStringArray] = {}

    def column(self, field: str) -> pa.LargeStringArray:
        """Return one value per record (Arrow text, null where the person has none).

        A column of `VOCABULARY` is as it was on the day of the record; a sensitive fact is as it
        is now.
        """
        if field not in self._columns:
            if field in DERIVED:
                values = DERIVED[field](self)
            elif field in VOCABULARY or field == "nickname":
                values = arrow_text(self.on_the_day(field))
            else:
                values = arrow_text(self.population.people[field].iloc[self.rows])
            self._columns[field] = values
        return self._columns[field]

    def at_rows(self, records: Integers, field: str) -> pa.LargeStringArray:
        """Return the values of a column for some of the records, by their row numbers."""
        return self.column(field).take(pa.array(records))

    @cached_property
    def rows(self) -> Integers:
        """Row of `people` of each record's subject."""
        return self.population.people.index.get_indexer(pd.Index(self.subjects.entity_id))

    @cached_property
    def family_name_first(self) -> Truths:
        """Whether each record's subject writes the family name first."""
        return self.population.people["family_name_first"].to_numpy()[self.rows]

    @cached_property
    def address_rows(self) -> Integers:
        """Row of `addresses` of each subject's home on the day of the record."""
        address_id = self.on_the_day("address_id")
        return self.population.addresses.index.get_indexer(pd.Index(address_id))

    def on_the_day(self, field: str) -> pd.Series[Any]:
        """Return a column of `people` as it was on the day of each record."""
        subjects = self.subjects
        of_copies = [
            self.population.value_at(
                field,
                subjects.entity_id[subjects.copy == copy],
                subjects.record_date[subjects.copy == copy],
            )
            for copy in np.unique(subjects.copy)
        ]
        if not of_copies:
            return self.population.people[field].iloc[:0]
        return of_copies[0] if len(of_copies) == 1 else pd.concat(of_copies)


def _full_name(true: TrueValues) -> pa.LargeStringArray:
    return full_names(true.column("first_name"), true.column("last_name"), true.family_name_first)


def _display_name(true: TrueValues) -> pa.LargeStringArray:
    return display_names(
        first=true.column("first_name"),
        nickname=true.column("nickname"),
        last=true.column("last_name"),
        family_name_first=true.family_name_first,
        styles=true.source.fields["display_name"].styles,
        keys=true.subjects.keys,
        stream=true.stream.child("display_name"),
    )


def _birth_date(true: TrueValues) -> pa.LargeStringArray:
    return iso_days(true.population.people["birth_date"].to_numpy()[true.rows])


def _birth_year(true: TrueValues) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(true.column("birth_date"), 0, 4)


def _birth_month_day(true: TrueValues) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(true.column("birth_date"), 5, 10)


def _of_address(true: TrueValues, part: str) -> pa.LargeStringArray:
    return arrow_text(true.population.addresses[part]).take(pa.array(true.address_rows))


DERIVED: Mapping[str, Callable[[TrueValues], pa.LargeStringArray]] = {
    "full_name": _full_name,
    "display_name": _display_name,
    "birth_date": _birth_date,
    "birth_year": _birth_year,
    "birth_month_day": _birth_month_day,
    "street_address": partial(_of_address, part="street_address"),
    "house_number": partial(_of_address, part="house_number"),
    "city": partial(_of_address, part="city"),
    "zip_code": partial(_of_address, part="zip_code"),
    "state": partial(_of_address, part="state"),
}
"""Fields that are not a column of `people`, each with the function that makes it."""
