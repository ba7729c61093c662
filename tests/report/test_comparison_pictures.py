from __future__ import annotations

import json

import pytest

from simulator.report import render
from simulator.report.compare_briefing import comparison_html
from simulator.report.compare_exports import write_comparison
from simulator.report.compare_figures import EVERYONE, Figure, changes, short
from simulator.report.compare_wording import findings
from simulator.report.effects_chart import effects_chart, effects_in_words
from simulator.report.growth_comparison_chart import growth_comparison_chart, growth_in_words
from tests.report import compared
from tests.report.pages import Outline, assert_is_readable, assert_stands_alone

COMMAND = "mosaic policies town"


@pytest.fixture(scope="module")
def every():
    return compared.comparison()


@pytest.fixture(scope="module")
def alone():
    return compared.comparison("ban")


def page(comparison):
    return comparison_html(comparison, command=COMMAND, scenario_hash="0123456789ab")


def subtitles(spec):
    return " ".join(spec["title"]["subtitle"])


def test_the_chart_of_changes_draws_the_figures_of_the_table(every):
    known = changes(every)
    halves = effects_chart(every)["hconcat"]
    for half, metric in zip(halves, ("exposure_share", "wrongful_share"), strict=True):
        points = {
            (point["row"].replace("\n", " "), point["lane"]): point
            for point in half["data"]["values"]
        }
        for name, label in every.labels.items():
            for lane, run in enumerate(("frozen", "placebo")):
                change = known[Figure(name, run, EVERYONE, metric)]
                if name == "moot" and lane:
                    assert (label, lane) not in points  # there is nothing to take away
                    continue
                drawn = points[label, lane]
                ends = [change.value, change.low, change.high]
                assert [drawn[end] for end in ("value", "low", "high")] == pytest.approx(
                    [100 * end for end in ends]
                )
                assert drawn["words"] == short(change)


def test_the_scale_holds_zero_and_every_interval(every):
    for half in effects_chart(every)["hconcat"]:
        low, high = half["layer"][1]["encoding"]["x"]["scale"]["domain"]
        assert low < 0 < high
        assert all(low <= point["low"] <= point["high"] <= high for point in half["data"]["values"])


def test_every_picture_says_that_it_is_synthetic_and_can_be_drawn(every, alone):
    for spec in (effects_chart(every), effects_chart(alone), growth_comparison_chart(alone)):
        assert subtitles(spec).startswith("Synthetic: 5,000 invented residents, 20 towns")
        assert "<svg" in render.svg(spec)


def test_growth_leaves_out_a_list_that_a_design_does_not_have(alone):
    half = growth_comparison_chart(alone)["hconcat"][0]
    points = [point for layer in half["layer"][-2:] for point in layer["data"]["values"]]
    with_policy = [point["value"] for point in points if point["design"] == "ban"]
    without = [point["value"] for point in points if point["design"] == ""]
    assert without == pytest.approx([12, 17, 31, 47])
    assert with_policy == pytest.approx([6, 8.5, 15.5])


@pytest.mark.parametrize("which", ["every", "alone"])
def test_the_briefing_stands_alone_and_says_every_finding(which, request):
    comparison = request.getfixturevalue(which)
    written = page(comparison)
    assert_stands_alone(written)
    assert_is_readable(written)
    text = Outline(written).text
    for said in findings(comparison):
        assert said in text
    for said in ("Synthetic. The town and everyone in it are invented", COMMAND, "Limits",
                 "no estimate of what any law would do in any real place"):  # fmt: skip
        assert said in text


def test_what_a_scenario_says_stays_text(alone):
    hostile = "<script>alert(1)</script>"
    alone.labels["ban"], kept = hostile, alone.labels["ban"]
    try:
        assert "<script" not in page(alone)
    finally:
        alone.labels["ban"] = kept


def test_the_pictures_of_two_scenarios_name_both():
    comparison = compared.scenarios()
    said = " ".join(growth_comparison_chart(comparison)["title"]["subtitle"])
    assert "A, A town of 5,000: circles, broken line B, Another town: squares, full line" in said
    spec = effects_chart(comparison)
    assert spec["title"]["text"] == "A town of 5,000 (A) and Another town (B)"
    for told in (said, spec["title"]["text"], subtitles(spec), effects_in_words(comparison),
                 growth_in_words(comparison)):  # fmt: skip
        assert "policy" not in told
    assert "circles" not in subtitles(spec)  # nothing is taken away


def test_circles_are_explained_where_there_are_any(every):
    assert "circles: as much taken away at random" in subtitles(effects_chart(every))


def test_the_same_comparison_writes_the_same_files(alone, tmp_path):
    for name in ("one", "other"):
        write_comparison(
            alone, tmp_path / name, command=COMMAND, scenario_hash="0123456789ab", force=False
        )
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == [
        *("briefing.html", "changes.png", "changes.svg", "comparison.json", "effects.csv"),
        *("growth.csv", "growth.png", "growth.svg", "manifest.json", "ranking.csv"),
    ]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    told = json.loads((tmp_path / "one" / "comparison.json").read_text(encoding="utf-8"))
    assert told["synthetic"] is True
    assert told["findings"] == findings(alone)
    assert len(told["effects"]) == len(alone.effects)
