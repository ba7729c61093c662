"""Friends and family at the projector: nothing is cut, and everything leads where it says."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.browser.navigation import turn_to
from tests.browser.test_person import OUTSIDE, settled

DRAWN = """() => [...document.querySelectorAll('svg.marks')].map(each => each.textContent).join()"""
pytestmark = pytest.mark.slow  # the full tour


def open_page(visit):
    turn_to(visit, "Friends and family")
    page = visit.page
    charts_of(page).nth(1).wait_for(timeout=60_000)
    settled(page)
    return page


def charts_of(page):
    return page.locator("svg.marks")


def test_leaving_alone_and_with_all_ties(visit, tmp_path):
    page = open_page(visit)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    assert charts_of(page).evaluate_all(OUTSIDE) == []
    caveat = page.get_by_text("no estimate about any real place").bounding_box()
    assert caveat["y"] + caveat["height"] <= 768
    page.get_by_role("radio", name="With all ties").click()
    page.wait_for_url("**left=With*all*ties")
    settled(page)
    page.locator("svg.marks").get_by_text("so have all their ties").first.wait_for()

    def download(name):
        with page.expect_download() as started:
            page.get_by_role("button", name=name, exact=True).click()
        target = tmp_path / started.value.suggested_filename
        started.value.save_as(target)
        return target.read_bytes()

    assert download("Picture (PNG)").startswith(b"\x89PNG\r\n\x1a\n")
    for name in ("Picture (SVG)", "Curve (SVG)"):
        drawn = download(name).decode()
        assert drawn.startswith("<svg")
        assert "Synthetic" in re.sub(r"<[^>]+>", "", drawn)
    people = list(csv.DictReader(io.StringIO(download("Figures (CSV)").decode())))
    assert {"name", "tie", "lists", "tells"} <= set(people[0])
    rows = list(csv.DictReader(io.StringIO(download("Curve: figures (CSV)").decode())))
    assert {"metric", "ties_gone_share", "value", "low", "high", "n", "interval"} <= set(rows[0])

    tab = page.context.new_page()
    tab.goto(page.url)
    tab.locator("svg.marks").get_by_text("so have all their ties").first.wait_for(timeout=60_000)


def test_nothing_is_cut_whoever_is_shown_and_a_name_tells_what_leaks(visit):
    page = open_page(visit)
    for who in ("Least exposed", "Most exposed", "Typical"):
        before = page.evaluate(DRAWN)
        page.get_by_role("combobox", name="Resident").click()
        page.get_by_role("option", name=who).click()
        page.wait_for_function(f"before => ({DRAWN})() !== before", arg=before)
        settled(page)
        assert charts_of(page).evaluate_all(OUTSIDE) == [], who
    names = page.locator(".pressable [role=button]")
    name = names.first.get_attribute("aria-label").split(",")[0]
    names.first.focus()
    page.keyboard.press("Enter")
    page.get_by_text(f"The file of {name}").wait_for()
    page.locator(".pressable [aria-pressed=true]").wait_for()
