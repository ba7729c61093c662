from __future__ import annotations

from simulator.dashboard.numbered_text import MOST_LINES, numbered
from simulator.dashboard.problem_cards import MOST_CARDS, cards
from simulator.scenario import Problem

TEXT = "one: 1\n  twoo: <b>2</b>\n"


def test_a_card_says_place_and_mend_and_marks_the_word():
    shown = cards([Problem("a.yaml", 2, 3, "unknown 'twoo'")], TEXT, "a.yaml")
    assert "<strong>a.yaml:2:3</strong>" in shown
    assert "Unknown &#x27;twoo&#x27;" in shown
    assert "2 |   <mark>twoo</mark>: &lt;b&gt;2&lt;/b&gt;" in shown


def test_a_mistake_in_another_file_shows_no_line_of_this_one():
    shown = cards([Problem("below.yaml", 1, 1, "wrong")], TEXT, "a.yaml")
    assert "below.yaml:1:1" in shown
    assert "<mark>" not in shown


def test_a_mistake_of_the_file_itself_has_no_line():
    shown = cards([Problem("a<b>.yaml", 0, 0, "too large")], TEXT, "a<b>.yaml")
    assert "<strong>a&lt;b&gt;.yaml</strong>" in shown
    assert "<mark>" not in shown


def test_a_long_line_is_cut_around_the_mistake():
    line = "a" * 500 + " oops " + "b" * 500
    shown = cards([Problem("a.yaml", 1, 502, "wrong")], line, "a.yaml")
    assert "<mark>oops</mark>" in shown
    assert "a" * 60 not in shown
    assert "b" * 80 not in shown


def test_of_very_many_mistakes_the_first_are_shown():
    many = [Problem("a.yaml", line, 1, "wrong") for line in range(1, MOST_CARDS + 8)]
    shown = cards(many, TEXT, "a.yaml")
    assert shown.count("<strong>") == MOST_CARDS
    assert "7 more; mend these first." in shown


def test_lines_are_escaped_and_those_to_mend_stand_out():
    shown = numbered(TEXT, "The text", 100, {2})
    assert shown.count("<span") == 3
    assert '<span class="wrong">  twoo: &lt;b&gt;2&lt;/b&gt;</span>' in shown
    assert 'tabindex="0"' in shown


def test_of_very_many_lines_the_first_are_shown():
    shown = numbered("\n" * (MOST_LINES + 1), "The text", 100)
    assert shown.count("<span") == MOST_LINES
    assert "2 more lines" in shown
