from __future__ import annotations

import json
import math

import pytest

from simulator.dashboard.wording import PICTURE
from simulator.report.charts import Bar, bar_panel, story_chart, story_panels
from simulator.report.growth_chart import growth_chart
from simulator.tables import Rate

ROWS = ["1. Utility bills", "2. + Social media", "3. + Data broker", "4. + Driver's licences"]


def growth(steps):
    return growth_chart(steps, title="Town", subtitle="Synthetic", axis_title="in 100")


def story(steps, shown):
    return story_chart(
        steps[1 : shown + 1], rows=ROWS, wording=PICTURE, title="Town", footer="Synthetic"
    )


@pytest.mark.parametrize("draw", [growth, lambda steps: story(steps, 4)])
def test_every_picture_says_synthetic_and_is_plain_json(steps, draw):
    spec = draw(steps)
    assert "synthetic" in str(spec["title"]["subtitle"]).lower()
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_the_panels_on_the_page_say_synthetic_too(steps):
    for panel in story_panels(steps[1:], rows=ROWS, wording=PICTURE):
        assert "Synthetic" in panel["title"]["subtitle"]


def test_what_is_not_yet_joined_is_not_in_the_picture(steps):
    left, right = story_panels(steps[1:3], rows=ROWS, wording=PICTURE)
    assert [point["words"] for point in left["data"]["values"]] == ["41 named", "9 in 100"]
    assert [point["words"] for point in right["data"]["values"]] == [
        "12 joined",
        "12 not joined",
        "17 joined",
        "15 not joined",
    ]


def test_rows_and_axes_are_the_same_at_every_step(steps):
    def frame(shown):
        left, right = story_panels(steps[1 : shown + 1], rows=ROWS, wording=PICTURE)
        return [
            (panel["height"], panel["layer"][0]["encoding"]["y"]["scale"]["domain"],
             panel["layer"][0]["encoding"]["x"]["scale"])
            for panel in (left, right)
        ]  # fmt: skip

    assert frame(0) == frame(1) == frame(4)


def test_a_bar_shows_its_interval_in_hundred():
    panel = bar_panel(
        [Bar("1. List", Rate(0.5, 0.45, 0.6, 100, "wilson"), "in 100", "#000")],
        rows=["1. List"],
        title="",
        axis_title="",
    )
    (point,) = panel["data"]["values"]
    assert (point["value"], point["low"], point["high"]) == (50.0, 45.0, 60.0)
    assert point["words_at"] == 60.0  # the words stand clear of the interval


def test_a_figure_that_is_not_defined_has_no_bar():
    rate = Rate(math.nan, math.nan, math.nan, 0, "none")
    panel = bar_panel([Bar("1. List", rate, "", "#000")], rows=["1. List"], title="", axis_title="")
    assert panel["data"]["values"] == []
