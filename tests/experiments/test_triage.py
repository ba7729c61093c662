"""Rounds of triage in a small town: what the flagged list changes, and what it leaves alone."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from simulator.experiments import triage
from simulator.experiments.triage import MOST_ATTENTION, NoTriage, triage_rounds
from simulator.exposure.triage import FEEDBACK
from simulator.scenario import load_scenario
from simulator.scenario.schema import Triage

LISTS = ("voter", "dmv", "police")


def town(**rule):
    scenario = load_scenario("modern", people=300)
    settings = {"ranks": "people", "weights": {"police": 1.0}, "flagged_share": 0.1} | rule
    return scenario.model_copy(
        update={
            "sources": {name: scenario.sources[name] for name in LISTS},
            "triage": Triage(rounds_count=2, **settings),
        }
    )


def watched(scenario, count=2):
    """Return the rounds, and of each the attention that went into it and the result."""
    seen = []

    def spy(scenario, attention, population):
        result = real(scenario, attention, population)
        seen.append((attention, result))
        return result

    real = triage._round
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triage, "_round", spy)
        return triage_rounds(scenario, count), seen


@pytest.fixture(scope="module")
def people():
    return watched(town())


@pytest.fixture(scope="module")
def areas():
    return watched(town(ranks="areas", attention_factor=4.0))


def contacts(result):
    """Return whose each contact is, by its record."""
    truth = result.collected.truth
    rows = (truth["source"] == "police") & (truth["field"] == "*")
    return truth.loc[rows].set_index("record_id")["entity_id"]


def of_round(rounds, number):
    rows = rounds.measures.loc[rounds.measures["round"] == number]
    return rows.drop(columns="round").reset_index(drop=True)


def feedback(rounds, number):
    rows = of_round(rounds, number)
    return rows.loc[(rows["group"] == "all") & (rows["metric"] == FEEDBACK), "value"].item()


def test_without_attention_all_rounds_are_one():
    rounds, _ = watched(town(attention_factor=1.0))
    pd.testing.assert_frame_equal(of_round(rounds, 1), of_round(rounds, 2))
    assert rounds.flagged[1].equals(rounds.flagged[2])
    assert rounds.flagged[1].sum() == 30


def test_a_round_is_the_same_however_many_follow(people):
    alone, _ = watched(town(), count=1)
    pd.testing.assert_frame_equal(of_round(alone, 1), of_round(people[0], 1))


def test_the_flagged_are_met_more_often_and_nobody_else(people):
    rounds, ((_, first), (_, second)) = people
    flagged = rounds.flagged.index[rounds.flagged[1]]
    before, after = contacts(first), contacts(second)
    is_theirs = after.isin(flagged)
    assert set(before.index) <= set(after.index)  # attention takes no record away
    assert after[~is_theirs].index.equals(before[~before.isin(flagged)].index)
    assert is_theirs.sum() > before.isin(flagged).sum()
    kept = first.collected.records["police"].index
    pd.testing.assert_frame_equal(
        second.collected.records["police"].loc[kept], first.collected.records["police"]
    )
    for name in ("voter", "dmv"):  # lists that the rule does not count
        pd.testing.assert_frame_equal(second.collected.records[name], first.collected.records[name])


def test_attention_makes_records(people):
    rounds, _ = people
    assert feedback(rounds, 2) > feedback(rounds, 1) > 0.1


def test_the_first_round_looks_at_nobody_harder(people, areas):
    for _, ((attention, _), _) in (people, areas):
        assert attention.areas.empty
        assert attention.people.empty


@pytest.mark.slow
def test_attention_grows_up_to_a_limit_and_is_lost_with_the_flag():
    rounds, seen = watched(town(attention_factor=10.0), count=3)
    factors = [attention.people for attention, _ in seen]
    assert set(factors[1]) == {10.0}
    again = rounds.flagged.index[rounds.flagged[1] & rounds.flagged[2]]
    assert (factors[2].loc[again] == MOST_ATTENTION).all()
    assert set(factors[2].index) == set(rounds.flagged.index[rounds.flagged[2]])


def test_areas_flag_whole_squares_and_look_harder_there(areas):
    rounds, ((_, first), (attention, second)) = areas
    population = first.population
    square = population.addresses["home_area"].reindex(
        population.people["address_id"].reindex(rounds.flagged.index)
    )
    by_square = rounds.flagged[1].groupby(square.to_numpy(dtype=object)).agg(["min", "max"])
    assert (by_square["min"] == by_square["max"]).all()
    assert by_square["max"].sum() == 1  # a tenth of so few squares is less than one
    assert attention.people.empty
    assert attention.areas.to_dict() == {by_square.index[by_square["max"]].item(): 4.0}
    assert attention.sources == ("police",)
    assert contacts(second).isin(rounds.flagged.index[rounds.flagged[1]]).sum() > (
        contacts(first).isin(rounds.flagged.index[rounds.flagged[1]]).sum()
    )


@pytest.mark.slow
def test_a_rule_that_counts_facts_alone_makes_nobody_look_harder():
    _, seen = watched(town(weights={"immigration_case": 1.0}))
    for attention, _ in seen:
        assert attention.people.empty
        assert attention.areas.empty


def test_the_measures_are_those_of_the_flagged_list(people):
    rounds, ((_, first), _) = people
    rows = of_round(rounds, 1).set_index(["group", "metric"])["value"]
    assert rows["all", "flagged_share"] == rounds.flagged[1].mean()
    residents = first.population.people.loc[rounds.flagged.index]
    assert residents["resident"].all()
    theirs = contacts(first)
    theirs = theirs[theirs.isin(rounds.flagged.index)]
    on_flagged = theirs.map(rounds.flagged[1]).mean()
    assert rows["all", FEEDBACK] == pytest.approx(on_flagged)


def test_no_figure_of_a_small_group_is_given(people):
    rounds, ((_, first), _) = people
    told = of_round(rounds, 1).set_index(["group", "metric"])["value"]
    group = first.population.people["group"].reindex(rounds.flagged.index).astype(str)
    sizes = group.value_counts()
    flagged = group[rounds.flagged[1]].value_counts().reindex(sizes.index, fill_value=0)
    few = sizes.index[(sizes < 20) | (flagged < 5)]
    assert len(few)
    assert all(pd.isna(told[name, "flagged_share"]) for name in few)
    assert all(pd.notna(told[name, "flagged_share"]) for name in sizes.index.difference(few))


def test_progress_is_told_round_by_round():
    said = []
    run = partial(triage_rounds, town(), 2, lambda what, share: said.append((what, share)))
    run()
    assert said == [("Round 1 of 2", 0.0), ("Round 2 of 2", 0.5)]


def test_a_scenario_without_a_rule_is_refused():
    with pytest.raises(NoTriage, match="declares no rule: add 'triage'"):
        triage_rounds(load_scenario("town", people=100))
