"""Spill-over in pictures, tables and words: what is said is what the tables say."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest

from simulator.exposure.spill_over import TIES_LEFT, Leavers, measure_spill_over
from simulator.population.ties import TIES
from simulator.report.ego_network_chart import MARKS, ego_network_chart
from simulator.report.render import svg
from simulator.report.spill_over_chart import together_chart
from simulator.report.spill_over_table import fact_lines, spill_over_lines, spill_over_table
from simulator.report.spill_over_wording import (
    NO_TIES,
    STEPS,
    TIE_LABELS,
    findings,
    headline,
    network_in_words,
    told_in_words,
)

PEOPLE = pd.DataFrame(
    {
        "entity_id": [2, 3, 4],
        "name": ["Bo Lee", "Cy Diaz", "Dee Wu"],
        "tie": ["household", "coworker", "friend"],
        "tells": [("Home", "Phone"), (), ("Account",)],
    }
)
BETWEEN = pd.DataFrame({"entity_id_l": [2, 3], "entity_id_r": [4, 9]})


def measures(n=40, start=0.28, end=0.13):
    rng = np.random.default_rng(1)
    many = np.ones(n)
    after = np.outer(rng.uniform(0.8, 1.2, n), np.linspace(start, end, len(TIES_LEFT)))
    after *= np.linspace(start, end, len(TIES_LEFT)) / np.maximum(after.mean(axis=0), 1e-9)
    leavers = Leavers(
        entity_id=np.arange(n),
        household_id=np.arange(n),
        before=after[:, 0],
        after=after,
        ties_gone_share=np.array(TIES_LEFT) * 0.98 + 0.02,
        nowhere_else=many * 0.1,
        stated_count=many * 4,
        right_count=many,
    )
    return measure_spill_over(leavers, 1)


FACTS = pd.DataFrame(
    {
        "ties_left_share": [0.0, 1.0],
        "fact": ["phone", "phone"],
        "value": [0.9, math.nan],
        "low": [0.8, math.nan],
        "high": [0.95, math.nan],
        "n": [40, 4],
    }
)


def network(people=PEOPLE, width=None):
    return ego_network_chart(
        people, BETWEEN, "Ann Lee", title="Ann Lee", subtitle="Synthetic people.", width=width
    )


def together(table, width=None):
    return together_chart(table, title="Known", subtitle="Synthetic town.", width=width)


@pytest.mark.parametrize("spec", [network(), network(PEOPLE.iloc[:0]), together(measures())])
def test_every_picture_says_synthetic_and_is_plain_json(spec):
    assert "Synthetic" in spec["title"]["subtitle"]
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def texts(spec):
    drawn = svg(spec)
    return [part.split("<")[0] for part in drawn.split(">") if part.split("<")[0].strip()]


def test_everyone_and_what_they_give_away_stands_in_the_picture():
    said = texts(network(width=900))
    for words in (*PEOPLE["name"], "Ann Lee", "Home, Phone", "Account", "Friends", "Household"):
        assert words in said
    assert "Relatives" not in said


def test_a_strong_line_leads_to_those_who_tell_and_to_nobody_else():
    rules = [layer for layer in network()["layer"] if layer["mark"]["type"] == "rule"]
    chords, weak, strong = rules
    assert strong["mark"]["strokeWidth"] > weak["mark"]["strokeWidth"]
    assert strong["transform"] == [{"filter": "datum.tells !== ''"}]
    assert weak["transform"] == [{"filter": "datum.tells === ''"}]
    assert {node["entity_id"]: node["tells"] for node in strong["data"]["values"]} == {
        2: "Home, Phone", 3: "", 4: "Account",
    }  # fmt: skip
    assert len(chords["data"]["values"]) == 1  # nobody of number 9 is drawn


def test_friends_stand_on_the_right_and_nobody_on_another():
    nodes = network()["layer"][1]["data"]["values"]
    assert {node["name"]: node["side"] for node in nodes} == {
        "Bo Lee": -1, "Cy Diaz": -1, "Dee Wu": 1,
    }  # fmt: skip
    many = pd.concat([PEOPLE] * 15, ignore_index=True).sort_values("tie")
    many["entity_id"] = np.arange(len(many))
    spec = network(many)
    heights = sorted(node["y"] for node in spec["layer"][1]["data"]["values"] if node["side"] < 0)
    assert min(np.diff(heights)) >= 20
    assert 0 < heights[0] < heights[-1] < spec["height"]


def test_every_tie_has_a_name_a_shape_and_a_colour():
    assert list(TIE_LABELS) == list(MARKS) == [*TIES, "untied"]
    assert len({shape for shape, _ in MARKS.values()}) == len(MARKS)
    assert len({fill for _, fill in MARKS.values()}) == len(MARKS)
    assert set(STEPS) == set(TIES_LEFT)


def test_the_curve_shows_the_figures_and_leaves_out_what_is_withheld():
    points = together(measures())["data"]["values"]
    assert [point["words"] for point in points] == ["28", "24", "20", "17", "13"]
    assert points[0]["gone"] == pytest.approx(2)
    assert together(measures(n=5))["data"]["values"] == []


def test_the_finding_in_natural_frequencies():
    said = findings(measures(), {"Telephone accounts": False, "Social media": True})
    assert said[0] == (
        "Of 100 facts about residents who left every list that lets them, 28 are still known "
        "through their friends and family; if household and friends leave too, 13."
    )
    assert said[1].startswith("By weight, over 40 residents who left together; 95 % intervals: ")
    assert said[2] == (
        "If half of household and ties leave too, 20 are still known through the rest; if three "
        "quarters leave, 17."
    )
    assert (
        said[3] == "What is left then comes from lists that nobody can leave: Telephone accounts."
    )
    assert said[4].endswith("25 in 100 are also those of the one who left.")
    assert headline(measures(), {"x": True}) == "28 of 100 facts are still known through others"


def test_nothing_left_few_people_and_no_lists_are_said_so():
    lists = {"Social media": True}
    said = findings(measures(end=0.0), lists)
    assert said[0].endswith("if household and friends leave too, none.")
    assert not any("nobody can leave" in sentence for sentence in said)
    assert "is still known" in findings(measures(start=0.012, end=0.0), lists)[0]
    few = findings(measures(n=7), lists)
    assert few[0].startswith("Too few residents left")
    assert few[1] == "Nothing is said of fewer than 20 people; 7 left."
    assert findings(measures(), {}) == [NO_TIES]
    assert headline(measures(), {}) == "Here nobody is known through others"


def test_the_tables_carry_the_same_figures():
    lines = {line.label: line for line in spill_over_lines(measures(end=0.0))}
    assert lines["they leave alone"].value == "28.0"
    assert lines["they leave alone"].ties_gone == "2"
    gone = lines["and all of household and ties"]
    assert gone.value == "0.0"
    assert gone.interval == ""  # the same of everyone: resampling tells nothing
    assert gone.ties_gone == "100"
    assert lines["spill-over: alone, less with all"].value == "28.0"
    assert max(map(len, spill_over_table(measures()).split("\n"))) <= 100
    assert fact_lines(FACTS, {"phone": "Phone"}) == [("Phone", "90.0 (80.0–95.0)", "– ", "40")]


def test_the_network_is_described_in_words():
    assert network_in_words("Ann Lee", PEOPLE) == (
        "Synthetic network around Ann Lee; what each file gives away. Bo Lee, household: home, "
        "phone. Cy Diaz, colleagues: nothing. Dee Wu, friends: account."
    )


def test_what_leaks_through_a_tie_in_words():
    friend = {"name": "Ann Lee", "tie": "friend", "ties": ("friend",), "lists": True}
    told = told_in_words({**friend, "tells": ("Employer",)}, "Jo Doe")
    assert told == (
        "**The file of Ann Lee** (friends) gives away of Jo Doe: **employer**. "
        "It lists Jo Doe among its contacts."
    )
    untied = {**friend, "tie": "untied", "ties": (), "lists": False, "tells": ()}
    assert told_in_words(untied, "Jo Doe").endswith("gives away of Jo Doe: **nothing**.")
