from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simulator.experiments.leaving import tied_pairs, town_of
from simulator.experiments.spill_over import (
    draw_leavers,
    leaving_with,
    spill_over_in,
)
from simulator.exposure.spill_over import TIES_LEFT
from simulator.pipeline import run
from simulator.scenario import load_scenario
from tests.experiments import four_people
from tests.experiments.four_people import ANN, DEE


@pytest.fixture(scope="module")
def town():
    return town_of(run(load_scenario("town", people=300)))


@pytest.fixture(scope="module")
def found(town):
    return spill_over_in(town, 0.1)


def test_the_worked_town_all_leaving_together():
    """Everybody is a leaver, so that all ties are gone at once; see `four_people`."""
    found = spill_over_in(town_of(four_people.result()), 1.0)
    leavers = found.leavers
    assert leavers.entity_id.tolist() == [1, 2, 3, 4]
    row = {entity: place for place, entity in enumerate(leavers.entity_id.tolist())}
    assert leavers.before.tolist() == [8 / 8, 4 / 6, 4 / 8, 2 / 8]
    assert leavers.after[row[ANN]].tolist() == [4 / 8] * len(TIES_LEFT)
    assert leavers.after[row[DEE]].tolist() == [0] * len(TIES_LEFT)
    assert leavers.ties_gone_share.tolist() == [1] * len(TIES_LEFT)
    # Bo's file states a home beside the names of Ann and Dee, Ann's one beside the name of Bo
    assert leavers.stated_count[[row[ANN], row[DEE]]].tolist() == [1, 1]
    assert leavers.right_count[[row[ANN], row[DEE]]].tolist() == [1, 0]
    assert found.measures["value"].isna().all()  # four people are too few to speak of


def test_more_ties_leave_and_less_is_known(found):
    gone = found.leavers.ties_gone_share
    assert (np.diff(gone) > 0).all()
    assert gone[0] < 0.2
    assert gone[-1] == 1
    known = found.leavers.after
    assert (known >= 0).all()
    assert (known <= 1).all()
    assert known[:, 0].mean() > known[:, -1].mean()
    # the only list that names friends can be left by all of them
    assert known[:, -1].max() == 0
    assert found.lists == {"Social media": True}


def test_the_measures_are_those_of_the_leavers(found):
    values = found.measures.set_index(["metric", "ties_left_share"])["value"]
    leavers = found.leavers
    assert found.measures["n"].iloc[0] == len(leavers.entity_id)
    assert values["through_others_share", 0.5] == pytest.approx(leavers.after[:, 2].mean())
    spilt = found.measures.set_index("metric")["value"]["spill_over_share"]
    assert spilt == pytest.approx((leavers.after[:, 0] - leavers.after[:, -1]).mean())
    assert (leavers.nowhere_else <= leavers.after[:, 0] + 1e-12).all()


def test_a_larger_share_of_leavers_holds_a_smaller(town):
    population = town.result.population
    few, many = (set(draw_leavers(population, share, 7).tolist()) for share in (0.05, 0.2))
    assert few
    assert few < many
    assert population.people.loc[sorted(many), "resident"].all()


def test_ties_leave_in_nested_steps(town):
    leavers = draw_leavers(town.result.population, 0.1, 7)
    pairs = tied_pairs(town.result.population, leavers)
    steps = [set(leaving_with(pairs, left, 7).tolist()) for left in TIES_LEFT]
    assert not steps[0]
    assert all(one <= other for one, other in pairwise(steps))
    assert steps[-1] == set(pairs["tied_id"])


def test_the_same_town_gives_the_same_figures(town, found):
    again = spill_over_in(town, 0.1)
    assert again.measures.equals(found.measures)
    assert again.facts.equals(found.facts)
