"""Every page as a visitor meets it: at the projector, in the dark, enlarged, and by keyboard.

The screenshots are kept in out/pages, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.navigation import turn

PAGES = [
    "Story",
    "One person",
    "Who knows what",
    "Policies",
    "Who is harmed",
    "Friends and family",
    "Over time",
    "How sure?",
    "Scenario",
    "Briefing",
    "Teach",
]
SCREENSHOTS = Path(__file__).parents[2] / "out" / "pages"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll('.stMain *')].filter(each => {
    const style = getComputedStyle(each);
    return style.textOverflow === 'ellipsis' && each.scrollWidth > each.clientWidth + 1
}).map(each => each.textContent)"""
CHOICES_CUT = """[...document.querySelectorAll('[role="radiogroup"]')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"""
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
    for title in PAGES:
        turn(page, title)
        page.screenshot(path=SCREENSHOTS / view / f"{title.lower().replace(' ', '_')}.png")
        said = page.locator("body").inner_text()
        drawn = page.locator("svg.marks").all_text_contents()
        assert "ynthetic" in said + "".join(drawn), title
        assert "no estimate about any real place" in said, title
        assert page.evaluate(WIDER) <= 0, title
        assert page.evaluate(CUT) == [], title
        assert page.evaluate(CHOICES_CUT) == [], title
        assert_accessible(page, title)
        assert wrong == [], title
    context.close()
