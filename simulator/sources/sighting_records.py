"""The records of a source of sightings, and the table of what is behind them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from simulator.sources.faces import face_pictures
from simulator.sources.fields import TrueValues
from simulator.sources.fill import fill
from simulator.sources.housemates import NOBODY
from simulator.sources.noise import noise_of
from simulator.sources.subjects import Subjects, record_ids
from simulator.sources.text_columns import arrow_text
from simulator.sources.tracks import NOTHING, Stated
from simulator.sources.whereabouts import FIRST_HAUNT, HOME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from simulator.randomness import Integers, Stream, Words
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.tracks import Tracks
    from simulator.sources.truth import Named
    from simulator.sources.whereabouts import Whereabouts
    from simulator.tables import Population


class SightingRecords:
    """One record per track.

    Parameters
    ----------
    scenario : Scenario
    source : Source
    world : Whereabouts
    stream : Stream
        The source's.
    tracks : Tracks
    keys : array of uint64, one per track
        Stable keys of the records.
    """

    def __init__(
        self,
        scenario: Scenario,
        source: Source,
        world: Whereabouts,
        stream: Stream,
        tracks: Tracks,
        keys: Words,
    ) -> None:
        self._scenario = scenario
        self._source = source
        self._world = world
        self._tracks = tracks
        self._stream = stream
        self._subjects = Subjects(
            entity_id=world.entity_id[tracks.bearer],
            copy=np.zeros(len(keys), dtype=np.int64),
            keys=keys,
            record_id=record_ids(keys, stream),
            record_date=tracks.seen.day[tracks.last].astype("datetime64[D]"),
            group=world.people["group"].array.take(tracks.bearer),
        )

    def filled(
        self, name: str, population: Population, tokens: Mapping[str, pa.LargeStringArray]
    ) -> tuple[pd.DataFrame, Named]:
        """Return the frame, and whom its records name.

        Parameters
        ----------
        name : str
            The source's.
        population : Population
        tokens : mapping of field to Arrow text, one per track
            The token as it was read; its errors and gaps are in it.
        """
        details, whose = dict(tokens), {}
        for field in self._source.fields:
            stated = self._stated(field)
            if stated is not None:
                details[field], whose[field] = stated
            elif field in self._details:
                details[field] = self._details[field]()
        source = _without_errors_of(name, self._source, tokens)
        true = TrueValues(
            population, replace(self._subjects, details=details), source, self._stream
        )
        frame, named = fill(name, source, true, noise_enabled=self._scenario.noise_enabled)
        copied_from = {
            field: np.where(frame[field].notna(), entity_id[self._order], NOBODY)
            for field, entity_id in whose.items()
        }
        return frame, replace(named, copied_from={**named.copied_from, **copied_from})

    @cached_property
    def _order(self) -> Integers:
        """The tracks in the order of the frame."""
        return np.argsort(self._subjects.record_id)

    def _stated(self, field: str) -> tuple[pa.LargeStringArray, Integers] | None:
        """Return a field that another person can have been seen with, and who it was."""
        tracks = self._tracks
        areas = {
            "home_area": tracks.night_area,
            "work_area": tracks.day_area,
            "seen_area": tracks.last_area,
        }
        if field in self._scenario.sensitive_facts:
            values, value_of_kind = self._haunt_facts(field)
            stated = tracks.usual_fact(value_of_kind)
        elif field in areas:
            values, stated = self._world.squares.labels, areas[field]()
        else:
            return None
        chosen = pa.array(stated.value, mask=stated.value == NOTHING)
        return values.take(chosen), self._entities(stated)

    @property
    def _details(self) -> Mapping[str, Callable[[], pa.Array]]:
        """The fields that are always the bearer's own, each with what makes it."""
        return {
            "seen_at": self._seen_at,
            "sightings_count": self._sightings_count,
            "street_address": self._street_address,
            "face": self._face,
        }

    def _seen_at(self) -> pa.LargeStringArray:
        hours = _hours(self._tracks.time[self._tracks.last])
        return pa.array(np.datetime_as_string(hours, unit="m")).cast(pa.large_string())

    def _sightings_count(self) -> pa.LargeStringArray:
        return pa.array(self._tracks.sightings_count).cast(pa.large_string())

    def _street_address(self) -> pa.LargeStringArray:
        """Return the house where the bearer was last seen, null for whoever was not at home."""
        seen = self._tracks.seen.take(self._tracks.last)
        address = self._world.address_rows(seen.carrier, seen.day)
        streets = arrow_text(self._world.addresses["street_address"])
        return streets.take(pa.array(address, mask=seen.kind != HOME))

    def _face(self) -> pa.FixedSizeListArray:
        subjects = self._subjects
        return face_pictures(
            self._scenario,
            subjects.entity_id,
            subjects.group,
            subjects.keys,
            self._source.fields["face"].quality,
            self._stream,
        )

    def _haunt_facts(self, fact: str) -> tuple[pa.LargeStringArray, Integers]:
        """Return the values of a fact, and which of them each kind of place states."""
        values = list(self._scenario.sensitive_facts[fact].values)
        stated = [
            values.index(haunt.value) if haunt.fact == fact and haunt.value in values else NOTHING
            for haunt in self._scenario.haunts.values()
        ]
        value_of_kind = np.array([NOTHING] * FIRST_HAUNT + stated, dtype=np.int64)
        return pa.array(values, pa.large_string()), value_of_kind

    def _entities(self, stated: Stated) -> Integers:
        """Return whose values these are as entity_id, `NOBODY` where the bearer's own."""
        whose = stated.whose
        return np.where(whose == NOBODY, NOBODY, self._world.entity_id[whose])

    def sightings(self) -> pd.DataFrame:
        """Return every sighting behind the records, by record_id and time."""
        tracks, world = self._tracks, self._world
        rank = np.empty(tracks.tracks_count, dtype=np.int64)
        rank[self._order] = np.arange(tracks.tracks_count)
        order = tracks.order[np.argsort(rank[tracks.track[tracks.order]], kind="stable")]
        seen = tracks.seen
        squares = pd.Index(world.squares.labels.to_pylist(), dtype=object)
        haunts = pd.Index(list(self._scenario.haunts), dtype=object)
        haunt = np.where(seen.kind >= FIRST_HAUNT, seen.kind - FIRST_HAUNT, NOTHING)
        return pd.DataFrame(
            {
                "record_id": self._subjects.record_id[tracks.track[order]],
                "entity_id": world.entity_id[seen.bearer[order]],
                "seen_area": pd.Categorical.from_codes(seen.area[order], categories=squares),
                "haunt": pd.Categorical.from_codes(haunt[order], categories=haunts),
                "seen_at": _hours(tracks.time[order]).astype("datetime64[s]"),
            }
        )


def _without_errors_of(name: str, source: Source, tokens: Collection[str]) -> Source:
    """Return the source without errors and gaps of its tokens, those of other fields as they are.

    Noise of the whole source becomes noise of each field that it can happen to; a face has none.
    """
    fields = {}
    for field, setting in source.fields.items():
        if field in tokens:
            own: dict[str, object] = {"noise": {}, "missing_share": 0.0}
        else:
            own = {"noise": {} if field == "face" else noise_of(name, source, field)}
        fields[field] = setting.model_copy(update=own)
    return source.model_copy(update={"noise": {}, "fields": fields})


def _hours(time: Integers) -> npt.NDArray[np.datetime64]:
    return np.asarray(time, dtype="datetime64[h]")
