from math import isnan, nan

import pandas as pd
import pytest

from simulator.experiments.validate.unicity import (
    POINTS_COUNT,
    RESOLUTIONS,
    unicity_at,
    unicity_curve,
    unicity_power,
    unicity_rise,
)
from simulator.scenario import load_scenario
from tests.experiments.validate.invented import evidence_of


def evidence_with(four):
    """Return evidence in which unicity at 4 points is as given by resolution."""
    rows = [
        (points, squares, hours, 0.01 if points == 1 else four[squares, hours], nan, nan, 500)
        for squares, hours in RESOLUTIONS
        for points in (1, 4)
    ]
    columns = ["points", "squares", "hours", "value", "low", "high", "n"]
    return evidence_of(unicity=pd.DataFrame(rows, columns=columns))


HALVED = {(1, 1): 0.8, (1, 2): 0.4, (1, 4): 0.2, (1, 8): 0.1, (2, 1): 0.4, (4, 1): 0.2}


def test_points_at_the_finest_resolution():
    found = unicity_at(evidence_with(HALVED), 4)
    assert (found.ours, found.n) == (0.8, 500)
    assert "4 points a day for 28 days" in found.how
    assert unicity_rise(evidence_with(HALVED)).ours == pytest.approx(0.79)


def test_the_power_is_that_of_hours_and_of_area():
    # halved when hours double, halved when the area is fourfold
    evidence = evidence_with(HALVED)
    assert unicity_power(evidence, "hours").ours == pytest.approx(-1.0)
    assert unicity_power(evidence, "squares").ours == pytest.approx(-0.5)
    assert "80.0 % at the finest, 10.0 % with 8 hours" in unicity_power(evidence, "hours").how


def test_no_power_where_nobody_is_told_apart():
    assert isnan(unicity_power(evidence_with({**HALVED, (1, 8): 0.0}), "hours").ours)
    assert isnan(unicity_power(evidence_with({**HALVED, (4, 1): nan}), "squares").ours)


def test_a_small_town_has_the_shape():
    shipped = load_scenario("town")
    few = {"residents_count": 600, "outsiders_per_resident": 1.0}
    small = shipped.model_copy(update={"population": shipped.population.model_copy(update=few)})
    curve = unicity_curve(small)
    assert len(curve) == len(RESOLUTIONS) * POINTS_COUNT
    for (squares, hours), own in curve.groupby(["squares", "hours"]):
        assert own["value"].is_monotonic_increasing
        assert len(set(own["n"])) == 1
        assert (squares, hours) in RESOLUTIONS
    four = curve.loc[curve["points"] == 4].set_index(["squares", "hours"])["value"]
    assert four[1, 1] > four[1, 2] > four[1, 4] > four[1, 8]
    assert four[1, 1] > four[4, 1]
