"""How sure? at the projector: the arrow keys move the threshold, the URL keeps it."""

from __future__ import annotations

import pytest

from tests.browser.navigation import turn_to
from tests.browser.test_person import OUTSIDE, settled

pytestmark = pytest.mark.slow  # the full tour


def test_the_arrow_keys_move_the_threshold_and_a_new_tab_restores_it(visit):
    page = visit.page
    turn_to(visit, "How sure?")
    settled(page)
    before = page.get_by_role("heading", level=2).inner_text()
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**threshold=89**")
    page.get_by_text("Joined from 89 in 100").wait_for()
    settled(page)
    after = page.get_by_role("heading", level=2).inner_text()
    assert after != before
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    assert charts.count() == 3
    assert charts.evaluate_all(OUTSIDE) == []
    assert page.get_by_text("no estimate about any real place").is_visible()
    bottom = page.get_by_text("no estimate about any real place").bounding_box()
    assert bottom["y"] + bottom["height"] <= 768  # the caveat stands above the fold

    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_text("Joined from 89 in 100").wait_for(timeout=30_000)
    assert tab.get_by_role("heading", level=2).inner_text() == after


def test_what_speaks_for_one_person_is_drawn_uncut(visit):
    page = visit.page
    turn_to(visit, "How sure?")
    settled(page)
    page.get_by_text("What speaks for one person, and which records").click()
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    charts.nth(3).wait_for()
    settled(page)
    assert "Phone: the same" in charts.nth(3).text_content()
    assert charts.evaluate_all(OUTSIDE) == []
