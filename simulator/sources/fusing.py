"""Joined records fused into profiles: of whom each is, and what most of its records state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.sources.housemates import NOBODY
from simulator.sources.restating import restate, stated_by
from simulator.sources.text_columns import arrow_text
from simulator.tables import RECORD_DATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Integers
    from simulator.sources.cells import Truths
    from simulator.sources.truth import Named
    from simulator.tables import Membership


@dataclass(frozen=True)
class Fused:
    """One field of every profile.

    Attributes
    ----------
    values : Arrow text, one per profile
        Missing where no record states it.
    origin : array of int64, one per profile
        Whom the records that state it are about: the profile's own person if any of them is;
        `NOBODY` where it is missing.
    record_id : array of int64, one per profile
        The most trusted record that states it; `NOBODY` where it is missing.
    """

    values: pa.LargeStringArray
    origin: Integers
    record_id: Integers

    def take(self, profiles: Integers) -> Fused:
        """Return the same of some profiles, by their numbers."""
        values = self.values.take(pa.array(profiles))
        return Fused(values, self.origin[profiles], self.record_id[profiles])


class JoinedRecords:
    """The records of several sources, laid end to end, and the profiles they were joined into.

    Parameters
    ----------
    records : mapping of source to DataFrame
        In the order of trust.
    named : mapping of source to Named
        Whom the records of each source name.
    membership : Membership
        record_id -> cluster_id of every record.

    Attributes
    ----------
    person : array of int64, one per profile
        The entity that most records of the profile are about. Ties: the order of sources, then
        record_id.
    support : array of int64, one per profile
        How many records that is.
    first_record_id : array of int64, one per profile
        The record of that entity from the most trusted source; of several the smallest.
    """

    def __init__(
        self,
        records: Mapping[str, pd.DataFrame],
        named: Mapping[str, Named],
        membership: Membership,
    ) -> None:
        self._records, self._named = records, named
        sizes = [len(frame) for frame in records.values()]
        self._rank = np.repeat(np.arange(len(sizes)), sizes)
        self._record_id = _laid([one.record_id for one in named.values()])
        self._entity_id = _laid([one.entity_id for one in named.values()])
        self._day = _laid([_days(frame) for frame in records.values()])
        cluster_id = membership.reindex(pd.Index(self._record_id)).to_numpy()
        clusters, self._profile = np.unique(cluster_id, return_inverse=True)
        self.count = len(clusters)
        support = _repeats(self._profile, self._entity_id)
        best = self._best(np.arange(len(self._rank)), (self._rank, -support))
        self.person = self._entity_id[best]
        self.support = support[best]
        self.first_record_id = self._record_id[best]

    def fuse(self, field: str) -> Fused:
        """Return what most records of each profile state.

        Ties: the order of sources, then the newest record, then the smallest record_id.
        """
        values = pa.concat_arrays([_stated(field, frame) for frame in self._records.values()])
        encoded = values.dictionary_encode()
        code = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        stating = np.flatnonzero(code >= 0)
        profile = self._profile[stating]
        votes = _repeats(profile, code[stating])
        best = self._best(stating, (-self._day[stating], self._rank[stating], -votes))
        chosen = np.full(self.count, -1)
        chosen[self._profile[best]] = code[best]
        about = self._about(field)
        origin, record_id = np.full(self.count, NOBODY), np.full(self.count, NOBODY)
        origin[self._profile[best]] = about[best]
        record_id[self._profile[best]] = self._record_id[best]
        own = (code[stating] == chosen[profile]) & (about[stating] == self.person[profile])
        origin[profile[own]] = self.person[profile[own]]
        chosen_values = encoded.dictionary.take(pa.array(chosen, mask=chosen < 0))
        return Fused(chosen_values, origin, record_id)

    def numbered(self, kept: Truths) -> tuple[Integers, Integers]:
        """Return the profiles that are kept, by copy number and person, and their copy numbers.

        The first of a person is the one with most records of that person.
        """
        profile = np.flatnonzero(kept)
        preference = (self.first_record_id[profile], -self.support[profile])
        profile = profile[np.lexsort((*preference, self.person[profile]))]
        _, first, counts = np.unique(self.person[profile], return_index=True, return_counts=True)
        copy = np.arange(len(profile)) - np.repeat(first, counts)
        by_copy = np.argsort(copy, kind="stable")
        return profile[by_copy], copy[by_copy]

    def _best(self, rows: Integers, preference: tuple[Integers, ...]) -> Integers:
        """Return the first of `rows` in each profile; the last preference counts most."""
        profile = self._profile[rows]
        order = np.lexsort((self._record_id[rows], *preference, profile))
        _, first = np.unique(profile[order], return_index=True)
        return np.asarray(rows[order[first]], dtype=np.int64)

    def _about(self, field: str) -> Integers:
        """Return whose value stands in a field of each record."""
        about = self._entity_id.copy()
        start = 0
        for source, frame in self._records.items():
            here = slice(start, start + len(frame))
            for part in stated_by(field, frame.columns):
                whose = self._named[source].copied_from.get(part)
                if whose is not None:
                    about[here] = np.where(whose == NOBODY, about[here], whose)
            start = here.stop
        return about


def _laid(parts: list[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _days(frame: pd.DataFrame) -> Integers:
    """Return the day of each record, in days since 1970-01-01."""
    days = arrow_text(frame[RECORD_DATE]).cast(pa.date32()).cast(pa.int32())
    return np.asarray(days.to_numpy(zero_copy_only=False), dtype=np.int64)


def _repeats(profile: Integers, what: Integers) -> Integers:
    """Return for each row in how many rows of its profile the same stands."""
    codes, kinds = pd.factorize(what)
    _, pair, counts = np.unique(
        profile * len(kinds) + codes, return_inverse=True, return_counts=True
    )
    return np.asarray(counts[pair], dtype=np.int64)


def _stated(field: str, frame: pd.DataFrame) -> pa.LargeStringArray:
    parts = stated_by(field, frame.columns)
    if not parts:
        return pa.nulls(len(frame), pa.large_string())
    return restate(field, {part: arrow_text(frame[part]) for part in parts})
