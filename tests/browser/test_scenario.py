"""Scenario at the projector: mistakes are cards, an upload is text, a run gives its figures."""

from __future__ import annotations

import re

import pytest

from simulator.scenario import packaged_scenarios
from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import come_to_rest, turn_to

pytestmark = pytest.mark.slow  # the full tour

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOWN = {file.name: file.path for file in packaged_scenarios()}["town"]
SMALL = """schema_version: 1
extends: campus
title: A small campus
about: To be quick.
"""


@pytest.fixture
def page(visit):
    turn_to(visit, "Scenario")
    rest(visit.page)
    return visit.page


def rest(page):
    page.get_by_role("textbox", name="write here").wait_for(timeout=30_000)
    come_to_rest(page)


def fits(page):
    assert not page.evaluate(WIDER)
    assert_accessible(page)


def upload(page, name, content, expected):
    """Upload a file and wait for what is to appear before the pop-over is closed."""
    page.get_by_role("button", name="Upload a file").click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/yaml", "buffer": content}
    )
    expected.wait_for(timeout=30_000)
    page.keyboard.press("Escape")
    rest(page)


def test_two_mistakes_are_two_cards_and_mended_they_run(page):
    fits(page)
    editor = page.get_by_role("textbox", name="write here")
    text = TOWN.read_text(encoding="utf-8")
    assert editor.input_value() == text
    wrong = text.replace("residents_count", "residents_coun", 1).replace("seed: ", "seed: -", 1)
    editor.fill(wrong)
    editor.press("Control+Enter")
    page.get_by_role("heading", name="Two mistakes to mend").wait_for(timeout=30_000)
    rest(page)
    cards = page.get_by_role("list", name="Mistakes").get_by_role("listitem")
    assert cards.count() == 2
    assert re.match(r"town\.yaml:\d+:\d+", cards.first.inner_text())
    assert "Did you mean 'residents_count'?" in cards.nth(1).inner_text()
    assert page.get_by_text("Traceback").count() == 0
    fits(page)
    editor.fill(SMALL)
    editor.press("Control+Enter")
    page.get_by_role("heading", name="No mistake found: A small campus").wait_for(timeout=30_000)
    page.get_by_role("button", name="Run it").click()
    page.get_by_role("heading", name="residents re-identified").wait_for(timeout=60_000)
    rest(page)
    fits(page)
    page.get_by_text("The settings in force").click()
    page.get_by_role("region", name="The settings in force").wait_for()
    fits(page)


def test_an_uploaded_file_is_edited_and_taken_along(page):
    found = page.get_by_role("heading", name="No mistake found: A small campus")
    upload(page, "mine.yaml", SMALL.encode(), found)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the text").click()
    assert download.value.suggested_filename == "mine.yaml"
    assert download.value.path().read_text(encoding="utf-8") == SMALL


def test_an_upload_over_the_cap_is_refused_and_the_text_stays(page):
    before = page.get_by_role("textbox", name="write here").input_value()
    refused = page.get_by_text("The file is larger than 256 KiB")
    upload(page, "huge.yaml", b"#" * (256 * 1024 + 1), refused)
    assert page.get_by_role("textbox", name="write here").input_value() == before
