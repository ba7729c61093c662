from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from simulator.report.certainty_charts import calibration_chart, certainty_chart, mistake_chart
from simulator.report.certainty_table import calibration_table, thresholds_table
from simulator.report.certainty_wording import calibration_sentence, shares_sentence

STEPS = pd.DataFrame(
    {
        "threshold": [0.5, 0.9, 0.99],
        "right": [80, 70, 5],
        "wrong": [20, 7, 0],
        "missed": [20, 30, 95],
        "precision": [0.8, 0.909, math.nan],
        "precision_low": [0.7, 0.85, math.nan],
        "precision_high": [0.9, 0.95, math.nan],
        "recall": [0.8, 0.7, 0.05],
        "recall_low": [0.75, 0.65, 0.02],
        "recall_high": [0.85, 0.75, 0.1],
    }
)
BINS = pd.DataFrame(
    {
        "low": [0.1, 0.9], "high": [0.2, 1.0], "n": [1200, 7], "stated": [0.15, 0.93],
        "true_share": [0.2, math.nan], "true_low": [0.18, math.nan], "true_high": [0.22, math.nan],
    }
)  # fmt: skip


def mistake(kind, width=None):
    return mistake_chart(STEPS, kind, threshold=0.9, subtitle="Synthetic town", width=width)


def stated(width=None):
    return calibration_chart(BINS, title="Stated", subtitle="Synthetic town", width=width)


def whole():
    parts = [mistake("wrong", 400), mistake("missed", 400)]
    return certainty_chart(parts, stated(400), title="How sure", footer="Synthetic town")


@pytest.mark.parametrize("spec", [mistake("wrong"), mistake("missed"), stated(), whole()])
def test_every_picture_says_synthetic_and_is_plain_json(spec):
    assert "Synthetic" in spec["title"]["subtitle"]
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def words(spec):
    return [v["words"] for layer in spec["layer"] for v in layer["data"]["values"] if "words" in v]


@pytest.mark.parametrize(("share", "stand"), [(0.25, "above"), (0.3, "below"), (0.9, "below")])
def test_the_words_stand_where_the_curve_does_not_run(share, stand):
    steps = STEPS.assign(recall=1 - share, recall_low=1 - share, recall_high=1 - share)
    spec = mistake_chart(steps, "missed", threshold=0.9, subtitle="Synthetic town", height=92)
    heights = {
        layer["encoding"]["y"]["value"] for layer in spec["layer"] if "text" in layer["encoding"]
    }
    top = spec["layer"][1]["encoding"]["y"]["scale"]["domain"][1]
    curve = 92 * (1 - 100 * share / top)
    (words_at,) = heights
    assert (words_at + 16 < curve) if stand == "above" else (words_at > curve + 8)


def test_the_chosen_threshold_tells_share_and_count():
    assert "9.1 in 100: 7 wrong" in words(mistake("wrong"))
    assert "30.0 in 100: 30 missed" in words(mistake("missed"))


def test_the_interval_of_a_mistake_is_that_of_the_share_turned_round():
    curve = mistake("missed")["layer"][0]["data"]["values"]
    assert [(round(p["low"]), round(p["value"]), round(p["high"])) for p in curve] == [
        (15, 20, 25),
        (25, 30, 35),
        (90, 95, 98),
    ]
    assert len(mistake("wrong")["layer"][0]["data"]["values"]) == 2  # nothing over five links


def test_a_bin_of_too_few_pairs_has_no_point_and_a_dash():
    assert set(words(stated())[2:]) == {"1,200", "fewer than 20 pairs: no point"}
    assert calibration_table(BINS).split("\n")[-1].endswith("–")


def test_the_terminal_shows_the_same_figures():
    line = thresholds_table(STEPS).split("\n")[2]
    assert line.split() == ["0.90", "70", "7", "30", "90.9", "(85.0–95.0)", "70.0", "(65.0–75.0)"]


def test_what_is_not_defined_is_said():
    assert "no pair" in calibration_sentence(math.nan, 0)
    assert "of only 1 pair:" in calibration_sentence(0.3, 1)
    assert "off by 3.0 in 100" in calibration_sentence(0.03, 200)
    assert "Too few" in shares_sentence(0.9, math.nan, 0.5)
