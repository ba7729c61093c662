from __future__ import annotations

import math

import pytest

from simulator.report.harm_charts import Row, beside_chart, stacked_chart
from simulator.report.harm_figures import Beside
from simulator.report.render import svg
from simulator.tables import Rate

NOTHING = Rate(math.nan, math.nan, math.nan, 12, "none")
KNOWN = Beside(
    Rate(0.021, 0.014, 0.0305, 969, "wilson"),
    Rate(0.008, 0.005, 0.011, 4031, "wilson"),
    Rate(0.013, 0.006, 0.023, 5000, "newcombe"),
    2.7,
    20,
)


def chart(*rows, **how):
    return beside_chart(
        rows, title="Facts", subtitle=["Synthetic town."], axis_title="of 1,000", **how
    )


def test_both_figures_and_both_intervals_are_drawn_in_a_thousand():
    spec = chart(Row("Ash", KNOWN, True))
    points = [point for layer in spec["layer"] for point in layer["data"]["values"]]
    drawn = {(point["low"], point["value"], point["high"]) for point in points}
    assert drawn == {(14.0, 21.0, 30.5), (5.0, 8.0, 11.0)}
    assert {point["words"] for point in points} == {"21", "8.0"}


def test_what_is_withheld_says_so_and_has_no_mark():
    rest = KNOWN._replace(own=NOTHING, difference=NOTHING)
    spec = chart(Row("Birch", rest, False))
    words = [point["words"] for layer in spec["layer"] for point in layer["data"]["values"]]
    assert "withheld: fewer than 20 people" in words
    marks = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [len(layer["data"]["values"]) for layer in marks] == [1, 0]


def test_the_chosen_row_alone_stands_out():
    spec = chart(Row("Ash", KNOWN, False), Row("Birch's\ngrove", KNOWN, True))
    fills = {
        point["row"]: point["fill"]
        for layer in spec["layer"]
        for point in layer["data"]["values"]
        if layer["mark"]["type"] == "point"
    }
    assert len(set(fills.values())) == 2


@pytest.mark.parametrize("name", ["Ash", "Two or more or other", "It's a \\ long label, isn't it?"])
def test_the_picture_can_be_rendered_whatever_a_group_is_called(name):
    part = chart(Row(name, KNOWN, True), width=300)
    whole = stacked_chart([part, part, part], title="Facts " * 30, footer=["Synthetic town."])
    drawn = svg(whole)
    assert "Synthetic town." in drawn
    assert name.split(maxsplit=1)[0] in drawn
