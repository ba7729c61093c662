"""Blocks of the town of five people, and sightings at their houses, worked by hand.

Somebody was seen twice at 3 Fir St, once in capitals, and once where nobody is on file. On file at
3 Fir St are Cara, formerly (utility 102), and Dan (utility 103, licence 402).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.subsets import all_subsets, players, values_of
from simulator.experiments.subsets.blocks import lay_out
from simulator.experiments.subsets.houses import seen_houses
from simulator.experiments.subsets.members import block_players, members
from simulator.experiments.subsets.partition import partition
from simulator.experiments.subsets.town import linked_town
from simulator.scenario.schema.source import SourceField
from simulator.tables import Collected, text
from tests.experiments.subsets.towns import SEEN, links_between, random_town, worked_town

UTILITY, DMV = 0b0001, 0b1000


def with_sightings(result, streets, days=None, clinic=None):
    """Add records 501, 502, … of somebody (Ann, in truth) seen at these addresses."""
    scenario, held = result.scenario, result.obtained.collected
    source = scenario.sources["dmv"].model_copy(
        update={
            "record_of": "sighting",
            "fields": {"street_address": SourceField(role="quasi-identifier")},
        }
    )
    ids = 501 + np.arange(len(streets))
    frame = pd.DataFrame(
        {
            "street_address": text(streets),
            "clinic_visits": text([clinic] * len(streets)),
            "record_date": text(days or ["2025-05-05"] * len(streets)),
        },
        index=pd.Index(ids, name="record_id"),
    )
    truth = {"record_id": ids, "source": SEEN, "field": "*", "entity_id": 1, "role": "subject"}
    collected = Collected(
        {**held.records, SEEN: frame}, pd.concat([held.truth, pd.DataFrame(truth)])
    )
    return replace(
        result,
        scenario=scenario.model_copy(update={"sources": {**scenario.sources, SEEN: source}}),
        collected=collected,
        obtained=replace(result.obtained, collected=collected),
    )


@pytest.fixture(scope="module")
def town():
    return linked_town(
        with_sightings(
            worked_town(),
            ["3 Fir St", "9 Far St", "3 FIR ST", "3 Fir St"],
            ["2025-05-05", "2025-05-05", "2025-05-06", "2025-05-07"],
        )
    )


def ids_by_block(town, parts):
    block, record = parts.members()
    return sorted(sorted(town.stated.record_id[record[block == b]].tolist()) for b in set(block))


def test_a_block_is_a_person_with_whoever_hangs_on(town):
    """Cara's two clusters are one block, as both carry her name; Eve's records hang on to Dan's."""
    parts = partition(town, town.linked)
    assert parts.blocks_count == 4
    # 501 stands for 504 too, which says the same; in capitals (503) it is no true address
    assert ids_by_block(town, parts) == [
        [101, 201, 301],
        [102, 304, 401, 501, 503],
        [103, 203, 303, 402, 501, 503],
        [202, 302],
    ]
    assert len(parts.beyond) == 0


def test_sightings_that_say_the_same_are_one_and_as_new_as_the_newest(town):
    houses = seen_houses(town, town.linked)
    ids = town.stated.record_id
    assert ids[houses.seen].tolist() == [501, 503, 502]
    assert sorted(ids[houses.all_seen]) == [501, 502, 503, 504]
    day = dict(zip(ids.tolist(), houses.day.tolist(), strict=True))
    as_stated = dict(zip(ids.tolist(), town.stated.day.tolist(), strict=True))
    assert day.pop(501) == as_stated[504]
    assert as_stated.pop(501) < as_stated[503]
    assert day == as_stated


def test_a_house_is_closed_to_a_block_by_whoever_brings_others_on_file_there(town):
    everyone = players(town.scenario)
    parts = partition(town, town.linked)
    held = members(town, parts, everyone)
    involved = block_players(town, parts, held, everyone)
    closed = {}
    for place, block in enumerate(parts.house_block):
        own = involved.player[involved.start[block] : involved.start[block + 1]]
        by = int(involved.house_closed_by[place])
        first = town.stated.record_id[held.record[held.start[block]]]
        closed[int(first)] = {everyone[own[bit]].sources[0] for bit in range(8) if by >> bit & 1}
    # Cara's block begins with utility 102, Dan's with utility 103
    assert closed == {102: {"utility", "dmv"}, 103: {"utility"}}


def test_blocks_too_large_are_left_with_all_that_they_depend_on(town):
    parts = partition(town, town.linked, most=5)
    assert parts.blocks_count == 3
    # Dan's block, every sighting at 3 Fir St, and whoever else is on file there
    beyond = town.stated.record_id[parts.beyond].tolist()
    assert beyond == [102, 103, 203, 303, 402, 501, 503, 504]
    assert town.true_facts.entity_id[parts.beyond_residents].tolist() == [4]


