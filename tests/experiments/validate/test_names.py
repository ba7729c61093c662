from math import isnan

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.validate import names
from simulator.population import given_names, surnames
from simulator.scenario import load_scenario
from tests.experiments.validate.invented import evidence_of


def adults(rows):
    frame = pd.DataFrame(rows, columns=["group", "first_name", "last_name", "birth_date"])
    frame["birth_date"] = frame["birth_date"].astype("datetime64[s]")
    groups = list(load_scenario("town").population.groups)
    frame["group"] = pd.Categorical(frame["group"], categories=groups)
    return frame


FOUR = adults(
    [
        ("white", "Ann", "Roe", "1980-01-01"),
        ("white", "Ann", "Roe", "1980-01-01"),
        ("white", "Bo", "Roe", "1980-01-01"),
        ("black", "Ann", "Doe", "1981-01-01"),
    ]
)


def test_unique_names_by_hand():
    found = names.count_unique_names(load_scenario("town"), FOUR)
    assert found.people.to_dict() == {
        "white": 3, "hispanic": 0, "black": 1, "asian": 0, "other": 0
    }  # fmt: skip
    assert found.counted["white"] == pytest.approx(1 / 3)
    assert found.counted["black"] == 1
    # four people hardly ever share a name
    assert found.with_tail["white"] > found.renormalised["white"] > 0.999


def test_rare_people_keep_their_share_of_names():
    for table, listed in ((given_names.CENSUS_TABLE, 0.882), (surnames.TABLE, 0.727)):
        kept = names.listed_shares(table, rare_tail=True)
        assert (kept.sum(axis=1) <= 1 + 1e-9).all()
        assert 0.5 < kept.sum(axis=1).min() < listed < kept.sum(axis=1).max()
        np.testing.assert_allclose(names.listed_shares(table, rare_tail=False).sum(axis=1), 1)


def test_the_closed_form_is_what_a_draw_gives():
    """Two groups, a few names and a rare tail: the mean over many draws is the closed form."""
    first = np.array([[0.5, 0.3, 0.0], [0.1, 0.2, 0.7]])
    last = np.array([[0.6, 0.2], [0.3, 0.3]])
    people = np.array([6, 4])
    group = np.repeat([0, 1], people)
    expected = names.expected_unique_names(first, last, people) @ people / 10
    rng = np.random.default_rng(1)
    unique = 0.0
    for _ in range(3000):
        full = []
        for table in (first, last):
            edges = np.cumsum(table, axis=1)[group]
            index = (rng.random(10)[:, None] > edges).sum(axis=1)
            # a rare name is nobody else's
            full.append(np.where(index == table.shape[1], 100 + np.arange(10), index))
        key = full[0] * 1000 + full[1]
        unique += (np.unique(key, return_counts=True)[1] == 1).sum() / 10 / 3000
    # exp(-(n - 1) p) stands for (1 - p)^(n - 1); with ten people and names this common it is coarse
    assert unique == pytest.approx(expected, abs=0.03)


def test_too_few_adults_means_no_figure():
    found = names.unique_names(evidence_of(adults=FOUR), 20_000)
    assert isnan(found.ours)
    assert found.how == "needs 20,000 adults, there are 4"


def test_coincidences_by_hand():
    found = names.coincidences(evidence_of(adults=FOUR))
    assert found.ours == 1
    # born in 1980: one of three pairs shares the name, all three share the day
    assert found.expected == 1
    assert found.n == 4


def test_dates_independent_of_names_meet_the_birthday_problem():
    rng = np.random.default_rng(2)
    name, day = rng.integers(0, 50, 20_000), rng.integers(0, 3650, 20_000)
    expected = names.expected_coincidences(name, day, day // 365)
    assert names.pairs(name, day) == pytest.approx(expected, abs=4 * expected**0.5)
