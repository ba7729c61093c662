from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.experiments import compare as comparing
from simulator.experiments.compare import NotPaired, Town, compare, compare_in_town
from simulator.experiments.placebo import removed
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.tables import RECORD_DATE


@pytest.fixture(scope="module")
def base():
    return load_scenario("town", people=150, seed=3)


def with_source(scenario, name, **changes):
    source = scenario.sources[name].model_copy(update=changes)
    return scenario.model_copy(update={"sources": {**scenario.sources, name: source}})


@pytest.fixture(scope="module")
def policies(base):
    surer = base.linkage.model_copy(update={"threshold": 0.99})
    return {
        "same": base,
        "no_broker": with_source(base, "broker", exists=False),
        "closed_broker": with_source(base, "broker", gate="warrant"),
        "surer": base.model_copy(update={"linkage": surer}),
    }


@pytest.fixture(scope="module")
def comparison(base, policies):
    def in_this_process(work, tasks):
        return map(work, tasks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "in_processes", in_this_process)
        patch.setattr(comparing, "cores", lambda: 2)  # so that policies are dealt out
        patch.setattr(comparing, "_POLICIES_PER_PROCESS", 2)
        return compare(base, policies, {name: name.title() for name in policies}, 1)


def rows(comparison, policy, run_as="frozen", group="all"):
    table = comparison.effects
    chosen = (table["policy"] == policy) & (table["run"] == run_as) & (table["group"] == group)
    return table.loc[chosen].set_index("metric")


def test_a_policy_that_changes_nothing_has_no_effect_at_all(comparison):
    table = comparison.effects.loc[comparison.effects["policy"] == "same"]
    told = table.loc[table["value"].notna()]
    assert len(told)
    assert (told[["value", "low", "high"]] == 0).all(axis=None)


def test_the_change_is_the_one_between_two_runs(base, policies, comparison):
    """Means of two plain runs; the retrained adversary is a plain run of the policy."""
    alone = [run(scenario).people for scenario in (base, policies["no_broker"])]
    before, after = (people["exposure_share"].mean() for people in alone)
    found = rows(comparison, "no_broker", "retrained").loc["exposure_share"]
    assert found["value"] == pytest.approx(after - before)
    assert found[["before", "after"]].tolist() == pytest.approx([before, after])


def test_a_closed_gate_does_what_a_source_that_does_not_exist_does(comparison):
    told, untold = (
        rows(comparison, name).drop(columns="policy") for name in ("no_broker", "closed_broker")
    )
    pd.testing.assert_frame_equal(told, untold)


def test_a_policy_that_takes_nothing_away_has_no_placebo(comparison):
    assert (rows(comparison, "surer", "placebo")["value"] == 0).all()
    beyond, frozen = (rows(comparison, "surer", kind) for kind in ("beyond_placebo", "frozen"))
    assert beyond["value"].equals(frozen["value"])


def test_what_was_taken_away_is_told(comparison, base):
    found = comparison.removed.set_index("policy")["records_share"]
    held = {name: len(frame) for name, frame in run(base).obtained.collected.records.items()}
    assert found["no_broker"] == pytest.approx(held["broker"] / sum(held.values()))
    assert found[["same", "surer"]].tolist() == [0, 0]


def test_policies_keep_their_order_however_they_are_dealt_out(base, policies, comparison):
    assert comparison.effects["policy"].drop_duplicates().tolist() == list(policies)
    assert comparison.ranking["policy"].tolist() == list(policies)
    assert comparison.removed["policy"].tolist() == list(policies)


def test_growth_is_that_of_the_base_where_there_are_many_policies(base, comparison):
    expected = run(base).exposure
    expected = expected.loc[expected["group"] == "all"].reset_index(drop=True)
    assert set(comparison.growth["policy"]) == {""}
    pd.testing.assert_frame_equal(comparison.growth.drop(columns="policy"), expected)


