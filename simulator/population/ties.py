"""Who knows whom: household, kin, co-workers, neighbours and friends.

Friends form a small world (Watts and Strogatz 1998, Nature 393:440): everyone stands on a ring,
ordered by home area and age, knows the next few on it, and some of these ties lead anywhere else
instead. How many they are varies from person to person, a few having many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.distinct import distinct
from simulator.randomness import Integers, Stream, combine

if TYPE_CHECKING:
    import networkx as nx

    from simulator.population.households import Roster
    from simulator.population.names import Names
    from simulator.population.places import Places
    from simulator.population.work import Work
    from simulator.scenario.schema import Scenario
    from simulator.tables import Population

TIES = ("household", "kin", "coworker", "neighbour", "friend")
REWIRED_SHARE = 0.12
MEAN_FRIENDS_AHEAD = 3.0
MOST_FRIENDS_AHEAD = 16
RELATED_SHARE = 0.5
COWORKERS_AHEAD = 2

Pairs = tuple[Integers, Integers]


def tie_people(
    scenario: Scenario, roster: Roster, names: Names, places: Places, work: Work
) -> pd.DataFrame:
    """Return the ties table of `simulator.tables.Population`, sorted by tie and entities."""
    seed = scenario.seed
    drawn = (
        _household(roster),
        _kin(seed, roster, names),
        _coworkers(seed, roster, work),
        _neighbours(seed, roster, places),
        _friends(seed, roster, places),
    )
    count = len(roster.entity_id)
    parts = []
    for left, right in drawn:
        low, high = np.minimum(left, right), np.maximum(left, right)
        pair = distinct((low * count + high)[low != high])
        parts.append((pair // count, pair % count))
    tie = np.repeat(np.arange(len(TIES)), [len(part[0]) for part in parts])
    return pd.DataFrame(
        {
            "entity_id_l": roster.entity_id[np.concatenate([part[0] for part in parts])],
            "entity_id_r": roster.entity_id[np.concatenate([part[1] for part in parts])],
            "tie": pd.Categorical.from_codes(tie, categories=pd.Index(TIES)),
        }
    )


def ego_network(population: Population, entity_id: int, radius: int = 1) -> nx.Graph[int]:
    """Return the people within `radius` ties of a person, and the ties among them.

    Parameters
    ----------
    population : Population
    entity_id : int
        Who stands in the middle.
    radius : int
        Ties from the middle outwards; at least 1.

    Returns
    -------
    networkx.Graph
        Nodes are entity_ids; the edge attribute ``ties`` lists the kinds of tie in the order of
        `TIES`.

    Raises
    ------
    KeyError
        If nobody has this entity_id.
    """
    # half a second, needed for drawing only
    import networkx as nx  # noqa: PLC0415

    if entity_id not in population.people.index:
        raise KeyError(entity_id)
    left = population.ties["entity_id_l"].to_numpy()
    right = population.ties["entity_id_r"].to_numpy()
    known = np.array([entity_id])
    for _ in range(radius):
        touched = np.isin(left, known) | np.isin(right, known)
        known = np.union1d(known, np.concatenate([left[touched], right[touched]]))
    among = population.ties.loc[np.isin(left, known) & np.isin(right, known)]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(known.tolist())
    for one, two, tie in zip(among["entity_id_l"], among["entity_id_r"], among["tie"], strict=True):
        graph.add_edge(one, two)
        graph.edges[one, two].setdefault("ties", []).append(tie)
    return graph


def _household(roster: Roster) -> Pairs:
    rows = np.arange(len(roster.household))
    steps = range(1, int(roster.size.max()))
    left = [rows[:-step][roster.household[:-step] == roster.household[step:]] for step in steps]
    right = [one + step for one, step in zip(left, steps, strict=True)]
    nobody = np.zeros(0, np.int64)
    return np.concatenate([nobody, *left]), np.concatenate([nobody, *right])


def _kin(seed: int, roster: Roster, names: Names) -> Pairs:
    """Return relatives elsewhere, half of the people who could be: same name and group.

    Kin of another name are left out.
    """
    surname = names.surname.dictionary_encode().indices.to_numpy().astype(np.int64)
    stream = Stream(seed, "population/kin")
    chance = stream.uniform(roster.entity_id)
    order = np.lexsort((chance, roster.group[roster.household], surname))
    left, right = order[:-1], order[1:]
    alike = surname[left] == surname[right]
    alike &= roster.group[roster.household[left]] == roster.group[roster.household[right]]
    alike &= roster.household[left] != roster.household[right]
    alike &= stream.chance(roster.entity_id[left], RELATED_SHARE, 1)
    return left[alike], right[alike]


def _coworkers(seed: int, roster: Roster, work: Work) -> Pairs:
    """Return a few colleagues per worker, of the same firm and near in number."""
    rows = np.flatnonzero(work.employed)
    chance = Stream(seed, "population/coworkers").uniform(roster.entity_id[rows])
    # a large employer's people know those of their own part of the country
    near = roster.household[rows] // 500
    firm = work.employer_number[rows]
    order = rows[np.lexsort((chance, near, firm))]
    number = work.employer_number[order]
    left, right = [], []
    for step in range(1, COWORKERS_AHEAD + 1):
        same = number[:-step] == number[step:]
        left.append(order[:-step][same])
        right.append(order[step:][same])
    return np.concatenate(left), np.concatenate(right)


def _neighbours(seed: int, roster: Roster, places: Places) -> Pairs:
    """Return one acquaintance between each household and each of the next two in the street."""
    stream = Stream(seed, "population/neighbours")
    in_the_street = np.argsort(places.household_address)
    left, right = [], []
    for step in (1, 2):
        here, there = in_the_street[:-step], in_the_street[step:]
        near = places.household_zip[here] == places.household_zip[there]
        here, there = here[near], there[near]
        key = roster.household_id[here]
        met = [
            roster.first_row[home] + stream.integers(key, roster.size[home], 2 * step + side)
            for side, home in enumerate((here, there))
        ]
        left.append(met[0])
        right.append(met[1])
    return np.concatenate(left), np.concatenate(right)


def _friends(seed: int, roster: Roster, places: Places) -> Pairs:
    stream = Stream(seed, "population/friends")
    key = roster.entity_id
    count = len(key)
    area = places.household_zip[roster.household]
    blur = stream.normal(key)
    ring = np.lexsort((roster.age + blur, area, area % 2))
    place = np.arange(count)
    ahead = 1 + np.floor(stream.exponential(key[ring], MEAN_FRIENDS_AHEAD, 2)).astype(np.int64)
    ahead = np.minimum(ahead, min(MOST_FRIENDS_AHEAD, count - 1))
    one = np.repeat(place, ahead)
    step = 1 + np.arange(len(one)) - np.repeat(np.cumsum(ahead) - ahead, ahead)
    pair_key = combine(key[ring][one], step)
    # half of these lead to another part of the town, or of the surroundings, one lives in
    town_count = int((area % 2 == 0).sum())
    near = stream.child("near").chance(pair_key, 0.5)
    inside = one < town_count
    start = np.where(near & ~inside, town_count, 0)
    stop = np.where(near & inside, town_count, count)
    anywhere = start + stream.child("anywhere").integers(pair_key, stop - start)
    rewired = stream.child("rewired").chance(pair_key, REWIRED_SHARE)
    two = np.where(rewired, anywhere, (one + step) % count)
    return ring[one], ring[two]
