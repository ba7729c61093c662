"""Words, table, picture and files of a sweep made by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from simulator.experiments.sweep import Swept
from simulator.exposure.growth import METRICS
from simulator.report import render
from simulator.report.folders import FolderRefused
from simulator.report.sweep_chart import sweep_chart
from simulator.report.sweep_exports import sweep_json, write_sweep
from simulator.report.sweep_table import INTERVALS, sweep_text
from simulator.report.sweep_wording import MEASURES, findings, heading, how_sure
from simulator.report.wording import CAVEAT
from tests.report import swept

SAID = {"command": "mosaic sweep town --set linkage.threshold=0.9,0.5", "scenario_hash": "0123"}


def test_every_metric_has_words():
    assert set(METRICS) <= set(MEASURES)


def test_the_finding_names_least_and_most():
    exposure, bits = findings(swept.sweep())
    assert exposure == (
        "Facts known, lists joined: least 20.0 in 100, 95 % interval 18.0 to 22.0 "
        "(linkage.threshold 0.9, sources.broker.coverage.share 0.3), most 50.0 in 100, 95 % "
        "interval 48.0 to 52.0 (linkage.threshold 0.5, sources.broker.coverage.share 0.6)."
    )
    assert bits.startswith("Bits known: least 5.0 bits, 95 % interval 4.8 to 5.2 (")


def test_overlapping_intervals_are_no_difference():
    assert all("does not tell the two apart" in said for said in findings(swept.sweep(half=0.2)))
    assert not any("apart" in said for said in findings(swept.sweep(half=0.1)))


def test_equal_and_undefined_figures():
    found = swept.sweep()
    level = replace(found, figures=found.figures.assign(value=0.3, low=0.2, high=0.4))
    assert findings(level)[0] == (
        "Facts known, lists joined: 30.0 in 100, 95 % interval 20.0 to 40.0 in every cell."
    )
    undefined = replace(found, figures=found.figures.assign(value=math.nan, n=0))
    assert findings(undefined)[0] == "Facts known, lists joined: not defined anywhere on the grid."
    assert "–" in sweep_text(undefined)
    assert sweep_chart(undefined)["concat"][0]["data"]["values"] == []


def test_how_sure_says_what_the_intervals_are():
    assert "the luck of the draw among its people" in how_sure(swept.sweep())
    few, many = (how_sure(swept.sweep(seeds=tuple(range(7, 7 + n)))) for n in (3, 20))
    assert "Means over three towns drawn anew, seeds 7 to 9" in few
    assert "A headline needs 20 towns" in few
    assert "headline" not in many
    assert "four cells over linkage.threshold, sources" in heading(swept.sweep())


def test_the_table_has_every_figure_in_a_hundred_columns():
    text = sweep_text(swept.sweep())
    assert all(len(line) <= 100 for line in text.splitlines())
    row = ["0.9", "0.6", "30.0", "28.0", "–", "32.0", "5,000", "of", "households"]
    assert row in [line.split() for line in text.splitlines()]
    assert ["0.5", "0.6", "8.0", "7.8", "–", "8.2"] in [
        line.split()[:6] for line in text.splitlines()
    ]
    assert CAVEAT in text


@pytest.mark.parametrize("kind", ["wilson", "household_bootstrap", "replicates", "none"])
def test_every_interval_of_a_run_has_words(kind):
    assert INTERVALS[kind]


def points(panel):
    return [(p["line"], p["at"], round(p["value"], 6)) for p in panel["data"]["values"]]


def test_the_picture_draws_the_figures():
    found = swept.sweep()
    spec = sweep_chart(found)
    exposure, bits = spec["concat"]
    assert points(exposure) == [
        ("0.3", 0.9, 20.0), ("0.6", 0.9, 30.0), ("0.3", 0.5, 40.0), ("0.6", 0.5, 50.0),
    ]  # fmt: skip
    assert [value for _, _, value in points(bits)] == [5.0, 6.0, 7.0, 8.0]
    assert "Synthetic: 5,000 invented residents" in spec["title"]["subtitle"][0]
    labels = exposure["layer"][-1]["data"]["values"]
    # named at the right end, where the threshold is 0.9
    assert [label["line"] for label in labels] == ["0.3", "0.6"]
    assert [label["value"] for label in labels] == pytest.approx([20.0, 30.0])
    drawn = render.svg(spec)
    assert all(words in drawn for words in ("Synthetic", "Facts known, lists joined", "bits"))


def test_what_is_no_number_stands_in_the_order_given():
    settings = (Swept("sources.dmv.exists", ("true", "false")),)
    panel = sweep_chart(swept.sweep(settings))["concat"][0]
    assert panel["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["true", "false"]
    assert len(panel["layer"]) == 3  # a single line needs no name


def test_many_lines_stand_apart():
    many = Swept("sources.broker.coverage.share", tuple(f"0.{n:02}" for n in range(40)))
    panel = sweep_chart(swept.sweep((swept.SETTINGS[0], many)))["concat"][0]
    places = sorted(label["value"] for label in panel["layer"][-1]["data"]["values"])
    top = panel["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
    pixels = [place / top * panel["height"] for place in places]
    assert min(b - a for a, b in pairwise(pixels)) > 16


def test_the_files_are_what_they_say(tmp_path):
    found = swept.sweep()
    folder = tmp_path / "out"
    write_sweep(found, folder, force=False, **SAID)
    assert {path.name for path in folder.iterdir()} == {
        "sweep.csv", "sweep.json", "sweep.svg", "sweep.png", "scenario.json", "manifest.json",
    }  # fmt: skip
    header = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    assert header["synthetic"] is True
    assert header["settings"]["linkage.threshold"] == ["0.9", "0.5"]
    assert header["figures"] == json.loads(sweep_json(found, **SAID))["figures"]
    written = pd.read_csv(folder / "sweep.csv", dtype={"linkage.threshold": str})
    assert written["linkage.threshold"].tolist() == found.figures["linkage.threshold"].tolist()
    assert (folder / "sweep.png").read_bytes().startswith(b"\x89PNG")
    first = (folder / "sweep.svg").read_bytes()
    write_sweep(found, folder, force=False, **SAID)  # our own folder is replaced
    assert (folder / "sweep.svg").read_bytes() == first
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(FolderRefused, match=r"thesis\.txt"):
        write_sweep(found, folder, force=False, **SAID)
