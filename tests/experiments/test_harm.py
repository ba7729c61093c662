import numpy as np
import pandas as pd
import pytest

from simulator.experiments.harm import METRICS, TRIAGE, groups_of, measure_harm
from simulator.experiments.rejoining import groups_at, rejoinable
from simulator.experiments.triage import triage_rounds
from simulator.pipeline import run
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def result(town):
    return run(town)


@pytest.fixture(scope="module")
def groups(result):
    return groups_of(result.scenario, result.population, result.dossiers, result.people)


def test_what_is_held_is_what_a_run_says(result, groups):
    last = result.exposure.loc[result.exposure["step"] == result.exposure["step"].max()]
    said = last.set_index(["group", "metric"])[["value", "low", "high", "n"]]
    own = groups.held.loc[groups.held["side"] == "group"].set_index(["group", "metric"])
    assert set(own.index.get_level_values("metric")) == set(METRICS)
    pd.testing.assert_frame_equal(
        own[["value", "low", "high", "n"]], said.loc[own.index], check_dtype=False
    )


def test_a_group_and_everyone_else_make_all(groups):
    counts = groups.held.loc[groups.held["metric"] == "wrongful_share"]
    of_side = counts.pivot_table(["n", "events"], "group", "side")
    for name in ("n", "events"):
        both = (of_side[name, "group"] + of_side[name, "rest"]).dropna()
        assert (both == of_side.loc["all", (name, "group")]).all()


def test_there_is_a_watch_list_for_every_sensitive_fact(town, groups):
    assert list(groups.acted_on) == list(town.sensitive_facts)
    for figures in groups.acted_on.values():
        events = figures.loc[figures["group"] == "all"].set_index("metric")["events"]
        assert events["listed_for_another_share"] <= events["wrongly_listed_share"]
        assert events["wrongly_listed_share"] <= events["listed_share"]


def test_at_its_own_threshold_it_is_the_run_itself(result, groups):
    again = groups_at(rejoinable(result), result.scenario.linkage.threshold)
    pd.testing.assert_frame_equal(again.held, groups.held)
    for fact, figures in groups.acted_on.items():
        pd.testing.assert_frame_equal(again.acted_on[fact], figures)


def test_a_lower_threshold_misses_less(result):
    one = rejoinable(result)
    missed = [
        groups_at(one, threshold).held.set_index(["group", "metric", "side"])["value"][
            "all", "missed_share", "group"
        ]
        for threshold in (0.5, 0.9, 0.99)
    ]
    assert missed[0] <= missed[1] <= missed[2]
    assert missed[0] < missed[2]


def test_the_rule_flags_whom_triage_flags_in_its_first_round():
    scenario = load_scenario("modern", people=200)
    scenario = scenario.model_copy(
        update={
            "sources": {name: scenario.sources[name] for name in ("voter", "dmv", "police")},
            "triage": scenario.triage.model_copy(
                update={"weights": {"police": 1.0, "immigration_case": 3.0}}
            ),
        }
    )
    result = run(scenario)
    found = groups_of(scenario, result.population, result.dossiers, result.people)
    flagged = found.acted_on[TRIAGE].set_index(["group", "metric", "side"])["value"]
    first = triage_rounds(scenario, 1).measures
    said = first.loc[(first["group"] == "all") & (first["metric"] == "flagged_share"), "value"]
    assert flagged["all", "flagged_share", "group"] == said.item() > 0
    assert flagged["all", "flagged_for_another_share", "group"] == 0  # no list states the case


@pytest.mark.slow
def test_over_towns_everything_is_a_mean():
    town = load_scenario("town", people=150)
    both = measure_harm(town, replicates=2)
    seeds = [town.seed, town.seed + 1]
    alone = [measure_harm(town.model_copy(update={"seed": seed})) for seed in seeds]
    assert both.seeds == tuple(seeds)
    for table, keys in (("overconfidence", ["group", "metric"]), ("control", ["source", "metric"])):
        one, other = (getattr(each, table).set_index(keys)["value"] for each in alone)
        mean = pd.concat([one, other], axis=1).mean(axis=1)
        found = getattr(both, table).set_index(keys)["value"]
        np.testing.assert_allclose(found, mean.reindex(found.index), atol=1e-12)
    pairs = [each.calibration.groupby("group")["n"].sum() for each in (*alone, both)]
    assert (pairs[0].add(pairs[1], fill_value=0) == pairs[2]).all()


def test_a_town_without_sensitive_facts_or_rule_has_nothing_to_act_on(town):
    plain = {
        name: source.model_copy(
            update={
                "fields": {
                    field: setting
                    for field, setting in source.fields.items()
                    if field not in town.sensitive_facts
                }
            }
        )
        for name, source in town.sources.items()
    }
    harm = measure_harm(town.model_copy(update={"sensitive_facts": {}, "sources": plain}))
    assert harm.groups.acted_on == {}
    assert harm.gap is None
