"""Over time at the projector: a town without sensors offers one that has them."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import come_to_rest, turn_to
from tests.browser.test_person import OUTSIDE, settled

pytestmark = pytest.mark.slow  # the full tour

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_the_town_offers_one_with_sensors(visit):
    page = visit.page
    turn_to(visit, "Over time")
    page.get_by_role("button", name="Show “The town, bought and shared whole”").wait_for()
    come_to_rest(page)
    assert page.get_by_text("no estimate about any real place").is_visible()
    assert not page.evaluate(WIDER)
    assert_accessible(page)


@pytest.mark.slow
def test_the_arrow_keys_move_the_day_and_a_new_tab_restores_it(visit):
    page = visit.page
    turn_to(visit, "Over time")
    page.get_by_role("button", name="Show").click(timeout=30_000)
    page.get_by_test_id("stVegaLiteChart").nth(1).wait_for(timeout=240_000)
    settled(page)
    assert not page.evaluate(WIDER)
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    assert charts.count() == 2
    assert charts.evaluate_all(OUTSIDE) == []
    caveat = page.get_by_text("no estimate about any real place").bounding_box()
    assert caveat["y"] + caveat["height"] <= 768  # the caveat stands above the fold
    assert_accessible(page)

    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**day=59**")
    heading = page.get_by_role("heading", level=2)
    heading.filter(has_text="by day 59").wait_for()
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_role("heading", level=2).filter(has_text="by day 59").wait_for(timeout=60_000)