def test_a_block_sees_the_subsets_of_its_own_players_only(town):
    everyone = players(town.scenario)
    residents = np.flatnonzero(town.population.people["resident"])
    blocks = lay_out(town, town.linked, partition(town, town.linked), everyone, residents)
    # Robert is in two lists, Ann in three; at 3 Fir St all five can play a part
    assert sorted(blocks.subsets_counts.tolist()) == [4, 8, 16, 32]


def assert_large_blocks_come_to_the_same(result, most, monkeypatch):
    count = 1 << len(players(result.scenario))
    exposure, wrongful = values_of(result, range(count))
    monkeypatch.setattr(
        "simulator.experiments.subsets.exact.partition",
        lambda town, linked: partition(town, linked, most),
    )
    found = all_subsets(result)
    np.testing.assert_allclose(found.exposure_share, exposure, atol=1e-12)
    np.testing.assert_allclose(found.wrongful_share, wrongful, atol=1e-12)


@pytest.mark.parametrize("most", [1, 8, 64])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_large_blocks_and_small_ones_come_to_the_same(seed, most, monkeypatch):
    result = random_town(seed, 110, events=("broker",), sightings_count=20)
    assert_large_blocks_come_to_the_same(result, most, monkeypatch)


def test_in_a_large_block_no_second_best_link_takes_the_place_of_the_best(monkeypatch):
    """Dan's licence 402 has its best link to the utility in Ann's record 101, outside his block.

    Hers has a better one, to licence 401: so neither is joined, and the link from 402 to his own
    record 103, not its best, must not be used when his block alone is looked at.
    """
    result = replace(
        worked_town(),
        links=links_between(
            [101, 101, 103, 103, 103, 203], [401, 402, 402, 203, 303, 302], [15, 12, 9, 9, 9, 9]
        ),
    )
    town = linked_town(result)
    parts = partition(town, town.linked, most=4)
    assert town.stated.record_id[parts.beyond].tolist() == [103, 203, 302, 303, 402]
    assert_large_blocks_come_to_the_same(result, 4, monkeypatch)


def test_a_list_that_a_block_is_not_in_can_close_a_house_to_it():
    """By the utility, Ann lives at 2 Elm St, where the licences have Cara; nothing is linked.

    Somebody seen there, in truth Ann on her way to the clinic, is taken for her with the utility
    joined, and for nobody once the licences are too.
    """
    result = with_sightings(worked_town(), ["2 Elm St"], clinic="Oncology")
    held = result.obtained.collected
    utility = held.records["utility"].copy()
    utility.loc[101, "street_address"] = "2 Elm St"
    collected = replace(held, records={**held.records, "utility": utility})
    result = replace(
        result,
        obtained=replace(result.obtained, collected=collected),
        links=links_between([], [], []),
    )
    found = all_subsets(result)
    exposure, _ = values_of(result, range(32))
    np.testing.assert_allclose(found.exposure_share, exposure, atol=1e-12)
    seen = 0b10000
    of_utility = found.exposure_share[UTILITY]
    assert found.exposure_share[UTILITY | seen] - of_utility == pytest.approx(5 / 14 / 4)
    both = found.exposure_share[UTILITY | DMV]
    assert found.exposure_share[UTILITY | DMV | seen] == both


def test_a_sighting_leaves_its_link_for_an_event_that_is_alone_on_file():
    """Cara's licence, here an event, is all that is on file at 2 Elm St, her home.

    A sighting there is linked to her broker record. With her licence unattached beside it, the
    sighting joins that, and her dossier states no home; without the licence, it does.
    """
    result = with_sightings(worked_town(), ["2 Elm St"])
    scenario = result.scenario
    event = scenario.sources["dmv"].model_copy(update={"record_of": "event"})
    scenario = scenario.model_copy(update={"sources": {**scenario.sources, "dmv": event}})
    links = links_between([102, 304], [401, 501], [9, 9])
    result = replace(result, scenario=scenario, links=links)
    found = all_subsets(result)
    broker_and_sighting = 0b10100
    exposure, _ = values_of(result, range(32))
    np.testing.assert_allclose(found.exposure_share, exposure, atol=1e-12)
    without = found.exposure_share[broker_and_sighting]
    assert without - found.exposure_share[broker_and_sighting | DMV] == pytest.approx(3 / 7 / 4)
    # with the utility the licence attaches to her record there, and is on file as hers
    assert found.exposure_share[broker_and_sighting | DMV | UTILITY] > without