@pytest.mark.slow
def test_a_policy_alone_shows_its_growth(base, policies):
    found = compare(base, {"no_broker": policies["no_broker"]}, {"no_broker": "x"}, 1)
    growth = found.growth
    assert growth.loc[growth["policy"] == "no_broker", "step"].max() == 3
    last = growth.loc[(growth["policy"] == "no_broker") & (growth["metric"] == "exposure_share")]
    after = rows(found, "no_broker").loc["exposure_share", "after"]
    assert last["value"].iloc[-1] == pytest.approx(after)


@pytest.mark.slow
def test_towns_drawn_anew_are_paired_town_by_town(base, policies):
    """In processes of their own; the mean and Student's interval over the towns' own changes."""
    chosen = {"no_broker": policies["no_broker"]}
    found = compare(base, chosen, {"no_broker": "x"}, 3)
    changes = []
    for seed in (3, 4, 5):
        designs = [
            scenario.model_copy(update={"seed": seed}) for scenario in (base, *chosen.values())
        ]
        before, after = (run(design).people["exposure_share"] for design in designs)
        changes.append((after - before).mean())
    row = rows(found, "no_broker", "retrained").loc["exposure_share"]
    half = 4.302652729911275 * np.std(changes, ddof=1) / np.sqrt(3)
    assert found.seeds == (3, 4, 5)
    assert row[["value", "low", "high"]].tolist() == pytest.approx(
        [np.mean(changes), np.mean(changes) - half, np.mean(changes) + half]
    )
    assert (row["n"], row["interval"]) == (3, "paired_t")


def test_reused_records_are_those_drawn_anew(base, policies):
    """What one town's designs share is drawn once; it must be what each would draw by itself."""
    held = {}
    _, first = comparing.collect_records(base, before=held)
    for policy in policies.values():
        _, reused = comparing.collect_records(policy, before=held)
        _, drawn = comparing.collect_records(policy)
        assert list(reused.records) == list(drawn.records)
        for name, frame in drawn.records.items():
            pd.testing.assert_frame_equal(reused.records[name], frame)
        pd.testing.assert_frame_equal(reused.truth, drawn.truth)
    assert first.records["dmv"] is comparing.collect_records(base, before=held)[1].records["dmv"]


def test_a_changed_source_is_drawn_anew(base):
    held = {}
    comparing.collect_records(base, before=held)
    without = {
        name: field for name, field in base.sources["dmv"].fields.items() if name != "birth_date"
    }
    _, fewer = comparing.collect_records(with_source(base, "dmv", fields=without), before=held)
    assert "birth_date" not in fewer.records["dmv"]
    assert RECORD_DATE in fewer.records["dmv"]


def test_another_town_is_refused(base):
    other = base.model_copy(
        update={"population": base.population.model_copy(update={"residents_count": 160})}
    )
    with pytest.raises(NotPaired, match="they differ in population"):
        compare(base, {"other": other}, {"other": "Other"}, 1)


@pytest.mark.slow
def test_another_seed_is_no_other_town(base, policies):
    """The policy runs with the base's seed, whatever its file says."""
    seeded = base.model_copy(update={"seed": 99})
    found = compare(base, {"seeded": seeded}, {"seeded": "x"}, 1)
    assert (rows(found, "seeded")["value"] == 0).all()


@pytest.mark.slow
def test_the_placebo_takes_as_much_as_the_policy(base, policies, monkeypatch):
    seen = []

    def spy(obtained, less, seed):
        left = real(obtained, less, seed)
        seen.append((less, removed(obtained.collected, left.collected)))
        return left

    real = comparing.take_at_random
    monkeypatch.setattr(comparing, "take_at_random", spy)
    compare_in_town(Town(base, {"no_broker": policies["no_broker"]}, is_only=False, grows=False))
    ((wanted, done),) = seen
    assert done.records_count == wanted.records_count > 0
