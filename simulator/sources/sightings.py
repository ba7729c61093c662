"""What a source of sightings holds: tracks of tokens, or one record for each sighting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.coverage import covered
from simulator.sources.fields import TrueValues
from simulator.sources.noise import noise_of
from simulator.sources.noisy_columns import add_noise
from simulator.sources.opting_out import removed
from simulator.sources.past_values import PRESENT, PastValues
from simulator.sources.sensors import Seen, Sensors
from simulator.sources.sighting_records import SightingRecords
from simulator.sources.subjects import Subjects
from simulator.sources.text_columns import arrow_text
from simulator.sources.text_keys import text_keys
from simulator.sources.tracks import Tracks
from simulator.sources.whereabouts import Whereabouts
from simulator.tables import TOKENS

if TYPE_CHECKING:
    from simulator.randomness import Integers, Stream
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.truth import Named
    from simulator.tables import Population

SEEN_ANYWHERE = ("phone", "device", "card")
"""Tokens that are seen beyond the town too."""
CARRIED = ("plate", *SEEN_ANYWHERE)
"""Tokens that make a track, and that somebody else can have with them."""


@dataclass(frozen=True)
class Sighted:
    """What one source of sightings holds.

    Attributes
    ----------
    frame : DataFrame
        As in ``Collected.records``.
    named : Named
        Whom its records name.
    sightings : DataFrame
        As in ``Collected.sightings``, by record_id and time; ``seen_area`` and ``haunt`` are
        categories.
    """

    frame: pd.DataFrame
    named: Named
    sightings: pd.DataFrame


def sight(
    scenario: Scenario, name: str, source: Source, population: Population, stream: Stream
) -> Sighted:
    """Fill a source of sightings.

    Sources of faces, and those without a token, hold a record per sighting. All others hold a
    record per token as it was read: a plate misread is a plate of its own, and is somebody else's
    where there is one like it. A token that was not read leaves nothing.

    Parameters
    ----------
    scenario : Scenario
    name : str
        The source's.
    source : Source
    population : Population
        With the squares of homes, workplaces and haunts.
    stream : Stream
        The source's.

    Returns
    -------
    Sighted
        A record is about the person whose token most of the sightings behind it are of. A square
        or a fact that only others were seen with is theirs (``Named.copied_from``).

    Raises
    ------
    ValueError
        If the source has no ``sightings``, or a field has noise that cannot happen to it.
    """
    world = Whereabouts(scenario, population)
    token = next((one for one in TOKENS if one in source.fields), None)
    sensors = Sensors(
        scenario,
        source,
        world,
        stream,
        anywhere=token in SEEN_ANYWHERE,
        carried_by_others=token in CARRIED and scenario.noise_enabled,
    )
    seen = sensors.watch(_bearers(scenario, source, world, stream, token))
    tokens = {}
    track, keys = np.arange(len(seen.keys)), seen.keys
    if token in CARRIED:
        read = _read(scenario, name, source, population, world, stream, seen, token)
        seen = seen.take(np.flatnonzero(read.is_valid().to_numpy(zero_copy_only=False)))
        encoded = pc.dictionary_encode(pc.drop_null(read))
        track = encoded.indices.to_numpy().astype(np.int64)
        tokens, keys = {token: encoded.dictionary}, text_keys(encoded.dictionary)
    tracks = Tracks(seen, track, len(keys))
    records = SightingRecords(scenario, source, world, stream, tracks, keys)
    frame, named = records.filled(name, population, tokens)
    return Sighted(frame, named, records.sightings())


def _bearers(
    scenario: Scenario, source: Source, world: Whereabouts, stream: Stream, token: str | None
) -> Integers:
    """Return the rows of those who are in the source at all."""
    people = world.people
    entity_id = covered(source, people, stream)
    entity_id = entity_id[~removed(source, scenario.seed, entity_id)]
    rows = people.index.get_indexer(pd.Index(entity_id))
    if token in CARRIED:
        rows = rows[people[token].notna().to_numpy()[rows]]
    return np.asarray(rows, dtype=np.int64)


def _read(
    scenario: Scenario,
    name: str,
    source: Source,
    population: Population,
    world: Whereabouts,
    stream: Stream,
    seen: Seen,
    token: str,
) -> pa.LargeStringArray:
    """Return each sighting's token as it was read, with its errors; null where it was not."""
    former = PastValues(population, token, world.entity_id, int(world.days[0]))
    spell = former.on(seen.bearer, seen.day)
    present = arrow_text(world.people[token])
    every = pa.concat_arrays([present, arrow_text(former.value)])
    read = every.take(pa.array(np.where(spell == PRESENT, seen.bearer, len(present) + spell)))
    noise = noise_of(name, source, token) if scenario.noise_enabled else {}
    noise.pop("copied_from_household", None)  # who has it with them is a setting of its own
    if noise:
        subjects = Subjects(
            entity_id=world.entity_id[seen.bearer],
            copy=np.zeros(len(seen.keys), dtype=np.int64),
            keys=seen.keys,
            record_id=seen.keys.view(np.int64),
            record_date=seen.day.astype("datetime64[D]"),
            group=world.people["group"].array.take(seen.bearer),
        )
        true = TrueValues(population, subjects, source, stream)
        read = add_noise({token: read}, {token: noise}, true).columns[token]
    unread = stream.child(f"{token}/missing").chance(seen.keys, source.fields[token].missing_share)
    return pc.if_else(pa.array(unread), None, read)
