import numpy as np
import pytest

from simulator.experiments.equalising import (
    equal_coverage,
    equal_errors,
    group_rates_of_coverage,
    group_rates_of_errors,
    without_errors,
)
from simulator.pipeline import collect_records
from simulator.scenario import load_scenario
from simulator.scenario.schema import Coverage, Noise

LARGE = ["white", "hispanic"]


def with_source(scenario, name, **update):
    source = scenario.sources[name].model_copy(update=update)
    return scenario.model_copy(update={"sources": dict(scenario.sources) | {name: source}})


@pytest.fixture(scope="module")
def unequal():
    """Of the Hispanic people bills show a third, and licences are wrong three times as often."""
    town = load_scenario("town", people=400)
    noise = dict(town.sources["dmv"].noise)
    noise["typing"] = Noise(cells_share=0.1, by_group={"hispanic": 3.0})
    coverage = Coverage(share=0.75, by_group={"hispanic": 0.33})
    return with_source(with_source(town, "utility", coverage=coverage), "dmv", noise=noise)


@pytest.fixture(scope="module")
def drawn(unequal):
    population, collected = collect_records(unequal)
    clean = collect_records(without_errors(unequal), population=population)[1]
    return population, collected, clean


def test_without_errors_the_records_are_the_same_but_for_them(unequal, drawn):
    _, collected, clean = drawn
    for name, frame in collected.records.items():
        assert frame.index.equals(clean.records[name].index)
        assert frame.columns.equals(clean.records[name].columns)
    wrong = group_rates_of_errors(collected, clean, drawn[0].people["group"])
    # one typing error in ten, others beside it, and three in ten among the Hispanic
    assert 0.1 < wrong.loc["white", ("dmv", "street_address")] < 0.2
    assert 0.25 < wrong.loc["hispanic", ("dmv", "street_address")] < 0.4
    assert wrong.loc["white", ("utility", "zip_code")] < 0.08


def test_every_list_sees_as_much_of_every_group(unequal, drawn):
    population, collected, _ = drawn
    group = population.people["group"]
    before = group_rates_of_coverage(unequal, collected, group)
    equal = equal_coverage(unequal, collected, group)
    after = group_rates_of_coverage(equal, collect_records(equal, population=population)[1], group)
    assert before.loc["hispanic", "utility"] < 0.5 * before.loc["white", "utility"]
    apart = (after.loc[LARGE] - after.loc["all"]).abs().max().max()
    assert apart < 0.03
    assert after.loc["all"].to_numpy() == pytest.approx(before.loc["all"].to_numpy(), abs=0.03)


def test_every_field_is_wrong_as_often_in_every_group(unequal, drawn):
    population, collected, clean = drawn
    group = population.people["group"]
    equal = equal_errors(unequal, collected, clean, group)
    after = group_rates_of_errors(collect_records(equal, population=population)[1], clean, group)
    before = group_rates_of_errors(collected, clean, group)
    field = ("dmv", "street_address")
    assert before.loc["hispanic", field] > 1.5 * before.loc["white", field]
    assert after.loc["hispanic", field] == pytest.approx(after.loc["all", field], abs=0.04)
    assert after.loc["all", field] == pytest.approx(before.loc["all", field], abs=0.03)
    # a dropped second surname strikes the Hispanic alone, and so their other errors are fewer
    name = ("broker", "full_name")
    assert abs(after.loc["hispanic", name] - after.loc["white", name]) < 0.04


def test_whom_the_other_lists_see_is_left_as_it_is(unequal, drawn):
    """Common random numbers: of the licences, whose groups are alike, few records change."""
    population, collected, _ = drawn
    equal = equal_coverage(unequal, collected, population.people["group"])
    after = collect_records(equal, population=population)[1].records["dmv"].index
    before = collected.records["dmv"].index
    assert len(after.symmetric_difference(before)) < 0.05 * len(before)


def test_of_a_compiled_lists_own_factors_the_mean_remains():
    modern = load_scenario("modern", people=100)
    few = {name: modern.sources[name] for name in ("voter", "utility", "broker")}
    modern, broker = modern.model_copy(update={"sources": few}), few["broker"]
    unequal = with_source(
        modern,
        "broker",
        coverage=broker.coverage.model_copy(update={"by_group": {"black": 0.5}}),
        noise=dict(broker.noise) | {"typing": Noise(cells_share=0.01, by_group={"black": 5.0})},
    )
    population, collected = collect_records(unequal)
    group = population.people["group"]
    share = (group == "black").mean()
    equal = equal_coverage(unequal, collected, group)
    factors = equal.sources["broker"].coverage.by_group
    assert set(factors) == set(group.cat.categories)
    assert list(factors.values()) == pytest.approx([1 - 0.5 * share] * len(factors))
    clean = collect_records(without_errors(unequal), population=population)[1]
    assert "broker" not in clean.records
    noise = equal_errors(unequal, collected, clean, group).sources["broker"].fields["email"].noise
    assert list(noise["typing"].by_group.values()) == pytest.approx([1 + 4 * share] * len(factors))
    assert noise["blank"].by_group == {}


def test_events_are_made_equal_by_their_number(unequal):
    modern = load_scenario("modern", people=400)
    police = modern.sources["police"]
    watched = with_source(
        modern,
        "police",
        events=police.events.model_copy(update={"by_group": {"black": 4.0}}),
    )
    only = {"police": watched.sources["police"]}
    scenario = watched.model_copy(update={"sources": only})
    population, collected = collect_records(scenario)
    group = population.people["group"]
    before = group_rates_of_coverage(scenario, collected, group)["police"]
    assert before["black"] > 2 * before["all"]
    equal = equal_coverage(scenario, collected, group)
    after = collect_records(equal, population=population)[1]
    rates = group_rates_of_coverage(equal, after, group)["police"]
    assert rates["black"] == pytest.approx(rates["all"], rel=0.15)
    assert np.isfinite(list(equal.sources["police"].events.by_group.values())).all()
