"""Compiled sources: a broker's profiles, joined once from other sources some time ago.

Linkage did the joining, with its errors: a profile that holds records of two people gives out facts
of the one as the other's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.randomness import Stream, combine
from simulator.sources.coverage import covered
from simulator.sources.fields import TrueValues
from simulator.sources.fusing import JoinedRecords
from simulator.sources.housemates import NOBODY
from simulator.sources.opting_out import corrected, removed
from simulator.sources.restating import stated_by
from simulator.sources.subjects import DAYS_PER_YEAR, Subjects, record_ids
from simulator.sources.truth import Named
from simulator.tables import DETAIL_FIELDS, RECORD_DATE, TIE_FIELDS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from simulator.randomness import Integers
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.cells import Truths
    from simulator.sources.fusing import Fused
    from simulator.sources.subjects import Days
    from simulator.tables import Membership, Population

    Join: TypeAlias = Callable[
        [Mapping[str, pd.DataFrame], float, Collection[str], Collection[str]], Membership
    ]
    """Called with the records of each feeder (without sensitive facts), the least match
    probability, the feeders that may hold several records of one person, and those whose records
    are events in a life; gives the cluster of every record."""

CONTACT_FIELDS = (
    "first_name",
    "last_name",
    "full_name",
    "display_name",
    "phone",
    "email",
    "handle",
    "street_address",
)
"""Without any of these a profile is of nobody who can be reached, and is not kept."""


@dataclass(frozen=True)
class Profiles:
    """The profiles of a compiled source, before its own errors and gaps.

    Attributes
    ----------
    true : TrueValues
        What is true of the person whom each profile is mainly about, on the day of the joining.
    columns : dict of field to Arrow text, one per profile
    copied_from : dict of field to array of int64, one per profile
        As in `simulator.sources.truth.Named`.
    listed : dict of field to two arrays of int64
        For the fields that list other people: row numbers of profiles, and whom each lists.
    """

    true: TrueValues
    columns: dict[str, pa.LargeStringArray]
    copied_from: dict[str, Integers]
    listed: dict[str, tuple[Integers, Integers]]


def compile_profiles(
    scenario: Scenario,
    name: str,
    population: Population,
    feeders: Mapping[str, tuple[pd.DataFrame, Named]],
    join: Join,
) -> Profiles:
    """Join the records of the feeders and make one profile of each cluster.

    A field that some feeder has is what most records of the cluster state; ties are settled by the
    order of ``from_sources``, then by the newest record. A field that no feeder has is the source's
    own guess if it has noise ``wrong_guess`` itself, made from what is true of the person; any
    other is empty. Who is in it is drawn by person: coverage, and who had their profile deleted; a
    profile that a person had corrected states what is true now.

    Parameters
    ----------
    scenario : Scenario
    name : str
        The compiled source.
    population : Population
    feeders : mapping of source to frame and Named
        Those of ``from_sources`` that exist, in that order, collected as they were
        ``compiled.years_ago`` before ``as_of``.
    join : function
        See `Join`.

    Returns
    -------
    Profiles
        By copy number and ``entity_id``; the profile that most records of a person are in is the
        person's first.

    Raises
    ------
    ValueError
        If the source has no setting ``compiled``.
    """
    source, stream = scenario.sources[name], Stream(scenario.seed, name)
    if source.compiled is None:
        raise ValueError(f"source {name!r}: record_of: compiled needs the setting 'compiled'")
    day = joined_on(scenario, source)
    records, named = _known_by(day, feeders)
    joined = JoinedRecords(
        records, named, _membership(scenario, source.compiled.threshold, records, join)
    )
    fused = {
        field: joined.fuse(field)
        for field in source.fields
        if any(stated_by(field, frame.columns) for frame in records.values())
    }
    kept = _in_touch(joined.count, fused) & _seen(source, joined.person, population, stream)
    profile, copy = joined.numbered(kept)
    fused = {field: one.take(profile) for field, one in fused.items()}
    person = joined.person[profile]
    mended = corrected(source, scenario.seed, person)
    record_date = np.where(mended, np.datetime64(scenario.as_of, "D"), day)
    subjects = _subjects(person, copy, record_date, population.people, stream)
    true = TrueValues(population, subjects, source, stream)
    columns, copied_from = {}, {}
    for field, setting in source.fields.items():
        if field in fused:
            columns[field], copied_from[field] = _stated(field, fused[field], true)
        elif "wrong_guess" in setting.noise:
            columns[field] = true.column(field)
        else:
            columns[field] = pa.nulls(len(profile), pa.large_string())
    listed = {
        field: _listed(field, fused.get(field), named) for field in TIE_FIELDS if field in columns
    }
    return Profiles(true, columns, copied_from, listed)


def joined_on(scenario: Scenario, source: Source) -> np.datetime64:
    """Return the day on which a compiled source was joined."""
    years_ago = source.compiled.years_ago if source.compiled else 0.0
    days_ago = np.timedelta64(int(years_ago * DAYS_PER_YEAR), "D")
    return np.datetime64(scenario.as_of, "D") - days_ago


def _known_by(
    day: np.datetime64, feeders: Mapping[str, tuple[pd.DataFrame, Named]]
) -> tuple[dict[str, pd.DataFrame], dict[str, Named]]:
    """Return the records that are not of a later day, as those of people born since are."""
    records, named = {}, {}
    for feeder, (frame, one) in feeders.items():
        known = (frame[RECORD_DATE] <= str(day)).to_numpy(dtype=np.bool_)
        if known.any():
            copied_from = {field: whose[known] for field, whose in one.copied_from.items()}
            records[feeder] = frame.loc[known]
            kept = one.record_id[known], one.entity_id[known]
            named[feeder] = Named(*kept, copied_from, one.mentions)
    return records, named


def _membership(
    scenario: Scenario, threshold: float, records: Mapping[str, pd.DataFrame], join: Join
) -> Membership:
    """Have the records joined; by neither their sensitive facts nor their faces."""
    if not records:
        return pd.Series(dtype="int64")
    compared = {
        feeder: frame[
            [column for column in frame.columns if VOCABULARY.get(column, "face") != "face"]
        ]
        for feeder, frame in records.items()
    }
    duplicates = {feeder for feeder in records if _repeats(scenario.sources[feeder])}
    return join(compared, threshold, duplicates, set(scenario.attaching()) & set(records))


def _in_touch(count: int, fused: Mapping[str, Fused]) -> Truths:
    """Return which profiles state any of `CONTACT_FIELDS`."""
    stated = np.zeros(count, dtype=np.bool_)
    for field in CONTACT_FIELDS:
        if field in fused:
            stated |= fused[field].values.is_valid().to_numpy(zero_copy_only=False)
    return stated


def _repeats(source: Source) -> bool:
    """Return whether a source may hold several profiles of one person."""
    return source.duplicates_share > 0 or source.record_of == "subscription"


def _seen(source: Source, person: Integers, population: Population, stream: Stream) -> Truths:
    """Return which profiles are of people whom the source covers and who did not opt out."""
    people = covered(source, population.people, stream)
    return np.isin(person, people) & ~removed(source, stream.seed, person)


def _subjects(
    person: Integers, copy: Integers, record_date: Days, people: pd.DataFrame, stream: Stream
) -> Subjects:
    keys = combine(person, copy)
    return Subjects(
        entity_id=person,
        copy=copy,
        keys=keys,
        record_id=record_ids(keys, stream),
        record_date=record_date,
        group=people["group"].array.take(people.index.get_indexer(pd.Index(person))),
    )


def _stated(field: str, fused: Fused, true: TrueValues) -> tuple[pa.LargeStringArray, Integers]:
    """Return what profiles state in a field, and whose value it is if not the person's own."""
    values, person = fused.values, true.subjects.entity_id
    others = np.where(fused.origin == person, NOBODY, fused.origin)
    if field in DETAIL_FIELDS or field in TIE_FIELDS:
        return values, others
    right = true.column(field)
    values = pc.if_else(pc.and_(pa.array(true.corrected), values.is_valid()), right, values)
    equal = pc.equal(values, right).fill_null(False).to_numpy(zero_copy_only=False)
    return values, np.where(equal, NOBODY, others)


def _listed(
    field: str, fused: Fused | None, named: Mapping[str, Named]
) -> tuple[Integers, Integers]:
    """Return the rows of profiles that list people, and whom the record they took it from lists."""
    nobody = np.zeros(0, dtype=np.int64)
    rows, people = [nobody], [nobody]
    if fused is not None:
        took = np.flatnonzero(fused.record_id != NOBODY)
        of_record = pd.Index(fused.record_id[took])
        for mentions in (one.mentions[field] for one in named.values() if field in one.mentions):
            at = of_record.get_indexer(pd.Index(mentions.record_id))
            rows.append(took[at[at >= 0]])
            people.append(mentions.entity_id[at >= 0])
    return np.concatenate(rows), np.concatenate(people)
