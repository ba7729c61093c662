import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from simulator.sources import collect
from simulator.sources.kinds import Asked, hold
from simulator.tables import RECORD_DATE
from tests.sources.life_events import SOURCES, scenario_with, town
from tests.sources.test_collect import as_bytes, assert_same


@pytest.fixture(scope="module")
def collected():
    return collect(scenario_with(), town())


@pytest.mark.parametrize("name", list(SOURCES))
def test_a_gate_changes_nothing(collected, name):
    closed = scenario_with(**{f"{name}__gate": "warrant"})
    assert_same(collected, collect(closed, town()))


@pytest.mark.parametrize("name", list(SOURCES))
def test_a_source_that_does_not_exist_changes_no_other(collected, name):
    without = collect(scenario_with(**{f"{name}__exists": False}), town())
    others = [other for other in SOURCES if other != name]
    assert list(without.records) == others
    assert_same(collected, without, others)


def test_row_order_of_every_table_leaves_no_trace(collected):
    rng = np.random.default_rng(1)
    population = town()
    tables = ("people", "households", "addresses", "ties", "history", "workplaces")
    shuffled = replace(
        population,
        **{name: getattr(population, name).sample(frac=1, random_state=rng) for name in tables},
    )
    assert_same(collected, collect(scenario_with(), shuffled))


@pytest.mark.parametrize("name", list(SOURCES))
def test_a_file_opened_earlier_holds_nothing_of_later(name):
    day = dt.date(2024, 7, 1)
    scenario = scenario_with()
    then = hold(Asked(scenario, name, town(), day)).frame
    assert len(then) > 100
    born_since = town().people["birth_date"] > np.datetime64(day)
    assert (then[RECORD_DATE] > str(day)).sum() <= born_since.sum()
    assert (then[RECORD_DATE] <= str(day)).any()


def test_events_known_earlier_are_the_same_events(collected):
    then = hold(Asked(scenario_with(), "stops", town(), dt.date(2024, 7, 1))).frame
    now = collected.records["stops"]
    assert as_bytes(now.loc[now["event_date"] < "2024-07-01"]) == as_bytes(then)


def test_a_job_held_at_the_time_had_no_end_yet(collected):
    then = hold(Asked(scenario_with(), "jobs", town(), dt.date(2024, 7, 1))).frame
    now = collected.records["jobs"].reindex(then.index)
    assert now["employer"].equals(then["employer"])
    held = now["job_to"].isna() | (now["job_to"] >= "2024-07-01")
    assert (then["job_to"].isna() == held).all()
    assert (then["job_from"].fillna("") <= "2024-07-01").all()


def test_a_compiled_source_needs_a_way_to_join():
    compiled = {
        "label": "Broker",
        "gate": "purchase",
        "record_of": "compiled",
        "coverage": {"share": 1.0},
        "compiled": {"from_sources": ["profiles"]},
        "fields": {"first_name": {"role": "identifying"}},
    }
    with pytest.raises(ValueError, match="'broker' is compiled"):
        collect(scenario_with(broker=compiled), town())
