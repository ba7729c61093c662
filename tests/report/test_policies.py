"""Words and pictures of the page Policies, of a comparison made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from simulator.report import render
from simulator.report.policies_chart import policy_chart, policy_panels
from simulator.report.policies_wording import behind, headline, pictures_in_words
from tests.report import compared

STEPS = {"utility": (0.1, 0.1, 0.0), "social": (0.2, 0.15, -0.05), "dmv": (0.5, 0.4, -0.1)}


def alone(name="ban", **changes):
    """Return the comparison of one policy, with what changes list by list."""
    grown = pd.DataFrame(
        [
            {
                "source_added": source, "metric": "exposure_share", "before": before,
                "after": after, "value": value, "low": value - 0.01, "high": value + 0.01,
                "n": 20, "interval": "paired_t",
            }
            for source, (before, after, value) in STEPS.items()
        ]
    )  # fmt: skip
    return replace(compared.comparison(name), growth_change=grown, **changes)


def with_exposure(comparison, value, low, high):
    """Return a comparison with another change of exposure over everyone, frozen."""
    effects = comparison.effects.copy()
    chosen = (
        (effects["metric"] == "exposure_share")
        & (effects["run"] == "frozen")
        & (effects["group"] == "all")
    )
    effects.loc[chosen, ["value", "low", "high"]] = value, low, high
    return replace(comparison, effects=effects)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ban", "Ban on sharing: 10 fewer of 100 facts about a resident are known"),
        ("shield", "Privacy shield: no difference in what is known of residents can be told"),
        ("reform", "Access reform, REVERSED: 2 more of 100 facts about a resident are known"),
        ("moot", "Rule for nobody: nothing changes for anybody"),
    ],
)
def test_the_headline_of_each_finding(name, said):
    assert headline(alone(name)) == said


@pytest.mark.parametrize(("low", "high"), [(-0.2, 0.0), (0.0, 0.2), (-0.1, 0.1)])
def test_no_effect_is_claimed_whose_interval_holds_zero(low, high):
    for comparison in (alone(), alone(overlaid=False)):
        said = headline(with_exposure(comparison, (low + high) / 2 + 0.01, low, high))
        assert "can be told" in said
        assert "REVERSED" not in said


def test_more_is_no_reversal_where_more_is_held_or_no_policy_is_laid_over():
    more = alone("reform")
    held = more.removed.assign(records_share=-0.5)
    assert headline(replace(more, removed=held)).startswith("Access reform: 2 more of 100")
    assert headline(replace(more, overlaid=False)) == (
        "In B 2 more of 100 facts about a resident are known than in A"
    )


def test_the_figures_behind_it():
    said = behind(alone())
    assert "50.0 without, 40.0 with, difference −10.0 (−12.0 to −8.0)" in said
    assert "better off, in 100: 30.0 (28.0 to 32.0); worse off: 1.2" in said
    assert "50.0 in A, 40.0 in B" in behind(alone(overlaid=False))
    assert "Utility bills: 10.0 and 10.0" in pictures_in_words(alone())


def values(panel, layer):
    return [round(point["value"], 6) for point in panel["layer"][layer]["data"]["values"]]


def test_the_pictures_draw_the_figures():
    curves, difference, people = policy_panels(alone())
    assert values(curves, 0) == [10, 20, 50]
    assert values(curves, 1) == [10, 15, 40]
    assert values(difference, 2) == [0, -5, -10]
    band = difference["layer"][0]["data"]["values"]
    assert [(round(point["low"]), round(point["high"])) for point in band] == [
        (-1, 1), (-6, -4), (-11, -9),
    ]  # fmt: skip
    bars = people["data"]["values"]
    assert [bar["value"] for bar in bars[:2]] == pytest.approx([30, 1.2])
    small = [bar for bar in bars if bar["words"] == "withheld"]
    assert len(small) == 1  # the group of too few people
    for panel in (curves, difference, people):
        assert "Synthetic town" in panel["title"]["subtitle"]


def test_rows_stand_at_the_same_heights():
    curves, difference, _ = policy_panels(alone())
    assert curves["height"] == difference["height"]
    scales = [panel["layer"][0]["encoding"]["y"]["scale"] for panel in (curves, difference)]
    assert scales[0] == scales[1]


def test_without_intervals_there_is_no_band():
    comparison = alone()
    bare = comparison.growth_change.assign(low=math.nan, high=math.nan)
    _, difference, _ = policy_panels(replace(comparison, growth_change=bare))
    assert difference["layer"][0]["data"]["values"] == []


def test_the_exported_picture_says_what_it_is():
    drawn = render.svg(policy_chart(alone(), title="A finding", footer="Synthetic: 5,000"))
    assert all(words in drawn for words in ("A finding", "Synthetic: 5,000", "List by list"))
