from math import nan

import pandas as pd
import pytest

from simulator.report.render import svg
from simulator.report.unicity_chart import LINES, unicity_chart


@pytest.fixture
def curve():
    rows = [
        (points, line.squares, line.hours, 0.2 * points - 0.1, 0.0, 1.0, 2500)
        for line in LINES
        for points in range(1, 6)
    ]
    return pd.DataFrame(rows, columns=["points", "squares", "hours", "value", "low", "high", "n"])


def test_the_picture_says_what_it_shows(curve):
    drawn = svg(unicity_chart(curve))
    assert "synthetic: 2,500 telephones" in drawn
    assert "de Montjoye 2013" in drawn
    for line in LINES:
        assert line.words in drawn


def test_shares_are_drawn_in_hundred(curve):
    lines = unicity_chart(curve)["layer"][0]["data"]["values"]
    assert len(lines) == 5 * len(LINES)
    assert [row["value"] for row in lines[:5]] == pytest.approx([10, 30, 50, 70, 90])


def test_lines_are_told_apart_by_shape_as_well():
    assert len({line.shape for line in LINES}) == len({line.colour for line in LINES}) == len(LINES)


def test_a_resolution_that_is_not_defined_is_left_out(curve):
    curve.loc[curve["hours"] == 4, "value"] = nan
    drawn = svg(unicity_chart(curve))
    assert "4 hours" not in drawn
    assert "4 × 4 squares" in drawn


def test_nothing_defined_still_draws(curve):
    assert "de Montjoye 2013" in svg(unicity_chart(curve.assign(value=nan)))
