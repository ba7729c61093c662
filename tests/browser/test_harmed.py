"""Who is harmed at the projector: nothing cut, the arrow keys join anew, the URL keeps it."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import turn_to
from tests.browser.test_person import OUTSIDE, settled

pytestmark = pytest.mark.slow  # the full tour


def test_nothing_is_cut_and_the_threshold_joins_anew(visit):
    page = visit.page
    turn_to(visit, "Who is harmed")
    page.get_by_text("The figures behind the pictures").wait_for(timeout=60_000)
    settled(page)
    before = page.get_by_role("heading", level=2).inner_text()
    assert "somebody else's fact in their file" in before
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    assert charts.count() == 3
    assert charts.evaluate_all(OUTSIDE) == []
    assert "…" not in "".join(charts.all_text_contents())
    wider = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wider
    caveat = page.get_by_text("no estimate about any real place")
    bottom = caveat.bounding_box()
    assert bottom["y"] + bottom["height"] <= 768  # the caveat stands above the fold
    assert_accessible(page)

    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**harm-threshold=1")
    page.get_by_role("heading", level=2).filter(has_not_text=before).wait_for(timeout=60_000)
    settled(page)
    after = page.get_by_role("heading", level=2).inner_text()
    assert after != before
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_text("The figures behind the pictures").wait_for(timeout=60_000)
    assert tab.get_by_role("heading", level=2).inner_text() == after
