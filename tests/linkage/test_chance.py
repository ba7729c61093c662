from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage.chance import Coincidences
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.fields import standardise
from tests.linkage.frames import invented


def test_chances_are_distributions_and_housemates_agree_on_both():
    people = 300
    household = np.repeat(np.arange(people // 3), 3)
    table = pd.DataFrame(
        {
            "first_name": [f"name{i % 40}" for i in range(people)],
            "last_name": [f"family{h % 60}" for h in household],
            "street_address": [f"{h} Oak Street" for h in household],
            "zip_code": "00123",
        }
    )
    records = {
        name: table.set_index(pd.Index([f"{name}{i}" for i in range(people)])) for name in "ab"
    }
    coded = standardise(records)
    comparisons = comparisons_for(coded)
    chance = Coincidences(coded, comparisons).estimate()
    for comparison in comparisons:
        assert chance.u[comparison.name].sum(axis=1) == pytest.approx(1)
    surname, residence = chance.u["surname"][0, -1], chance.u["residence"][0, -1]
    assert chance.household is not None
    assert chance.household.sum() == pytest.approx(1)
    assert chance.household[0, -1, -1] > 10 * surname * residence


def test_expected_matches_are_taken_off():
    table = standardise(invented(400))
    comparisons = comparisons_for(table)
    counted = Coincidences(table, comparisons)
    raw = counted.estimate().u["birth_date"][0, -1]
    m = {c.name: np.array([[*[0.0] * (len(c.levels) - 1), 1.0]]) for c in comparisons}
    rest = counted.estimate(np.array([400.0]), m).u["birth_date"][0, -1]
    assert raw == pytest.approx(400 / 400**2, rel=0.2)  # nearly all equal dates are matches
    assert rest < 0.2 * raw


def test_worse_agreement_is_not_much_rarer_than_better():
    table = standardise(invented(400))
    for c in comparisons_for(table):
        u = Coincidences(table, comparisons_for(table)).estimate().u[c.name][0]
        assert (u[:-1] >= 0.4 * u[1:]).all(), c.name
