"""Every list of every shipped scenario: what a closed gate changes, and what it does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from simulator.population import populate
from simulator.scenario import load_scenario, packaged_scenarios
from simulator.scenario.schema import Gate, Scenario
from simulator.sources import collect, obtain

if TYPE_CHECKING:
    from simulator.tables import Collected, Population

RESIDENTS = 60
SCENARIOS = {packaged.name: load_scenario(packaged.name) for packaged in packaged_scenarios()}
SOURCES = [(name, source) for name, one in SCENARIOS.items() for source in one.sources]
ONE_BY_ONE = [
    pytest.param(name, source, marks=[] if name == "town" else pytest.mark.slow)
    for name, source in SOURCES
    if name in ("town", "modern")
]


def small(name: str, **of_source: Any) -> Scenario:
    """Return a shipped scenario with few people, and one source's setting changed."""
    values = SCENARIOS[name].model_dump(mode="json")
    values["population"] |= {"residents_count": RESIDENTS, "outsiders_per_resident": 0.5}
    for source, settings in of_source.items():
        values["sources"][source] |= settings
    return Scenario.model_validate(values)


def filled(scenario: Scenario) -> tuple[Population, Collected]:
    """Return the people and all the lists; brokers join nothing, which is quick."""
    population = populate(scenario)
    return population, collect(scenario, population, each_alone)


def each_alone(records: dict[str, pd.DataFrame], *_: Any, **__: Any) -> pd.Series:
    every = np.concatenate([frame.index for frame in records.values()])
    return pd.Series(np.arange(len(every)), index=every)


@cache
def as_shipped(name: str) -> tuple[Population, Collected]:
    return filled(small(name))


def closed(name: str, source: str) -> Scenario:
    """Return the scenario with `source` behind a gate that the adversary cannot pass."""
    shipped = SCENARIOS[name]
    used = {one.gate for other, one in shipped.sources.items() if other != source}
    powers, gates = set(shipped.adversary.powers), set(get_args(Gate))
    gate = min(gates - powers or gates - used)
    values = small(name, **{source: {"gate": gate}}).model_dump(mode="json")
    values["adversary"]["powers"] = sorted(powers - {gate})
    return Scenario.model_validate(values)


def as_bytes(frame: pd.DataFrame) -> bytes:
    sink = pa.BufferOutputStream()
    table = pa.Table.from_pandas(frame, preserve_index=True)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def assert_same(one: Collected, other: Collected) -> None:
    for ours, theirs in ((one.records, other.records), (one.sightings, other.sightings)):
        assert list(ours) == list(theirs)
        for source, frame in ours.items():
            assert as_bytes(frame) == as_bytes(theirs[source])
    assert as_bytes(one.truth) == as_bytes(other.truth)


@pytest.mark.parametrize(("name", "source"), ONE_BY_ONE)
def test_closing_a_gate_changes_no_record_anywhere(name, source):
    assert_same(as_shipped(name)[1], filled(closed(name, source))[1])


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_closing_every_gate_at_once_changes_no_record_anywhere(name):
    shipped = SCENARIOS[name].sources
    other = {one: "own" if source.gate != "own" else "public" for one, source in shipped.items()}
    changed = small(name, **{one: {"gate": gate} for one, gate in other.items()})
    assert_same(as_shipped(name)[1], filled(changed)[1])


@pytest.mark.parametrize(("name", "source"), SOURCES)
def test_a_closed_gate_gives_the_adversary_nothing(name, source):
    population, collected = as_shipped(name)
    obtained = obtain(closed(name, source), population, collected)
    held = obtained.collected
    behind = collected.records[source].index if source in collected.records else []
    assert source not in held.records
    assert source not in held.sightings
    assert source not in obtained.lookups
    assert source not in set(held.truth["source"])
    assert not obtained.asked_for.index.isin(behind).any()
    assert not held.truth["record_id"].isin(behind).any()


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_open_gate_gives_what_its_kind_gives(name):
    population, collected = as_shipped(name)
    scenario = small(name)
    obtained = obtain(scenario, population, collected)
    assert list(obtained.collected.records) == list(scenario.reachable())
    asked = scenario.individually_obtained()
    if scenario.adversary.method == "look_up_targets":
        asked = scenario.reachable()
    for source, frame in obtained.collected.records.items():
        if source in asked:
            assert frame.index.isin(obtained.asked_for.index).all()
        else:
            assert frame is collected.records[source]
    assert obtained.lookups_count <= scenario.adversary.targeted_requests_count
    every = np.concatenate([frame.index for frame in obtained.collected.records.values()])
    whole = obtained.collected.truth["field"] == "*"
    assert np.array_equal(obtained.collected.truth.loc[whole, "record_id"], every)
