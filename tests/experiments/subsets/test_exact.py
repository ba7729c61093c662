"""The compiled path against the pipeline's own stages, subset by subset, person by person."""

from __future__ import annotations

from itertools import pairwise
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.experiments.subsets import (
    SubsetsProblem,
    TooManyPlayers,
    all_subsets,
    people_of,
    players,
    values_of,
)
from simulator.experiments.subsets.partition import partition
from simulator.experiments.subsets.town import linked_town
from simulator.exposure import measure_people
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.scenario.schema.adversary import Review
from tests.experiments.subsets.towns import TWELVE_PLAYERS, random_town, worked_town

EVENTS = ("social", "broker")
TOWNS = {
    "plain": {},
    "few_links": {"links_count": 40},
    "many_links": {"links_count": 300},
    "events": {"events": EVENTS},
    "duplicates": {"duplicates": ("utility", "dmv"), "links_count": 140},
    "targets": {"targets_only": ("social", "dmv")},
    "sightings": {"sightings_count": 40},
    "linked_sightings": {
        "sightings_count": 8,
        "linked_sightings": True,
        "links_count": 60,
        "events": ("utility",),
    },
    "naive": {"method": "connected", "links_count": 60},
    "naive_sightings": {
        "method": "connected",
        "links_count": 40,
        "sightings_count": 15,
        "linked_sightings": True,
    },
    "reviewed": {"review": Review(least_sources_count=2, errors_found_share=0.5)},
    "everything": {
        "events": ("broker",),
        "duplicates": ("social",),
        "targets_only": ("utility",),
        "sightings_count": 30,
        "review": Review(least_sources_count=1, errors_found_share=0.5),
    },
}


def shapley_of_each(result):
    """Return the Shapley values by their definition, residents x players."""
    count = len(players(result.scenario))
    value = [table["exposure_share"].to_numpy() for table in people_of(result, range(1 << count))]
    found = np.zeros((len(value[0]), count))
    for player in range(count):
        for before in range(1 << count):
            if before >> player & 1:
                continue
            size = before.bit_count()
            weight = factorial(size) * factorial(count - 1 - size) / factorial(count)
            found[:, player] += weight * (value[before | 1 << player] - value[before])
    return found


def assert_same(result, subsets):
    found = all_subsets(result)
    exposure, wrongful = values_of(result, subsets)
    np.testing.assert_allclose(found.exposure_share[subsets], exposure, atol=1e-12, rtol=0)
    np.testing.assert_allclose(found.wrongful_share[subsets], wrongful, atol=1e-12, rtol=0)
    assert found.exposure_share[0] == 0.0
    return found


def every(result):
    return np.arange(1 << len(players(result.scenario)))


def test_the_town_of_five_people():
    result = worked_town()
    found = assert_same(result, every(result))
    whole = found.exposure_share[-1]
    assert whole > 0.5
    # Dan's dossier holds Eve's clinic: with the broker and a list that names him
    assert found.wrongful_share[-1] > 0
    np.testing.assert_allclose(found.by_person.mean().sum(), whole, atol=1e-12)
    np.testing.assert_allclose(found.by_person, shapley_of_each(result), atol=1e-12)


def test_by_hand_the_utility_alone():
    """It states Ann's home and telephone, 3 + 1 of the 14 that her facts weigh, and Dan's likewise.

    Cara's record bears her former name, with a former home and telephone. Robert has none, and
    counts among the four residents.
    """
    found = all_subsets(worked_town())
    assert found.players[0].sources == ("utility",)
    assert found.exposure_share[1] == pytest.approx((4 / 14 + 4 / 14) / 4)
    assert found.wrongful_share[1] == 0


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", TOWNS)
def test_random_towns(kind, seed):
    result = random_town(seed, **TOWNS[kind])
    found = assert_same(result, every(result))
    np.testing.assert_allclose(found.by_person, shapley_of_each(result), atol=1e-12)


def test_random_towns_hold_small_blocks_and_large_ones():
    sizes = {}
    for kind in ("few_links", "many_links"):
        town = linked_town(random_town(1, **TOWNS[kind]))
        sizes[kind] = len(partition(town, town.linked).beyond)
    assert sizes["few_links"] == 0
    assert sizes["many_links"] > 64


def test_the_general_path_is_the_pipelines_own():
    result = run(load_scenario("town", people=150))
    exposure, wrongful = values_of(result, [0b1111, 0])
    assert exposure.tolist() == [result.people["exposure_share"].mean(), 0.0]
    assert wrongful.tolist() == [result.people["wrongful"].mean(), 0.0]
    (table,) = people_of(result, [0b1111])
    whole = measure_people(result.dossiers, result.population)
    assert table.equals(whole[["exposure_share", "wrongful"]])


def test_the_shipped_town():
    result = run(load_scenario("town", people=300))
    found = assert_same(result, every(result))
    assert found.wrongful_share.max() > 0
    assert found.by_person.index.equals(result.people.index)
    exposed = found.by_person.sum(axis=1)
    np.testing.assert_allclose(exposed, result.people["exposure_share"], atol=1e-12)


@pytest.mark.slow
def test_twelve_players_of_the_modern_town():
    result = run(load_scenario("modern", overlays=[TWELVE_PLAYERS], people=300))
    assert len(players(result.scenario)) == 12
    drawn = np.random.default_rng(0).choice(1 << 12, 62, replace=False)
    found = assert_same(result, np.append(drawn, [0, (1 << 12) - 1]))
    exposed = found.by_person.sum(axis=1)
    np.testing.assert_allclose(exposed, result.people["exposure_share"], atol=1e-12)


def test_more_than_twelve_players_are_refused():
    result = random_town(1)
    modern = load_scenario("modern", people=100)
    many = result.__class__(**{**vars(result), "scenario": modern})
    with pytest.raises(TooManyPlayers, match="19 sources are too many"):
        all_subsets(many)
    assert issubclass(TooManyPlayers, SubsetsProblem)


def test_nothing_that_can_be_reached_exposes_nothing():
    result = worked_town()
    adversary = result.scenario.adversary.model_copy(update={"powers": ("own",)})
    closed = result.scenario.model_copy(update={"adversary": adversary})
    found = all_subsets(result.__class__(**{**vars(result), "scenario": closed}))
    assert found.exposure_share.tolist() == [0.0]
    assert found.by_person.shape == (4, 0)


def test_progress_only_grows():
    told = []
    all_subsets(random_town(1, 300), lambda what, share: told.append((what, share)))
    assert told[0][1] == 0.0
    assert told[-1] == ("Done", 1.0)
    assert all(one <= other for (_, one), (_, other) in pairwise(told))


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000), links_count=st.integers(20, 200))
def test_what_the_players_add_sums_to_the_whole(seed, links_count):
    """Law: of each resident, the Shapley values sum to E with everything joined."""
    result = random_town(seed, links_count, events=("broker",), sightings_count=20)
    everyone = (1 << len(players(result.scenario))) - 1
    (whole,) = people_of(result, [everyone])
    found = all_subsets(result)
    np.testing.assert_allclose(found.by_person.sum(axis=1), whole["exposure_share"], atol=1e-12)
    assert found.exposure_share[everyone] == pytest.approx(whole["exposure_share"].mean())
