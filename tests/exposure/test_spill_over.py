import numpy as np
import pandas as pd
import pytest

from simulator.exposure.spill_over import TIES_LEFT, Leavers, measure_facts, measure_spill_over


def test_facts_are_counted_over_those_of_whom_they_are_true():
    people = np.arange(1, 61)
    true = pd.DataFrame({"entity_id": np.arange(1, 41), "fact": "employer", "value": 1})
    told = pd.DataFrame(
        {
            "entity_id": [1, 1, 2, 3],
            "holder_id": [9, 8, 9, 9],
            "fact": "employer",
            "is_right": [True, True, True, False],
        }
    )
    found = measure_facts(told, true, people).set_index("fact")
    assert found.loc["employer", "n"] == 40
    assert found.loc["employer", "value"] == 2 / 40
    assert np.isnan(found.loc["phone", "value"])


def leavers(n, **changed):
    many = np.ones(n)
    whole = {
        "entity_id": np.arange(n),
        "household_id": np.arange(n),
        "before": many * 0.6,
        "after": np.outer(many, np.linspace(0.5, 0.1, len(TIES_LEFT))),
        "ties_gone_share": np.array(TIES_LEFT),
        "nowhere_else": many * 0.2,
        "stated_count": many * 2,
        "right_count": many,
    }
    return Leavers(**{**whole, **changed})


def test_spill_over_is_what_is_known_alone_less_what_is_known_with_all_gone():
    rng = np.random.default_rng(3)
    after = np.sort(rng.random((60, len(TIES_LEFT))), axis=1)[:, ::-1]
    found = measure_spill_over(leavers(60, after=after), 5)
    spilt = found.set_index("metric").loc["spill_over_share"]
    assert spilt["value"] == pytest.approx((after[:, 0] - after[:, -1]).mean())
    assert spilt["low"] < spilt["value"] < spilt["high"]
    assert (found["low"] <= found["value"] + 1e-12).all()
    assert (found["value"] <= found["high"] + 1e-12).all()


def test_fewer_than_twenty_people_are_withheld():
    found = measure_spill_over(leavers(19), 5)
    assert found["value"].isna().all()
    assert set(found["interval"]) == {"none"}
    assert measure_spill_over(leavers(0), 5)["value"].isna().all()
