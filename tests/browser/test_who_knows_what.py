"""Who knows what at the projector: nothing is cut, and everything leads where it says."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import turn_to
from tests.browser.test_person import OUTSIDE, OVERLAPPING, settled

pytestmark = pytest.mark.slow  # the full tour


@pytest.fixture
def page(visit):
    turn_to(visit, "Who knows what")
    visit.page.get_by_role("heading", level=2).filter(has_text="Without").wait_for(timeout=90_000)
    settled(visit.page)
    return visit.page


def charts_of(page):
    return page.get_by_test_id("stVegaLiteChart").locator("svg.marks")


def test_it_fits_the_projector_and_is_accessible(page):
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    assert charts_of(page).evaluate_all(OUTSIDE) == []
    assert charts_of(page).first.evaluate(OVERLAPPING) == []
    matrix = charts_of(page).first.bounding_box()
    caveat = page.get_by_text("no estimate about any real place").bounding_box()
    assert caveat["y"] + caveat["height"] <= matrix["y"] + matrix["height"] <= 768
    page.get_by_text("Does the order of the lists matter?").click()
    page.get_by_text("The figures behind the picture").click()
    page.get_by_text("The shares are exact").wait_for()
    assert not page.evaluate(wide)
    assert charts_of(page).evaluate_all(OUTSIDE) == []
    assert_accessible(page)


def test_enlarged_to_200_percent_no_name_runs_into_another(page):
    page.set_viewport_size({"width": 512, "height": 384})
    page.wait_for_function("innerWidth === 512 && !document.querySelector('[data-stale=true]')")
    settled(page)
    matrix = charts_of(page).first
    assert matrix.evaluate(OVERLAPPING) == []
    assert "before anything is joined" in matrix.text_content()  # and is not cut short
    assert_accessible(page)


UTILITY_FIRST = """() => {
  const chart = document.querySelector('[data-testid="stVegaLiteChart"] svg.marks');
  const shown = chart ? [...chart.querySelectorAll("text")].map((text) => text.textContent) : [];
  const [utility, dmv] = ["Utility bills", "Driver's licences"].map((name) => shown.indexOf(name));
  return 0 <= utility && utility < dmv;
}"""


def test_the_order_is_kept_in_the_url_and_a_new_tab_restores_it(page):
    assert not page.evaluate(UTILITY_FIRST)
    page.get_by_role("radio", name="As the scenario has them").click()
    page.wait_for_url("**order=As*the*scenario*has*them")
    page.wait_for_function(UTILITY_FIRST)
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.wait_for_function(UTILITY_FIRST, timeout=60_000)


def test_every_download_is_what_it_says(page, tmp_path):
    def download(name):
        with page.expect_download() as started:
            page.get_by_role("button", name=name, exact=True).click()
        target = tmp_path / started.value.suggested_filename
        started.value.save_as(target)
        return target.read_bytes()

    assert download("Picture (PNG)").startswith(b"\x89PNG\r\n\x1a\n")
    for name in ("Picture (SVG)", "Orders (SVG)"):
        drawn = download(name).decode()
        assert drawn.startswith("<svg")
        assert "Synthetic" in re.sub(r"<[^>]+>", "", drawn)
    rows = list(csv.DictReader(io.StringIO(download("Figures (CSV)").decode())))
    assert {"player", "metric", "value", "low", "high", "n", "interval"} <= set(rows[0])
    orders = list(csv.DictReader(io.StringIO(download("Orders: figures (CSV)").decode())))
    assert {"joined_count", "least", "most", "own_order"} <= set(orders[0])
