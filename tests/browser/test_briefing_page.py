"""Briefing at the projector: the preview asks for nothing, and every file is what it says."""

from __future__ import annotations

import csv
import io

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import come_to_rest, turn_to

pytestmark = pytest.mark.slow  # the full tour

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOLDED = "nav [aria-hidden='true'][inert] a, nav [aria-hidden='true'][inert] button"


def opened(visit):
    turn_to(visit, "Briefing")
    page = visit.page
    page.get_by_test_id("stIFrame").wait_for(timeout=60_000)
    come_to_rest(page)
    return page


def test_the_preview_fits_the_projector_and_no_page_is_folded_away(visit):
    page = opened(visit)
    preview = page.frame_locator("iframe")
    preview.get_by_role("heading", name="The finding").wait_for()
    inside = preview.locator("html").evaluate("html => html.scrollWidth > html.clientWidth")
    assert not inside
    assert not page.evaluate(WIDER)
    assert page.locator(FOLDED).count() == 0
    assert page.get_by_text("no estimate about any real place").first.is_visible()
    assert_accessible(page)


def test_every_download_is_what_it_says(visit):
    page = opened(visit)

    def content(label):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        return download.value.path().read_bytes()

    assert b'<meta name="generator" content="mosaic' in content("Briefing (HTML)")
    assert b'<meta name="generator" content="mosaic' in content("Story (HTML)")
    assert content("Picture (SVG)").startswith(b"<svg")
    assert content("Picture (PNG)").startswith(b"\x89PNG")
    rows = csv.DictReader(io.StringIO(content("Figures (CSV)").decode()))
    assert {"step", "group", "metric", "value", "low", "high", "n"} <= set(next(rows))


def test_a_policy_is_chosen_and_a_new_tab_restores_it(visit):
    page = opened(visit)
    page.get_by_role("button", name="Add a law").click()
    page.get_by_role("combobox", name="Laws and choices").click()
    page.get_by_role("option").filter(has_text="Broker opt-out").click()
    page.keyboard.press("Escape")
    page.get_by_text("--overlay broker_opt_out").first.wait_for(timeout=60_000)
    page.wait_for_url("**laws=broker_opt_out")
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_text("--overlay broker_opt_out").first.wait_for(timeout=60_000)
