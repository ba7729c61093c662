"""Every page as a visitor meets it: at the projector, in the dark, enlarged, and by keyboard.

The screenshots are kept in out/pages, to be looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_pages import RULES

PAGES = {
    "Story": "What do harmless lists give away?",
    "One person": "One person",
    "Who knows what": "Who knows what",
    "Policies": "Policies",
    "Who is harmed": "Who is harmed?",
    "Friends and family": "Friends and family",
    "Over time": "Over time",
    "How sure?": "How sure?",
    "Scenario": "Scenario",
    "Briefing": "Briefing",
    "Teach": "Teach",
}
SCREENSHOTS = Path(__file__).parents[2] / "out" / "pages"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll('.stMain *')].filter(each => {
    const style = getComputedStyle(each);
    return style.textOverflow === 'ellipsis' && each.scrollWidth > each.clientWidth + 1
}).map(each => each.textContent)"""
AT_REST = "[data-test-script-state='notRunning']"
GONE = """document.querySelector('[data-testid="stSidebar"]').getBoundingClientRect().right <= 0"""
VIEWS = {
    "projector": {"viewport": {"width": 1024, "height": 768}},
    "dark": {"viewport": {"width": 1024, "height": 768}, "color_scheme": "dark"},
    # 1024 x 768 enlarged to 200 %
    "enlarged": {"viewport": {"width": 512, "height": 384}, "device_scale_factor": 2},
}


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_stands(chromium, address, view):
    context = chromium.new_context(**VIEWS[view])
    page = context.new_page()
    wrong = []
    local = ("data:", "blob:", address, address.replace("http", "ws"))
    page.on("request", lambda r: None if r.url.startswith(local) else wrong.append(r.url))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/?town=campus&lists=3")
    (SCREENSHOTS / view).mkdir(parents=True, exist_ok=True)
    for title, heading in PAGES.items():
        turn_by_navigation(page, title, heading)
        page.screenshot(path=SCREENSHOTS / view / f"{title.lower().replace(' ', '_')}.png")
        said = page.locator("body").inner_text()
        drawn = page.locator("svg.marks").all_text_contents()
        assert "ynthetic" in said + "".join(drawn), title
        assert "no estimate about any real place" in said, title
        assert page.evaluate(WIDER) <= 0, title
        assert page.evaluate(CUT) == [], title
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{title}: {found.generate_report()}"
        assert wrong == [], title
    context.close()


def turn_by_navigation(page, title, heading):
    """Turn to a page as a visitor does, and wait until it has come to rest."""
    page.get_by_role("heading", level=1).wait_for(timeout=60_000)
    page.locator(AT_REST).wait_for(timeout=60_000)  # until then names at the top come and go
    sidebar = page.get_by_test_id("stExpandSidebarButton")
    if sidebar.is_visible():  # too narrow for names at the top
        sidebar.click()
    link = page.get_by_role("link", name=title, exact=True)
    if not link.first.is_visible():
        page.get_by_text(re.compile(r"^\d+ more$")).click()
        link = page.get_by_role("menuitem", name=title, exact=True)
    link.first.click()
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for(timeout=60_000)
    page.locator(AT_REST).wait_for(timeout=60_000)
    collapse = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if collapse.is_visible():
        collapse.click()
        page.wait_for_function(GONE)
