"""Leaving: what files there are once some people have left every list that lets them.

It starts from one run of a town and draws nothing anew. Leaving takes the records about a person
out of the sources that have an ``opt_out``, as of today. Records about others stay as they are, and
so does what they say of whoever left: a friend's list of friends, the bill of a household in
another name. A broker's file, compiled before, is not compiled anew; whoever left it too is gone
from it. The links are those of the run between records that are left; clusters and dossiers are
made anew. So two states of a town differ by who has left and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.ground import Ground, ground
from simulator.dossiers.statements import statements
from simulator.exposure.known_through_others import SHARED_FACTS, told_by_others
from simulator.pipeline import join_sources
from simulator.sources import lookup_links
from simulator.sources.listed_ties import BETWEEN
from simulator.tables import FACT_FORMS, TIE_FIELDS

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.sources import Obtained
    from simulator.tables import Collected, Dossiers, Population, Result

WHOLE_RECORD = "*"


@dataclass(frozen=True)
class Town:
    """A run of a town, and what is read from it once, whoever leaves.

    Attributes
    ----------
    result : Result
    true_facts : Ground
    entries : DataFrame
        Whom the records within reach list: ``record_id``, ``entity_id``, ``source``, ``fact`` and
        ``is_right``; see `simulator.exposure.known_through_others.told_by_others`.
    true_values : DataFrame
        ``entity_id``, ``fact``, ``value``: the shared facts that are true of everyone.
    weights : dict of fact to float
        Weights of the shared facts that the town counts.
    """

    result: Result
    true_facts: Ground
    entries: pd.DataFrame
    true_values: pd.DataFrame
    weights: dict[str, float]


@dataclass(frozen=True)
class Files:
    """The dossiers of a town in which some have left.

    Attributes
    ----------
    dossiers : Dossiers
    told : DataFrame
        What the dossiers of others give to be known of whom; see `told_by_others`.
    """

    dossiers: Dossiers
    told: pd.DataFrame


def town_of(result: Result) -> Town:
    """Read from a run what does not depend on who leaves."""
    true_facts = ground(result.scenario, result.population)
    shared = [fact for fact in true_facts.facts if fact in SHARED_FACTS]
    return Town(
        result,
        true_facts,
        _entries(result.obtained.collected, result.population, shared),
        _true_values(true_facts, shared),
        {fact: float(true_facts.weights[true_facts.facts.index(fact)]) for fact in shared},
    )


def files_now(town: Town) -> Files:
    """Return the files while nobody has left."""
    return _read(town, town.result.dossiers)


def files_without(town: Town, gone: Integers) -> Files:
    """Return the files once people have left every list that lets them.

    Parameters
    ----------
    town : Town
    gone : array of int64
        Entity ids of those who have left.
    """
    result = town.result
    scenario = result.scenario
    obtained = _left_of(result.obtained, scenario.with_opt_out(), gone)
    looks_up = scenario.adversary.method == "look_up_targets"
    links = lookup_links(obtained) if looks_up else result.links
    collected = obtained.collected
    stated = statements(town.true_facts, collected)
    (joined,) = join_sources(scenario, collected, links, town.true_facts, stated, every_step=False)
    return _read(town, joined.dossiers)


def tied_pairs(population: Population, entity_id: Integers) -> pd.DataFrame:
    """Return the household and ties of some people.

    Returns
    -------
    DataFrame
        ``entity_id`` (of those asked about), ``tied_id`` (whom they are tied to) and ``tie``; a
        row per pair and tie, in the order of ``Population.ties``.
    """
    ties = population.ties
    left, right = ties["entity_id_l"].to_numpy(), ties["entity_id_r"].to_numpy()
    one, other = np.isin(left, entity_id), np.isin(right, entity_id)
    return pd.DataFrame(
        {
            "entity_id": np.concatenate([left[one], right[other]]),
            "tied_id": np.concatenate([right[one], left[other]]),
            "tie": pd.concat([ties["tie"].loc[one], ties["tie"].loc[other]]).to_numpy(),
        }
    )


def _left_of(obtained: Obtained, sources: tuple[str, ...], gone: Integers) -> Obtained:
    """Return what is obtained of lists from which some people are gone."""
    collected = obtained.collected
    truth = collected.truth
    leaves = (
        truth["source"].isin(sources)
        & (truth["field"] == WHOLE_RECORD)
        & truth["entity_id"].isin(gone)
    )
    removed = truth["record_id"].loc[leaves].to_numpy()
    records = {
        name: frame.loc[~frame.index.isin(removed)] if name in sources else frame
        for name, frame in collected.records.items()
    }
    kept = truth.loc[~truth["record_id"].isin(removed)].reset_index(drop=True)
    return replace(
        obtained,
        collected=replace(collected, records=records, truth=kept),
        asked_for=obtained.asked_for.loc[~obtained.asked_for.index.isin(removed)],
    )


def _read(town: Town, dossiers: Dossiers) -> Files:
    owner = dossiers.records.set_index("record_id")["owner_id"]
    held = town.entries["record_id"].isin(owner.index)
    entries = town.entries.loc[held]
    listed = entries.assign(holder_id=owner.loc[entries["record_id"]].to_numpy())
    facts = dossiers.facts.astype({"fact": object, "form": object})
    of_holders = [fact for fact in town.weights if SHARED_FACTS[fact].given_by == "holder"]
    exact = facts["form"] == facts["fact"].map({fact: FACT_FORMS[fact][0] for fact in of_holders})
    stated = facts.loc[exact, ["entity_id", "fact", "value"]]
    stated = stated.rename(columns={"entity_id": "holder_id"})
    return Files(dossiers, told_by_others(listed, stated, town.true_values))


def _true_values(true_facts: Ground, shared: list[str]) -> pd.DataFrame:
    parts = [pd.DataFrame({"entity_id": [], "fact": [], "value": []}, dtype="int64")]
    for fact in shared:
        value = true_facts.present[true_facts.exact_form[true_facts.facts.index(fact)]]
        true_of = value >= 0
        parts.append(
            pd.DataFrame(
                {"entity_id": true_facts.entity_id[true_of], "fact": fact, "value": value[true_of]}
            )
        )
    return pd.concat(parts, ignore_index=True)


def _entries(collected: Collected, population: Population, shared: list[str]) -> pd.DataFrame:
    """Return whom the records list, by which fact, and whether that is theirs today."""
    truth = collected.truth
    mentions = truth.loc[truth["role"] == "mention", ["record_id", "entity_id", "source", "field"]]
    mentions = mentions.astype({"source": object, "field": object}).reset_index(drop=True)
    is_right = np.zeros(len(mentions), dtype=np.bool_)
    facts = np.full(len(mentions), "", dtype=object)
    for field, column in TIE_FIELDS.items():
        rows = np.flatnonzero(mentions["field"] == field)
        theirs = population.people[column].reindex(mentions["entity_id"].iloc[rows]).astype(object)
        pairs = pd.MultiIndex.from_arrays([mentions["record_id"].iloc[rows], theirs])
        is_right[rows] = pairs.isin(_listed_in(collected, field))
        facts[rows] = next((fact for fact in shared if FACT_FORMS[fact][0] == column), "")
    return mentions.drop(columns="field").assign(fact=facts, is_right=is_right)


def _listed_in(collected: Collected, field: str) -> pd.MultiIndex:
    """Return each record and each value that it lists in a field, as pairs."""
    columns = [frame[field] for frame in collected.records.values() if field in frame.columns]
    if not columns:
        return pd.MultiIndex.from_arrays([[], []])
    values = pd.concat(columns).dropna().str.split(BETWEEN).explode()
    return pd.MultiIndex.from_arrays([values.index, values.astype(object)])
