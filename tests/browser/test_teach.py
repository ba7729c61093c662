"""Teach at the projector: no line is cut, and all of it is printed."""

from __future__ import annotations

import re

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import come_to_rest, turn_to

pytestmark = pytest.mark.slow  # the full tour

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT = """parts => parts.filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.textContent)"""


def test_no_line_is_cut_and_every_part_is_a_click_away(visit):
    page = visit.page
    turn_to(visit, "Teach")
    page.get_by_role("heading", name="Published figures beside ours").wait_for()
    come_to_rest(page)
    assert not page.evaluate(WIDER)
    cells = page.locator(".mosaic-validation td, .mosaic-validation th, .mosaic-terms dd")
    assert cells.count() > 200
    assert cells.evaluate_all(CUT) == []
    assert_accessible(page)
    page.get_by_role("link", name="Glossary", exact=True).click()
    page.wait_for_url("**#glossary")
    page.wait_for_function(
        "Math.abs(document.getElementById('glossary').getBoundingClientRect().top) < 300"
    )


def test_all_of_it_is_printed_and_nothing_else(visit):
    page = visit.page
    turn_to(visit, "Teach")
    page.get_by_role("heading", name="Published figures beside ours").wait_for()
    come_to_rest(page)
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 6
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stHeader").is_visible()
    assert not page.get_by_text("On this page").is_visible()
    hidden = "part => getComputedStyle(part).overflowY"
    around = page.locator("*:has(.st-key-teach)")
    assert {around.nth(at).evaluate(hidden) for at in range(around.count())} <= {"visible"}
