from __future__ import annotations

import pytest

from simulator.report.compare_table import comparison_text, ranking_rows
from simulator.report.wording import CAVEAT
from tests.report import compared


@pytest.mark.parametrize("names", [(), ("ban",), ("moot",)])
def test_the_text_keeps_to_100_columns_and_says_what_it_is(names):
    text = comparison_text(compared.comparison(*names))
    assert all(len(line) <= 100 for line in text.splitlines())
    assert all(line == line.rstrip() for line in text.splitlines())
    assert CAVEAT in text
    assert "all invented" in text


def test_one_policy_is_shown_in_full():
    text = comparison_text(compared.comparison("ban"))
    assert "With: Ban on sharing" in text
    measures = next(line for line in text.splitlines() if line.startswith("facts known by name"))
    assert " ".join(measures.split()) == (
        "facts known by name 50.0 40.0 −10.0 (−12.0 to −8.0) −5.0±1.0 −10.0±2.0"
    )
    small = next(line for line in text.splitlines() if line.startswith("Two or more or other"))
    assert small.removeprefix("Two or more or other").split() == ["–", "–", "withheld", "–"]
    assert next(line for line in text.splitlines() if line.startswith("Data broker")).split() == [
        *("Data", "broker", "31.0", "15.5", "44.0", "22.0"),
    ]
    licences = next(line for line in text.splitlines() if line.startswith("Driver's licences"))
    assert licences.split() == ["Driver's", "licences", "47.0", "–", "74.0", "–"]


def test_several_policies_stand_by_rank():
    rows = ranking_rows(compared.comparison())
    assert [row[:2] for row in rows] == [
        ["Ban on sharing", "1"],
        ["Privacy shield", "2"],
        ["Access reform", "2"],
        ["Rule for nobody", "2"],
    ]
    assert rows[0][2:] == ["−10.0±2.0", "+0.10±0.01", "−10.0±2.0 Hispanic", "1.2±2.0", "−5.0±1.0"]
    assert rows[3][2:] == ["0", "0", "0", "0.0", "–"]  # nobody is hit: no group is named


def test_one_policy_is_said_with_what_it_takes_away():
    text = comparison_text(compared.comparison("ban"))
    assert "With: Ban on sharing. Lists stay where they are.\n" in text
    assert "The adversary holds 20.0 in 100 records fewer than before.\n" in text
    assert "± half of it; under 20 people: withheld." in text


def test_headings_that_say_nothing_here_are_not_explained():
    assert "\nat random: " in comparison_text(compared.comparison("ban"))
    for comparison in (compared.comparison("moot"), compared.scenarios()):
        assert "\nat random: " not in comparison_text(comparison)


def test_two_scenarios_are_a_and_b():
    text = comparison_text(compared.scenarios())
    assert "\nA: A town of 5,000\nB: Another town\n" in text
    assert "B's adversary holds 2.50 times as many" not in text
    assert "B's adversary holds 2.5 times as many records as A's." in text
    heading = next(line for line in text.splitlines() if line.startswith("in 100"))
    assert " ".join(heading.split()) == "in 100 A B B − A (95 % interval) at random retrained"
    for word in ("without", "REVERSED", "policy", "With:"):
        assert word not in text
    assert all(len(line) <= 100 for line in text.splitlines())
