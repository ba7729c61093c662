from __future__ import annotations

import pytest

from simulator.report.render import svg
from simulator.report.trail_chart import HOME_SHAPE, WORK_SHAPE, trail_chart
from tests.report import over_time

EDGES = {"left", "right", "top", "bottom"}


def drawn_trail(day=9, home="B2", work="D4", squares=None):
    return trail_chart(
        over_time.squares() if squares is None else squares,
        over_time.sightings(),
        day=day,
        home=home,
        work=work,
        title="Ann Lee",
        subtitle="Synthetic person.",
    )


def values(spec, key):
    """Return the rows of every layer that has the key."""
    layers = [layer.get("data", {}).get("values", []) for layer in spec["layer"]]
    return [row for rows in layers for row in rows if key in row]


def test_sightings_accumulate_on_the_town_and_stop_at_the_day():
    counts = {row["square"]: row["count"] for row in values(drawn_trail(day=9), "count")}
    assert counts == {"B2": 2, "D4": 1, "C3": 1}  # the surroundings are not drawn
    early = {
        row["square"]: (row["count"], row["is_new"]) for row in values(drawn_trail(3), "count")
    }
    assert early == {"B2": (2, True), "D4": (1, True)}


def test_home_and_work_are_told_by_shape_and_named():
    marks = {row["words"]: row["shape"] for row in values(drawn_trail(), "shape") if "x" in row}
    assert marks == {"home": HOME_SHAPE, "work": WORK_SHAPE}
    both = [row["words"] for row in values(drawn_trail(work="B2"), "shape") if "x" in row]
    assert both == ["home and work"]
    outside = [row["words"] for row in values(drawn_trail(work="~D4"), "shape") if "x" in row]
    assert outside == ["home"]


def test_near_home_is_the_square_and_those_around_it_on_the_map():
    (frame,) = [row for row in values(drawn_trail(home="A1"), "left") if set(row) == EDGES]
    assert frame == {"left": 0, "right": 2, "top": 0, "bottom": 2}


@pytest.mark.parametrize(("side", "has_numbers"), [(13, True), (23, False)])
def test_a_large_map_has_no_room_for_numbers(side, has_numbers):
    spec = drawn_trail(squares=over_time.squares(side))
    texts = [
        layer["encoding"]["text"]["field"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
    ]
    assert ("count" in texts) == has_numbers
    assert spec["width"] == spec["height"] == 312


def test_the_picture_names_its_shapes_and_says_that_it_is_synthetic():
    drawn = svg(drawn_trail())
    for said in ("Synthetic", "home", "work", "near home", "on this day", ">A<", ">4<"):
        assert said in drawn
