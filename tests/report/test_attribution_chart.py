from __future__ import annotations

import json

import pytest

from simulator.report.attribution_chart import (
    attribution_picture,
    shares_of,
    who_knows_what_chart,
)
from simulator.report.attribution_exports import attribution_json, write_attribution
from simulator.report.orders_chart import orders_chart
from simulator.report.render import svg
from tests.report.attributed import LABELS, attribution, holdings


def words_of(spec):
    return [
        value["words"]
        for layer in spec["layer"]
        for value in layer["data"]["values"]
        if "words" in value
    ]


@pytest.mark.parametrize("has_shares", [False, True])
def test_the_matrix_shows_every_number_and_says_that_it_is_synthetic(has_shares):
    shares = shares_of(attribution()) if has_shares else None
    spec = who_knows_what_chart(holdings(), LABELS, shares, title="Lists", subtitle=["Synthetic"])
    words = words_of(spec)
    for expected in ("50", "30", "40", "part", "–", "Social media", "Home address"):
        assert expected in words
    assert "▲ Open immigration" in words  # the rest of a long name stands on a line of its own
    assert ("6.0" in words) == has_shares
    drawn = svg(spec | {"width": 900})
    assert "Synthetic" in drawn


def test_the_dark_part_of_a_bar_is_what_is_told_by_name():
    spec = who_knows_what_chart(holdings(), LABELS, None, title="Lists", subtitle=["Synthetic"])
    pale, dark = (layer["data"]["values"] for layer in spec["layer"][1:3])
    at_home = [bar for bar in pale if 1 < bar["left"] < 2 and bar["top"] > 2]
    named_home = [bar for bar in dark if 1 < bar["left"] < 2 and bar["top"] > 2]
    assert [bar["right"] - bar["left"] for bar in at_home] == pytest.approx([0.8 * 0.5])
    assert [bar["right"] - bar["left"] for bar in named_home] == pytest.approx([0.8 * 0.2])


def test_the_picture_for_files_names_its_origin():
    drawn = svg(attribution_picture(attribution(), holdings()))
    for part in ("Synthetic: 5,000", "0123456789ab", "Without Utility bills", "95 %"):
        assert part in drawn


def test_a_share_below_nothing_is_drawn_left_of_the_line():
    shares = {
        label: {"value": value, "low": value, "high": value, "left": 0.1}
        for label, value in zip(LABELS, (0.1, -0.05, 0.0), strict=True)
    }
    spec = who_knows_what_chart(holdings(), LABELS, shares, title="Lists", subtitle=["Synthetic"])
    bars = next(
        layer["data"]["values"] for layer in spec["layer"]
        if layer["mark"].get("fill") == "#E69F00"
    )  # fmt: skip
    assert bars[1]["right"] == pytest.approx(bars[0]["left"])
    assert bars[1]["left"] < bars[1]["right"]
    assert "−5.0" in words_of(spec)


def test_the_orders_are_drawn_from_no_list_to_all():
    spec = orders_chart(attribution().orders, title="Orders", subtitle="Synthetic", width=700)
    points = spec["layer"][0]["data"]["values"]
    assert [point["joined"] for point in points] == [0, 1, 2, 3]
    assert [point["most"] for point in points] == pytest.approx([0, 6, 12, 12])
    assert "Synthetic" in svg(spec)


def test_the_files_hold_every_table(tmp_path):
    target = tmp_path / "out"
    write_attribution(attribution(), holdings(), target, force=False)
    names = {path.name for path in target.iterdir()}
    assert names == {
        "attribution.csv", "interactions.csv", "removals.csv", "closing_order.csv", "orders.csv",
        "holdings.csv", "by_person.csv", "attribution.json", "who_knows_what.svg",
        "who_knows_what.png", "manifest.json",
    }  # fmt: skip
    first = {path.name: path.read_bytes() for path in target.iterdir()}
    write_attribution(attribution(), holdings(), target, force=False)
    assert first == {path.name: path.read_bytes() for path in target.iterdir()}
    drawn = tmp_path / "drawn"
    write_attribution(attribution(permutations=12), holdings(), drawn, force=False)
    assert not (drawn / "by_person.csv").exists()


def test_json_says_what_it_is_and_holds_no_nan():
    found = json.loads(attribution_json(attribution(permutations=12)))
    assert found["synthetic"] is True
    assert found["permutations"] == 12
    assert found["lists"][0] == {"label": "Utility bills", "sources": ["Utility bills"]}
    assert len(found["attribution"]) == 12
    assert len(found["findings"]) == 3
