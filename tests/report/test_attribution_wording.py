from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.subsets import Player
from simulator.report.attribution_figures import ORDERS, named, ordered
from simulator.report.attribution_table import attribution_rows, attribution_text
from simulator.report.attribution_wording import (
    certainty_sentence,
    closing_sentence,
    headline,
    matrix_in_words,
    nobody_holds_all,
    order_sentence,
    owed_sentence,
    removal_sentence,
    together_sentence,
)
from simulator.scenario import load_scenario
from tests.report.attributed import attribution, holdings


def test_the_sentences_say_the_figures_worked_by_hand():
    found = attribution()
    assert owed_sentence(found) == (
        "Of the 12.0 in 100 facts known with three lists joined, 6.0 are owed to Utility bills "
        "(95 % interval 5.0 to 7.0), 3.0 to Social media and 3.0 to Data broker."
    )
    assert removal_sentence(found) == (
        "The removal that protects most: without Utility bills, 6.0 in 100 facts stay known in "
        "place of 12.0 (6.0 fewer, 95 % interval 5.0 to 7.0). Of two: without Utility bills and "
        "Data broker, 0.0."
    )
    assert headline(found) == "Without Utility bills: 6 facts in 100, not 12"
    assert closing_sentence(found) == (
        "Closed one after another, so that it falls fastest: Utility bills (6 left), Data broker "
        "(0 left), Social media (0 left)."
    )
    assert together_sentence(found) == (
        "Utility bills and Data broker repeat one another most (−6.0 in 100); Utility bills and "
        "Social media add most to one another (+6.0 in 100)."
    )
    assert certainty_sentence(found).startswith(
        "The shares are exact: all 8 subsets of three lists"
    )
    assert order_sentence(found) == (
        "With one list joined, 0 to 6 in 100 facts are known, over all orders of the lists."
    )


def test_drawn_shares_say_their_error_and_nothing_about_pairs():
    found = attribution(permutations=12)
    assert "twelve orders" in certainty_sentence(found)
    assert "standard error is at most 0.4 in 100" in certainty_sentence(found)
    assert together_sentence(found) == ""
    assert order_sentence(found).endswith("over the twelve orders drawn.")


def test_where_lists_repeat_one_another_closing_one_protects_nobody():
    found = attribution(values=np.array([0.0, 0.4, 0.4, 0.4]))
    assert removal_sentence(found).startswith("Closing any one list alone protects nobody")
    assert headline(found) == "No single list makes the difference"


def test_one_list_alone_can_be_talked_about():
    found = attribution(values=np.array([0.0, 0.4]))
    assert "0.0 in 100 facts stay known in place of 40.0" in removal_sentence(found)
    assert "Of two" not in removal_sentence(found)
    assert "one list joined" in owed_sentence(found)
    assert attribution_text(found)


def test_lists_for_named_targets_are_named_in_a_sentence_as_what_they_are():
    modern = load_scenario("modern")
    asked = modern.individually_obtained()
    found = replace(
        attribution(), scenario=modern,
        players=(Player("Named targets only", asked), *attribution().players[1:]),
    )  # fmt: skip
    assert named(found, "Named targets only") == "the lists for named targets"
    assert named(found, "Social media") == "Social media"
    assert "(the three lists for named targets count as one)" in certainty_sentence(found)


def test_the_table_fits_and_is_sorted_by_share():
    found = attribution()
    rows = attribution_rows(found)
    assert rows[0] == ["Utility bills", "6.0 (5.0–7.0)", "6.0", "6.0", "0.1", "1", "6.0"]
    assert [row[0] for row in rows] == ["Utility bills", "Social media", "Data broker"]
    text = attribution_text(found)
    assert max(map(len, text.split("\n"))) <= 100
    assert removal_sentence(found) in " ".join(text.split("\n"))


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_every_list_once(order):
    found = attribution()
    short = replace(found, closing_order=found.closing_order.iloc[:2])
    for each in (found, short):
        assert sorted(ordered(each, order)) == ["Data broker", "Social media", "Utility bills"]
    assert ordered(found, "closing") == ["Utility bills", "Data broker", "Social media"]


def test_the_matrix_is_told_to_those_who_cannot_see_it():
    told = matrix_in_words(holdings(), ["Social media", "Data broker"], attribution())
    assert "Social media: Name 30; owed to it 3.0" in told
    assert "Data broker: Home address 50, Name 40" in told
    assert nobody_holds_all(holdings()) == "No list holds all three facts: the longest holds two"
