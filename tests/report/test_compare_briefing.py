from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.report.compare_briefing import comparison_html
from simulator.report.compare_figures import MEANINGS
from simulator.report.compare_wording import how_sure
from tests.report import compared
from tests.report.pages import Outline, assert_is_readable, assert_stands_alone

COMMAND = "mosaic policies town"
HASH = "0123456789ab"


def page(comparison):
    return comparison_html(comparison, command=COMMAND, scenario_hash=HASH)


def text(comparison):
    return Outline(page(comparison)).text


@pytest.fixture(scope="module")
def every():
    return text(compared.comparison())


@pytest.fixture(scope="module")
def alone():
    return text(compared.comparison("ban"))


@pytest.fixture(scope="module")
def scenarios():
    return text(compared.scenarios())


def test_a_page_of_two_scenarios_stands_alone_and_is_readable():
    written = page(compared.scenarios())
    assert_stands_alone(written)
    assert_is_readable(written)


def test_it_says_how_to_get_it_again_and_how_sure_it_is(every):
    for said in (COMMAND, HASH, "Mosaic 0.1.0", how_sure(compared.comparison())):
        assert said in every


def test_several_policies_are_described_and_ranked(every):
    assert "A town of 5,000: policies compared" in every
    assert "The policies Ban on sharing. Lists stay where they are." in every
    assert "Ban on sharing 1 −10.0±2.0 +0.10±0.01 −10.0±2.0 Hispanic 1.2±2.0 −5.0±1.0" in every
    assert "List by list" not in every
    assert all(f"{name.capitalize()} {meaning}." in every for name, meaning in MEANINGS.items())


def test_one_policy_is_described_and_shown_in_full(alone):
    assert "A town of 5,000: Ban on sharing" in alone
    assert "With: Ban on sharing. Lists stay where they are." in alone
    assert "The adversary holds 20.0 in 100 records fewer than before." in alone
    assert "In 100 without with change (95 % interval) at random retrained" in alone
    assert "facts known by name 50.0 40.0 −10.0 (−12.0 to −8.0) −5.0±1.0 −10.0±2.0" in alone
    assert "Group without with change (95 % interval) worse off" in alone
    assert "Two or more or other – – withheld –" in alone
    assert "hardest-hit" not in alone


def test_two_scenarios_are_a_and_b_and_no_policy(scenarios):
    assert "A town of 5,000 and Another town" in scenarios
    assert "A: A town of 5,000 B: Another town" in scenarios
    assert "Group A B B − A (95 % interval) worse off" in scenarios
    assert "policy" not in scenarios
    assert "REVERSED" not in scenarios


def test_what_an_overlay_says_of_itself_stays_text():
    hostile = "<script>alert(1)</script><img src=x>"
    for names in ((), ("ban",)):
        comparison = compared.comparison(*names)
        written = page(replace(comparison, abouts={"ban": hostile}))
        assert_stands_alone(written)
        assert "<script" not in written
        assert "<img" not in written
