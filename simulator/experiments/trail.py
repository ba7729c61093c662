"""The trail of one person: every sighting in their file, on the map of the town."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.experiments.known_on_day import day_of_window
from simulator.experiments.picks import first
from simulator.exposure.time import are_near
from simulator.exposure.unicity import places
from simulator.sources.squares import Squares

if TYPE_CHECKING:
    from simulator.experiments.picks import Pick
    from simulator.tables import Population, Result


@dataclass(frozen=True)
class Trail:
    """The sightings in one resident's dossier.

    Attributes
    ----------
    entity_id : int
    name : str
        The person's true name.
    home, work : str
        Squares of the present home and of the workplace; `work` is empty without one.
    sightings : DataFrame
        By time: ``day`` (of the window, from 1), ``seen_at``, ``source`` (label), ``seen_area``,
        ``near_home`` (bool: in the square of the home or one around it) and ``of_another`` (bool:
        its record is about someone else).
    """

    entity_id: int
    name: str
    home: str
    work: str
    sightings: pd.DataFrame


def trail_of(result: Result, entity_id: int) -> Trail:
    """Return the trail of a resident.

    Parameters
    ----------
    result : Result
    entity_id : int
        Somebody without a dossier has no sighting in it.
    """
    person = result.population.people.loc[entity_id]
    home = str(result.population.addresses.loc[person["address_id"], "home_area"])
    records = result.dossiers.records
    held = records.loc[records["owner_id"] == entity_id].set_index("record_id")
    parts = [
        table.loc[table["record_id"].isin(held.index)].assign(
            source=result.scenario.sources[name].label
        )
        for name, table in result.obtained.collected.sightings.items()
    ]
    seen = pd.concat(parts, ignore_index=True)
    seen = seen.sort_values(["seen_at", "record_id"], kind="stable", ignore_index=True)
    area = seen["seen_area"].astype(object)
    sightings = pd.DataFrame(
        {
            "day": day_of_window(result.scenario, seen["seen_at"].to_numpy()),
            "seen_at": seen["seen_at"],
            "source": seen["source"],
            "seen_area": area,
            "near_home": are_near(area, pd.Series([home] * len(area), dtype=object)),
            "of_another": held["entity_id"].reindex(seen["record_id"]).to_numpy() != entity_id,
        }
    )
    names = [str(person["first_name"]), str(person["last_name"])]
    if person["family_name_first"]:
        names.reverse()
    work = person["work_area"]
    return Trail(entity_id, " ".join(names), home, "" if pd.isna(work) else str(work), sightings)


def pick_seen(result: Result, which: Pick) -> int | None:
    """Pick a resident whose file holds a sighting; see `simulator.experiments.picks.pick`."""
    records = result.dossiers.records
    seen = [table["record_id"].unique() for table in result.obtained.collected.sightings.values()]
    held = records.loc[records["record_id"].isin(np.concatenate(seen)), "owner_id"]
    people = result.people.loc[result.people.index.isin(held)]
    return first(people, result.dossiers.true_weight, which)


def town_squares(population: Population) -> pd.DataFrame:
    """Return the squares of the town that anyone lives or works in or visits.

    Returns
    -------
    DataFrame
        Indexed by label; ``column`` and ``row`` (int64, from 0).
    """
    squares = Squares.of(population)
    labels = pd.Series(squares.labels.to_pylist(), dtype=object).loc[squares.in_town]
    _, column, row = places(labels)
    index = pd.Index(labels, name="seen_area")
    return pd.DataFrame({"column": np.asarray(column), "row": np.asarray(row)}, index=index)
