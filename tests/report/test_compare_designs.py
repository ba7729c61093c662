from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.report.compare_designs import amount, designs_in_words, heading
from simulator.report.compare_figures import Taken
from tests.report import compared


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (compared.comparison(), "A town of 5,000: four policies beside it"),
        (compared.comparison("ban"), "A town of 5,000: one policy beside it"),
        (compared.scenarios(), "A town of 5,000: another scenario beside it"),
    ],
)
def test_the_heading_says_what_stands_beside_what(comparison, expected):
    assert heading(comparison) == (
        f"{expected} · 5,000 residents, all invented · 20 towns, seed 20260101 and after"
    )


def test_one_town_has_one_seed():
    one = replace(compared.comparison(), seeds=(20260101,))
    assert heading(one).endswith("one town, seed 20260101")


def test_a_policy_of_which_nothing_is_said_has_its_name():
    assert designs_in_words(compared.comparison("shield"))[0] == "With: Privacy shield."
    assert designs_in_words(replace(compared.comparison(), abouts={})) == []


def test_what_an_adversary_holds_less_of_is_said_down_to_cells():
    assert amount(Taken(0.0, 0.25), "It", "before") == (
        "It holds as many records as before, and of the rest 25.0 in 100 cells fewer."
    )
    assert amount(Taken(-0.043, 0.0), "It", "A's") == "It holds 1.04 times as many records as A's."
