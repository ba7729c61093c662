"""The pages that stand alone, opened from a file as whoever gets them by mail would."""

from __future__ import annotations

import re

import pytest

from simulator.cli.main import main
from simulator.scenario import packaged_scenarios
from tests.browser.accessibility import assert_accessible

NAMES = [packaged.name for packaged in packaged_scenarios()]
WHOLE_ON_TWO_PAGES = {"town", "campus"}
"""The scenarios that need no annex for their inputs."""
STORY = "town"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in NAMES:
        page = folder / f"{name}.html"
        assert main(["briefing", name, "--people", "300", "--out", str(page)]) == 0
    story = ["briefing", STORY, "--people", "300", "--to", "story"]
    assert main([*story, "--out", str(folder / f"{STORY}-story.html")]) == 0
    return folder


@pytest.fixture
def opened(context, pages):
    """Open a page from its file; it may ask for nothing but itself and raise no error."""
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))

    def opened(name):
        page.goto((pages / name).as_uri())
        return page

    yield opened
    assert [url for url in asked if not url.startswith("file://")] == []
    assert len(asked) == 1
    assert errors == []


def pages_printed(page, paper):
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("name", NAMES)
def test_the_briefing_is_two_printed_pages_at_most(opened, name):
    page = opened(f"{name}.html")
    assert page.get_by_text("The town and everyone in it are invented").is_visible()
    assert page.get_by_role("img").count() == 1
    assert_accessible(page)
    if name in WHOLE_ON_TWO_PAGES:
        assert page.get_by_role("heading", name="Annex").count() == 0
        assert pages_printed(page, "A4") <= 2
        assert pages_printed(page, "Letter") <= 2
        return
    annex = page.get_by_role("region", name="Annex: the inputs").element_handle()
    whole = {paper: pages_printed(page, paper) for paper in ("A4", "Letter")}
    annex.evaluate("annex => annex.style.display = 'none'")
    proper = {paper: pages_printed(page, paper) for paper in whole}
    assert max(proper.values()) <= 2
    annex.evaluate("annex => { annex.style.display = ''; document.body.replaceChildren(annex) }")
    alone = {paper: pages_printed(page, paper) for paper in whole}
    assert whole == {paper: proper[paper] + alone[paper] for paper in whole}, "no page of its own"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_briefing_needs_no_sideways_scroll(opened, name, width):
    page = opened(f"{name}.html")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_story_by_keyboard_alone(opened):
    page = opened(f"{STORY}-story.html")
    heading = page.get_by_role("heading", level=2)
    assert heading.inner_text().startswith("How many of 100 residents")
    page.keyboard.press("Tab")
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    assert page.locator("output").inner_text() == "40"

    said = []
    for _ in range(4):
        page.keyboard.press("n")
        said.append(heading.inner_text())
    assert said[0].endswith("named on this list")
    assert all(one.endswith("residents re-identified") for one in said[1:])
    assert page.get_by_text("You guessed 40; it is").is_visible()
    assert page.get_by_role("slider").is_disabled()
    assert page.get_by_role("button", name="Add the next list").is_disabled()
    page.keyboard.press("n")
    assert heading.inner_text() == said[-1]

    page.keyboard.press("b")
    assert heading.inner_text() == said[-2]
    page.get_by_role("button", name="Reset").press("Enter")
    assert heading.inner_text().startswith("How many of 100 residents")
    assert page.locator("output").inner_text() == "50"


def test_a_button_that_ends_hands_on_the_focus(opened):
    page = opened(f"{STORY}-story.html")
    page.get_by_role("button", name="Add the next list").focus()
    for _ in range(4):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "back"


@pytest.mark.parametrize("lists", [0, 4])
def test_the_story_is_accessible_and_in_sight(opened, lists):
    page = opened(f"{STORY}-story.html")
    for _ in range(lists):
        page.keyboard.press("n")
    assert page.get_by_role("img").count() == 1
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    box = page.get_by_role("img").bounding_box()
    assert box["y"] + box["height"] <= 768


def test_the_story_prints_its_end_on_one_page(opened):
    page = opened(f"{STORY}-story.html")
    assert pages_printed(page, "A4") == 1
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=2).inner_text().endswith("re-identified")
    assert not page.get_by_role("slider").is_visible()


def test_without_scripts_the_whole_story_is_there(chromium, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / f"{STORY}-story.html").as_uri())
    assert page.get_by_role("heading", level=2).count() == 5
    assert not page.get_by_role("slider").is_visible()
    context.close()
