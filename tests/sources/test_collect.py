from dataclasses import replace

import numpy as np
import pytest

from simulator.sources import collect
from simulator.tables import RECORD_DATE, TEXT
from tests.sources.conftest import scenario_with


@pytest.fixture(scope="module")
def collected(population):
    return collect(scenario_with(), population)


def as_bytes(frame):
    """Return a frame as bytes: values, order, columns and types."""
    return (str(dict(frame.dtypes)) + frame.to_csv()).encode()


def assert_same(one, other, names=None):
    names = list(one.records) if names is None else names
    for name in names:
        assert as_bytes(one.records[name]) == as_bytes(other.records[name])
        truths = (each.truth.loc[each.truth["source"] == name] for each in (one, other))
        first, second = (as_bytes(truth.reset_index(drop=True)) for truth in truths)
        assert first == second


def test_frames_are_typed_sorted_and_in_order(collected):
    scenario = scenario_with()
    assert list(collected.records) == list(scenario.sources)
    for name, frame in collected.records.items():
        assert list(frame.columns) == [*scenario.sources[name].fields, RECORD_DATE]
        assert (frame.dtypes == TEXT).all()
        assert frame.index.name == "record_id"
        assert frame.index.dtype == np.int64
        assert frame.index.is_monotonic_increasing
        assert len(frame) > 500


def test_truth_has_one_row_per_record_in_the_order_of_the_frames(collected, population):
    truth = collected.truth
    assert list(truth.columns) == ["record_id", "source", "field", "entity_id", "role"]
    every = np.concatenate([frame.index for frame in collected.records.values()])
    assert np.array_equal(truth["record_id"], every)
    assert truth["record_id"].is_unique
    sizes = truth["source"].value_counts(sort=False)
    assert sizes.to_dict() == {name: len(frame) for name, frame in collected.records.items()}
    assert set(truth["field"]) == {"*"}
    assert set(truth["role"]) == {"subject"}
    assert truth["entity_id"].isin(population.people.index).all()


def test_row_order_of_every_table_leaves_no_trace(collected, population):
    rng = np.random.default_rng(1)
    shuffled = replace(
        population,
        **{
            name: getattr(population, name).sample(frac=1, random_state=rng)
            for name in ("people", "households", "addresses", "history")
        },
    )
    assert_same(collected, collect(scenario_with(), shuffled))


def test_other_people_leave_no_trace(collected, population):
    kept = population.people.loc[population.people["household_id"] % 2 == 1]
    fewer = collect(scenario_with(), replace(population, people=kept))
    for name, frame in fewer.records.items():
        about = collected.truth.loc[collected.truth["source"] == name].set_index("record_id")
        still = about.index[about["entity_id"].isin(kept.index)]
        assert as_bytes(collected.records[name].loc[still]) == as_bytes(frame)


@pytest.mark.parametrize("name", ["bills", "profiles", "licences"])
def test_a_gate_changes_nothing(collected, population, name):
    closed = scenario_with(**{f"sources__{name}__gate": "own"})
    assert_same(collected, collect(closed, population))


@pytest.mark.parametrize("name", ["bills", "profiles", "licences"])
def test_a_source_that_does_not_exist_changes_no_other(collected, population, name):
    without = collect(scenario_with(**{f"sources__{name}__exists": False}), population)
    others = [other for other in collected.records if other != name]
    assert list(without.records) == others
    assert_same(collected, without, others)
    assert name not in set(without.truth["source"])


def test_no_source_at_all_gives_an_empty_truth_of_the_same_types(collected, population):
    names = list(collected.records)
    nothing = collect(
        scenario_with(**{f"sources__{name}__exists": False for name in names}), population
    )
    assert nothing.records == {}
    assert len(nothing.truth) == 0
    assert (nothing.truth.dtypes == collected.truth.dtypes).all()


def test_a_source_that_sees_nobody_is_an_empty_frame(collected, population):
    unseeing = scenario_with(
        sources__profiles__coverage={"share": 0.0}, sources__licences__coverage={"share": 0.0}
    )
    empty = collect(unseeing, population)
    for name in ("profiles", "licences"):
        assert len(empty.records[name]) == 0
        assert (empty.records[name].dtypes == collected.records[name].dtypes).all()
    assert_same(collected, empty, ["bills"])


@pytest.mark.parametrize(
    "changed",
    [
        {"missing_share": 0.9},
        {"noise": {"typing": {"cells_share": 1.0}}},
        {"noise": {"blank": {"cells_share": 0.5}}},
        {"noise": {"surname_dropped": {"cells_share": 1.0}, "nickname": {"cells_share": 1.0}}},
    ],
)
def test_a_fields_settings_change_no_other_column(collected, population, changed):
    setting = {"role": "identifying", "missing_share": 0.3, **changed}
    other = collect(scenario_with(sources__licences__fields__full_name=setting), population)
    assert_same(collected, other, ["bills", "profiles"])
    before, after = collected.records["licences"], other.records["licences"]
    assert as_bytes(before.drop(columns="full_name")) == as_bytes(after.drop(columns="full_name"))
    assert as_bytes(before[["full_name"]]) != as_bytes(after[["full_name"]])


def test_noise_off_turns_errors_off_and_nothing_else(collected, population):
    quiet = collect(scenario_with(noise_enabled=False), population)
    declared = {name: {} for name in collected.records}
    noiseless = collect(
        scenario_with(**{f"sources__{name}__noise": noise for name, noise in declared.items()}),
        population,
    )
    assert_same(quiet, noiseless)
    for name, frame in collected.records.items():
        assert np.array_equal(frame.index, quiet.records[name].index)
        assert (frame[RECORD_DATE] == quiet.records[name][RECORD_DATE]).all()
        # what was missing without noise is missing with it
        assert not (frame.notna() & quiet.records[name].isna()).to_numpy().any()


def test_missing_share_is_met_without_noise(population):
    quiet = collect(scenario_with(noise_enabled=False), population)
    assert quiet.records["licences"]["full_name"].isna().mean() == pytest.approx(0.3, abs=0.04)
    assert quiet.records["profiles"]["birth_month_day"].isna().mean() == pytest.approx(
        0.4, abs=0.05
    )
    assert quiet.records["licences"]["birth_date"].notna().all()


def test_a_second_record_has_its_own_missingness_and_errors(collected):
    truth = collected.truth.loc[collected.truth["source"] == "profiles"].set_index("record_id")
    twice = truth.loc[truth["entity_id"].duplicated(keep=False)].sort_values("entity_id")
    assert len(twice) > 100
    frame = collected.records["profiles"].loc[twice.index]
    first, second = frame.iloc[::2], frame.iloc[1::2]
    lacks = [half["birth_month_day"].isna().to_numpy() for half in (first, second)]
    # independent at a share near 0.43: the two differ in about half the pairs
    assert np.mean(lacks[0] != lacks[1]) == pytest.approx(0.49, abs=0.15)
    names = [half["display_name"].fillna("").to_numpy() for half in (first, second)]
    assert np.mean(names[0] != names[1]) > 0.4


def test_the_seed_changes_everything(collected, population):
    other = collect(scenario_with(seed=12), population)
    for name, frame in collected.records.items():
        assert frame.index.intersection(other.records[name].index).empty
