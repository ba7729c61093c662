"""The Story page in a real browser, as the person at the projector meets it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import come_to_rest

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "How many of 100"


def number(headline: str) -> int:
    """The residents in 100 that the headline tells; 0 where it says so many in 1,000."""
    found = re.match(r"(\d+) in (100|1,000) ", headline)
    assert found, headline
    return int(found[1]) if found[2] == "100" else 0


def parameters(url: str) -> set[str]:
    return {part for part in url.partition("?")[2].split("&") if part}


def slider(visit):
    return visit.page.get_by_role("slider")


def test_the_lesson_from_the_first_guess_to_the_last_list(visit):
    """N raises the number, B takes it back, the URL follows, and a new tab restores the view."""
    page = visit.page
    visit.open()
    assert visit.headline().startswith(QUESTION)
    assert "in 100" not in page.get_by_test_id("stVegaLiteChart").first.inner_text()
    assert page.get_by_test_id("stDownloadButton").count() == 0

    slider(visit).focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**guess=47**")
    assert slider(visit).input_value() == "47"

    visit.press("n", "named on this list")
    told = []
    for step in (2, 3, 4):
        page.keyboard.press("n")
        page.wait_for_url(f"**lists={step}**")
        page.get_by_role("heading", level=2).filter(has_text="re-identified").wait_for()
        visit.settled()
        told.append(number(visit.headline()))
    assert told == sorted(told)
    assert told[-1] > told[0]
    assert page.get_by_text("You guessed 47").is_visible()
    assert page.get_by_role("button", name="Add the next list").is_disabled()
    assert parameters(page.url) == {"guess=47", "lists=4"}

    tab = page.context.new_page()
    tab.goto(page.url)
    restored = tab.get_by_role("heading", level=2).filter(has_text="re-identified")
    restored.wait_for()
    assert restored.inner_text() == visit.headline()
    assert tab.get_by_text("You guessed 47").is_visible()
    tab.close()

    page.keyboard.press("b")
    page.wait_for_url("**lists=3**")
    visit.settled()
    assert number(visit.headline()) == told[1]


def test_bad_parameters_are_ignored_and_reset_clears(visit):
    visit.open("?lists=77&guess=lots&town=../secrets&laws=crystal_ball&who=me")
    assert visit.headline().startswith(QUESTION)
    assert slider(visit).input_value() == "50"

    visit.open("?lists=3&guess=20")
    assert "re-identified" in visit.headline()
    visit.page.get_by_role("button", name="Reset").click()
    visit.page.get_by_role("heading", level=2).filter(has_text=QUESTION).wait_for()
    visit.settled()
    assert slider(visit).input_value() == "50"
    assert parameters(visit.page.url) == set()


def test_every_download_is_what_it_says(visit, tmp_path):
    visit.open("?lists=3")

    def download(name: str) -> bytes:
        with visit.page.expect_download() as started:
            visit.page.get_by_role("button", name=name).click()
        target: Path = tmp_path / started.value.suggested_filename
        started.value.save_as(target)
        return target.read_bytes()

    assert download("Picture (PNG)").startswith(b"\x89PNG\r\n\x1a\n")
    drawn = download("Picture (SVG)").decode()
    assert drawn.startswith("<svg")
    assert "Synthetic" in drawn
    assert visit.headline() in re.sub(r"<[^>]+>", "", drawn)
    rows = list(csv.DictReader(io.StringIO(download("Figures (CSV)").decode())))
    assert list(rows[0]) == [
        "step", "source_added", "group", "metric", "value", "low", "high", "n", "interval",
    ]  # fmt: skip
    assert {row["step"] for row in rows} == {"0", "1", "2", "3"}  # nothing of the fourth list
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", ".svg", ".csv"}


@pytest.mark.parametrize("lists", [0, 4])
def test_at_1024_by_768_all_is_in_sight_and_nothing_is_cut(visit, lists):
    visit.open(f"?lists={lists}")
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    cut = page.evaluate(
        """[...document.querySelectorAll('.stMain *')].filter(e => {
            const style = getComputedStyle(e);
            return style.textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth
        }).map(e => e.textContent)"""
    )
    assert cut == []
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    outside = charts.evaluate_all(
        """svgs => svgs.flatMap(svg => {
            const box = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
                const at = text.getBoundingClientRect();
                return at.left < box.left - 1 || at.right > box.right + 1
                    || at.top < box.top - 1 || at.bottom > box.bottom + 1;
            }).map(text => text.textContent)
        })"""
    )
    assert outside == []
    assert "…" not in charts.first.text_content() + charts.last.text_content()
    for box in (charts.first.bounding_box(), charts.last.bounding_box()):
        assert box["y"] + box["height"] <= 768  # above the fold
    assert page.get_by_text("no estimate about any real place").is_visible()


def test_synthetic_stands_on_the_page_and_in_the_picture(visit):
    visit.open("?lists=2")
    assert visit.page.get_by_text("everyone in it is invented").first.is_visible()
    charts = visit.page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    assert all("Synthetic" in text for text in charts.all_text_contents())


@pytest.mark.parametrize("lists", [0, 4])
def test_the_page_is_accessible(visit, lists):
    visit.open(f"?lists={lists}")
    assert_accessible(visit.page)


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1920)])
def test_the_tour_at_other_widths_and_in_the_dark(chromium, address, scheme, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for lists in (0, 2, 4):
        page.goto(f"{address}/?lists={lists}")
        charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
        charts.nth(1).wait_for()
        come_to_rest(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name="What the words mean").click()
        page.get_by_text("One list alone can re-identify nobody").wait_for()
        assert_accessible(page)
    context.close()
