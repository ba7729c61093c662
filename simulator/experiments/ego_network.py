"""The network around one person, and what the files of each in it tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from simulator.experiments.leaving import files_now, files_without, tied_pairs
from simulator.exposure.known_through_others import known_weight
from simulator.population.ties import TIES, ego_network

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.leaving import Files, Town
    from simulator.randomness import Integers

WhoLeft: TypeAlias = Literal["nobody", "person", "everyone"]
WHO_LEFT: tuple[WhoLeft, ...] = get_args(WhoLeft)
"""nobody; the person; the person, their household and all their ties."""
UNTIED = "untied"
"""Stands in place of a tie for somebody whose file holds a record of one who is tied."""


@dataclass(frozen=True)
class EgoNetwork:
    """One person, and the people around them.

    Attributes
    ----------
    entity_id : int
    name : str
        The person's true name.
    people : DataFrame
        Everyone tied to the person, and whoever else's file tells of them: ``entity_id``,
        ``name``, ``tie`` (of `TIES`, the first where there are several; "untied"), ``ties`` (all of
        them, as a tuple), ``lists`` (bool: their file lists the person) and ``tells`` (labels of
        the facts that it gives rightly, as a tuple). By tie, those who tell something first.
    between : DataFrame
        Ties of these people among themselves: ``entity_id_l``, ``entity_id_r``.
    facts : DataFrame
        The shared facts true of the person: ``fact``, ``label``, ``people_count`` (in how many
        files of others it stands) and ``own_file`` (bool: it stands right in the person's own).
    known_share : float
        Weight known through others / weight of the person's facts, in [0, 1].
    """

    entity_id: int
    name: str
    people: pd.DataFrame
    between: pd.DataFrame
    facts: pd.DataFrame
    known_share: float


def networks_around(town: Town, entity_id: int) -> Mapping[WhoLeft, EgoNetwork]:
    """Return the network around a resident while nobody has left, and after others have.

    Parameters
    ----------
    town : Town
    entity_id : int

    Raises
    ------
    ValueError
        If there is no such entity, or it does not live in the town.
    """
    people = town.result.population.people
    if entity_id not in people.index or not people.loc[entity_id, "resident"]:
        raise ValueError(f"no resident has the number {entity_id}")
    alone = np.array([entity_id])
    tied = tied_pairs(town.result.population, alone)["tied_id"].to_numpy()
    files: dict[WhoLeft, Files] = {
        "nobody": files_now(town),
        "person": files_without(town, alone),
        "everyone": files_without(town, np.union1d(alone, tied)),
    }
    return {who: network_around(town, each, entity_id) for who, each in files.items()}


def network_around(town: Town, files: Files, entity_id: int) -> EgoNetwork:
    """Return the network around one person, with what is known of them through these files."""
    told = files.told.loc[files.told["entity_id"] == entity_id]
    right = told.loc[told["is_right"]]
    weight = known_weight(told, town.weights, np.array([entity_id]))[0]
    whole = town.result.dossiers.true_weight.loc[entity_id]
    graph = ego_network(town.result.population, entity_id)
    others = np.union1d([node for node in graph if node != entity_id], told["holder_id"])
    labels: dict[str, str] = {fact: one.label for fact, one in town.result.scenario.facts.items()}
    names = _names(town, np.append(others, entity_id))
    ties = [tuple(graph.edges[entity_id, one]["ties"]) if one in graph else () for one in others]
    told_by = right.groupby("holder_id")["fact"].agg(list)
    rows = pd.DataFrame(
        {
            "entity_id": others.astype(np.int64),
            "name": names[:-1],
            "tie": [one[0] if one else UNTIED for one in ties],
            "ties": ties,
            "lists": np.isin(others, told["holder_id"]),
            "tells": [
                tuple(labels[fact] for fact in town.weights if fact in told_by.get(one, []))
                for one in others
            ],
        }
    )
    place = rows["tie"].map({tie: at for at, tie in enumerate((*TIES, UNTIED))})
    order = np.lexsort((rows["name"].astype(str), -rows["tells"].str.len(), place))
    between = [(one, two) for one, two in graph.edges if entity_id not in (one, two)]
    return EgoNetwork(
        entity_id,
        names[-1],
        rows.iloc[order].reset_index(drop=True),
        pd.DataFrame(between, columns=["entity_id_l", "entity_id_r"], dtype="int64"),
        _facts(town, files, right, entity_id, labels),
        float(weight / whole) if whole > 0 else 0.0,
    )


def _facts(
    town: Town, files: Files, right: pd.DataFrame, entity_id: int, labels: Mapping[str, str]
) -> pd.DataFrame:
    true = town.true_values.loc[town.true_values["entity_id"] == entity_id, "fact"]
    stated = files.dossiers.facts
    own = stated.loc[(stated["entity_id"] == entity_id) & (stated["status"] == "right"), "fact"]
    counts = right["fact"].value_counts()
    facts = [fact for fact in town.weights if fact in set(true)]
    return pd.DataFrame(
        {
            "fact": facts,
            "label": [labels[fact] for fact in facts],
            "people_count": [int(counts.get(fact, 0)) for fact in facts],
            "own_file": [fact in set(own) for fact in facts],
        }
    )


def _names(town: Town, entity_id: Integers) -> list[str]:
    people = town.result.population.people.loc[entity_id]
    first = np.where(people["family_name_first"], people["last_name"], people["first_name"])
    last = np.where(people["family_name_first"], people["first_name"], people["last_name"])
    return [f"{one} {other}" for one, other in zip(first, last, strict=True)]
