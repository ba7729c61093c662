"""The true value of every field on the day of each record, before anything goes wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.details import event_areas, event_kinds, journeys
from simulator.sources.display_names import display_names
from simulator.sources.listed_ties import LISTED_TIES, Listed, list_ties
from simulator.sources.opting_out import corrected
from simulator.sources.text_columns import arrow_text, full_names, iso_days
from simulator.sources.workplaces import workplaces_of
from simulator.tables import TIE_FIELDS, VOCABULARY, Population

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.randomness import Integers, Stream
    from simulator.scenario.schema import Source
    from simulator.sources.cells import Truths
    from simulator.sources.subjects import Subjects

OF_THE_USER = frozenset({"phone", "device", "call_partners"})
"""Fields about whoever uses a telephone line, who may be another person than is billed for it."""


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
        self._listed: dict[str, Listed] = {}

    def column(self, field: str) -> pa.LargeStringArray:
        """Return one value per record (Arrow text, null where the person has none).

        A column of `VOCABULARY` is as it was on the day of the record; a sensitive fact is as it
        is now.
        """
        if field not in self._columns:
            if field in self.subjects.details:
                values = self.subjects.details[field]
            elif field in OF_THE_USER and self.subjects.user_id is not None:
                values = self._of_users.column(field)
            elif field in TIE_FIELDS:
                values = self.listed(field).joined(len(self.subjects.entity_id))
            elif field in DERIVED:
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

    def listed(self, field: str) -> Listed:
        """Return the people whom one of `TIE_FIELDS` lists in each record."""
        if field in OF_THE_USER and self.subjects.user_id is not None:
            return self._of_users.listed(field)
        if field not in self._listed:
            self._listed[field] = list_ties(
                self.population,
                LISTED_TIES[field],
                TIE_FIELDS[field],
                self.subjects,
                self.stream.child(field),
            )
        return self._listed[field]

    @cached_property
    def _of_users(self) -> TrueValues:
        """The same of whoever uses what each record is about."""
        user_id = self.subjects.user_id
        whose = self.subjects.entity_id if user_id is None else user_id
        users = replace(self.subjects, entity_id=whose, user_id=None)
        return TrueValues(self.population, users, self.source, self.stream)

    @cached_property
    def corrected(self) -> Truths:
        """Whether each record's subject has seen to it that it is free of errors."""
        return corrected(self.source, self.stream.seed, self.subjects.entity_id)

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
        return self.population.value_at(field, subjects.entity_id, subjects.record_date)


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


def _handle(true: TrueValues) -> pa.LargeStringArray:
    """Return the handle of each account; a person's second account has one of its own."""
    first, second = (arrow_text(true.on_the_day(field)) for field in ("handle", "second_handle"))
    is_second = (true.subjects.copy > 0) & (true.source.record_of == "person")
    return pc.if_else(pa.array(is_second), second, first)


def _birth_date(true: TrueValues) -> pa.LargeStringArray:
    return iso_days(true.population.people["birth_date"].to_numpy()[true.rows])


def _birth_year(true: TrueValues) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(true.column("birth_date"), 0, 4)


def _birth_month_day(true: TrueValues) -> pa.LargeStringArray:
    return pc.utf8_slice_codeunits(true.column("birth_date"), 5, 10)


def _of_address(true: TrueValues, part: str) -> pa.LargeStringArray:
    return arrow_text(true.population.addresses[part]).take(pa.array(true.address_rows))


def _of_workplace(true: TrueValues, part: str) -> pa.LargeStringArray:
    in_town = true.population.people["resident"].to_numpy()[true.rows]
    return workplaces_of(true.population, part, true.column("employer"), in_town)


def _national_id_last4(true: TrueValues) -> pa.LargeStringArray:
    whole = pc.utf8_slice_codeunits(true.column("national_id"), 0, len("912-34-5678"))
    return pc.utf8_slice_codeunits(whole, -4)


def _event_date(true: TrueValues) -> pa.LargeStringArray:
    return iso_days(true.subjects.record_date)


def _event_area(true: TrueValues) -> pa.LargeStringArray:
    stream = true.stream.child("event_area")
    return event_areas(
        true.column("home_area"), true.column("work_area"), true.subjects.keys, stream
    )


def _event_kind(true: TrueValues) -> pa.LargeStringArray:
    reasons = true.source.events.reasons if true.source.events else {}
    return event_kinds(reasons, true.subjects.keys, true.stream.child("event_kind"))


def _travelled_to(true: TrueValues) -> pa.LargeStringArray:
    stream = true.stream.child("travelled_to")
    return journeys(true.column("birth_place"), true.subjects.keys, stream)


DERIVED: Mapping[str, Callable[[TrueValues], pa.LargeStringArray]] = {
    "full_name": _full_name,
    "display_name": _display_name,
    "handle": _handle,
    "birth_date": _birth_date,
    "birth_year": _birth_year,
    "birth_month_day": _birth_month_day,
    "street_address": partial(_of_address, part="street_address"),
    "house_number": partial(_of_address, part="house_number"),
    "city": partial(_of_address, part="city"),
    "zip_code": partial(_of_address, part="zip_code"),
    "state": partial(_of_address, part="state"),
    "home_area": partial(_of_address, part="home_area"),
    "work_area": partial(_of_workplace, part="work_area"),
    "work_address": partial(_of_workplace, part="work_address"),
    "national_id_last4": _national_id_last4,
    "event_date": _event_date,
    "event_area": _event_area,
    "event_kind": _event_kind,
    "travelled_to": _travelled_to,
}
"""Fields that are not a column of `people`, each with the function that makes it."""
