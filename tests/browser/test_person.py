"""One person at the projector: nothing is cut, and every download is what it says."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.browser.navigation import come_to_rest, turn_to

pytestmark = pytest.mark.slow  # the full tour

OUTSIDE = """svgs => svgs.flatMap(svg => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const at = text.getBoundingClientRect();
        return at.left < box.left - 1 || at.right > box.right + 1
            || at.top < box.top - 1 || at.bottom > box.bottom + 1;
    }).map(text => text.textContent)
})"""
OVERLAPPING = """svg => {
    const boxes = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([other, b]) =>
        one.textContent && other.textContent
        // white text beneath its own words is no other text
        && !(one.textContent === other.textContent
            && Math.abs(a.left - b.left) < 1 && Math.abs(a.top - b.top) < 1)
        && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6
    ).map(([other]) => `${one.textContent} | ${other.textContent}`))
}"""


def settled(page):
    page.locator("svg.marks").first.wait_for(timeout=30_000)
    come_to_rest(page)


def show(visit, who, lists=4):
    """Turn to the page, choose a resident and join lists by the keyboard."""
    page = visit.page
    turn_to(visit, "One person")
    settled(page)
    page.get_by_role("radio", name=who).click()
    for number in range(1, lists + 1):
        settled(page)
        page.keyboard.press("n")
        page.wait_for_url(f"**lists={number}**")
    settled(page)


def cut(page):
    charts = page.locator("svg.marks")
    return charts.evaluate_all(OUTSIDE) + charts.evaluate_all(f"s => s.flatMap({OVERLAPPING})")


def test_back_takes_a_list_away_and_the_headline_with_it(visit):
    show(visit, "Typical", lists=2)
    page = visit.page
    two = page.get_by_role("heading", level=2).inner_text()
    page.keyboard.press("n")
    page.wait_for_url("**lists=3**")
    settled(page)
    page.keyboard.press("b")
    page.wait_for_url("**lists=2**")
    settled(page)
    assert page.get_by_role("heading", level=2).inner_text() == two
    assert "who=Typical" in page.url


def test_every_download_is_what_it_says_and_nothing_is_cut(visit, tmp_path):
    show(visit, "Wrongly joined")
    page = visit.page
    assert cut(page) == []

    def download(name):
        with page.expect_download() as started:
            page.get_by_role("button", name=name, exact=True).click()
        target = tmp_path / started.value.suggested_filename
        started.value.save_as(target)
        return target.read_bytes()

    assert download("Picture (PNG)").startswith(b"\x89PNG\r\n\x1a\n")
    for name in ("Picture (SVG)", "Link (SVG)"):
        drawn = download(name).decode()
        assert drawn.startswith("<svg")
        assert "Synthetic" in re.sub(r"<[^>]+>", "", drawn)
    rows = list(csv.DictReader(io.StringIO(download("Figures (CSV)").decode())))
    assert "somebody_else" in {row["status"] for row in rows}
    bits = list(csv.DictReader(io.StringIO(download("Link: figures (CSV)").decode())))
    assert {"comparison", "written_l", "written_r", "bits"} <= set(bits[0])


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_is_cut_whoever_is_shown(visit, width):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    show(visit, "Most exposed")
    for who in ("Most exposed", "Wrongly joined", "Least exposed", "Typical"):
        page.get_by_role("radio", name=who).click()
        if who != "Most exposed":  # by default, and then not in the address
            page.wait_for_url(re.compile(f"who={who[:5]}"))
        settled(page)
        assert cut(page) == [], who
        assert page.evaluate("document.documentElement.scrollWidth") <= width, who
