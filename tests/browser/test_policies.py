"""Policies at the projector: nothing is cut, and the URL restores the designs."""

from __future__ import annotations

import pytest

from tests.browser.navigation import come_to_rest, turn_to
from tests.browser.test_person import OUTSIDE

pytestmark = pytest.mark.slow  # the full tour

SLOW_MS = 60_000


def drawn(page):
    page.get_by_test_id("stVegaLiteChart").locator("svg.marks").nth(2).wait_for(timeout=SLOW_MS)
    come_to_rest(page)


def test_two_designs_fit_the_projector_and_a_new_tab_restores_them(visit):
    page = visit.page
    turn_to(visit, "Policies")
    drawn(page)
    assert page.get_by_role("heading", level=2).inner_text().startswith("Broker opt-out")
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    assert charts.count() == 3
    assert charts.evaluate_all(OUTSIDE) == []
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider)
    caveat = page.get_by_text("no estimate about any real place").bounding_box()
    assert caveat["y"] + caveat["height"] <= 768  # the caveat stands above the fold

    page.get_by_role("combobox").nth(2).click()
    page.get_by_role("option").filter(has_text="Ban on sharing licences").click()
    page.keyboard.press("Escape")
    heading = page.get_by_role("heading", level=2).filter(has_text="Ban on sharing licences")
    heading.wait_for(timeout=SLOW_MS)
    drawn(page)
    assert charts.evaluate_all(OUTSIDE) == []
    said = heading.inner_text()
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_role("heading", level=2).filter(has_text=said).wait_for(timeout=SLOW_MS)
