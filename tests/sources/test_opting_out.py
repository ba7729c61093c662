import numpy as np
import pytest

from simulator.sources import collect
from tests.sources.life_events import SOURCES, scenario_with, town


def about(collected, name):
    truth = collected.truth
    own = (truth["source"] == name) & (truth["role"] == "subject")
    return set(truth.loc[own, "entity_id"])


@pytest.fixture(scope="module")
def collected():
    return collect(scenario_with(), town())


def test_whoever_is_removed_is_gone_from_the_sources_that_say_so_and_no_others(collected):
    left = collect(
        scenario_with(
            profiles__removed_share=0.3, lines__removed_share=0.3, jobs__removed_share=0.1
        ),
        town(),
    )
    gone = {name: about(collected, name) - about(left, name) for name in SOURCES}
    assert gone["stops"] == set()
    assert left.records["stops"].equals(collected.records["stops"])
    everyone = len(about(collected, "profiles"))
    assert len(gone["profiles"]) == pytest.approx(0.3 * everyone, abs=4 * np.sqrt(everyone) / 2)
    # the same people everywhere: whoever left where one in ten did, left where three in ten did
    for name in ("profiles", "lines"):
        assert gone["jobs"] & about(collected, name) <= gone[name]
        assert not gone["profiles"] & about(left, name)


def test_the_records_of_those_who_stay_are_as_they_were(collected):
    left = collect(scenario_with(profiles__removed_share=0.3), town())
    frame = left.records["profiles"]
    assert len(frame) < 0.8 * len(collected.records["profiles"])
    assert frame.equals(collected.records["profiles"].loc[frame.index])


@pytest.mark.parametrize("name", ["profiles", "lines"])
def test_a_corrected_record_is_right_and_of_today(collected, name):
    mended = collect(scenario_with(**{f"{name}__corrected_share": 1.0}), town())
    truth = mended.truth.loc[(mended.truth["source"] == name) & (mended.truth["field"] == "*")]
    frame = mended.records[name]
    people = town().people.loc[truth.set_index("record_id").loc[frame.index, "entity_id"]]
    assert (frame["record_date"] == "2026-01-01").all()
    for field in ("first_name", "last_name"):
        assert (frame[field].to_numpy() == people[field].to_numpy()).all()
    assert (collected.records[name]["first_name"] != frame["first_name"]).mean() > 0.1
    for other in set(SOURCES) - {name}:
        assert mended.records[other].equals(collected.records[other])


def test_the_records_of_everyone_else_are_as_they_were(collected):
    some = collect(scenario_with(profiles__corrected_share=0.2), town())
    before, after = collected.records["profiles"], some.records["profiles"]
    assert before.index.equals(after.index)
    changed = (before.fillna("") != after.fillna("")).any(axis=1)
    assert 0.1 < changed.mean() < 0.25
    assert (after.loc[changed, "record_date"] == "2026-01-01").all()


def test_corrected_events_keep_their_day_and_lose_their_errors(collected):
    mended = collect(scenario_with(stops__corrected_share=1.0), town()).records["stops"]
    before = collected.records["stops"]
    assert mended["event_date"].equals(before["event_date"])
    assert not mended["first_name"].equals(before["first_name"])
