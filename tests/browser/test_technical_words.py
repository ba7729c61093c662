"""Technical words on a page: underlined where they stand, explained where they are pressed."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.test_walk import WIDER

pytestmark = pytest.mark.slow  # the full tour

UNDERLINED = """() => [...(CSS.highlights.get('mosaic-technical-word') ?? [])].map(range => {
    const box = range.getBoundingClientRect();
    return [range.toString(), box.x + box.width / 2, box.y + box.height / 2];
})"""

BENEATH_ONE_ANOTHER = """(both) => {
    const [one, other] = both.map(element => element.getBoundingClientRect().x);
    return both.every(element => element.isConnected) && Math.abs(one - other) < 2;
}"""


def test_a_word_is_explained_where_it_is_pressed_and_survives_the_next_list(visit):
    visit.open("?town=campus&lists=2")
    page = visit.page
    page.wait_for_function(f"({UNDERLINED})().length > 0")
    words = {word: at for word, *at in page.evaluate(UNDERLINED)}
    page.mouse.click(*words["re-identified"])
    meaning = page.locator(".mosaic-meaning")
    meaning.get_by_text("One list alone can re-identify nobody").wait_for()
    assert_accessible(page)
    page.keyboard.press("Escape")
    meaning.wait_for(state="hidden")
    page.keyboard.press("n")
    page.wait_for_url("**lists=3**")
    visit.settled()
    page.wait_for_function(f"({UNDERLINED})().some(([word]) => word === 're-identified')")


def test_words_on_buttons_are_left_alone(visit):
    visit.open("?town=campus&lists=2")
    page = visit.page
    page.wait_for_function(f"({UNDERLINED})().length > 0")
    on_controls = """() => [...CSS.highlights.get('mosaic-technical-word')]
        .filter(range => range.startContainer.parentElement.closest('button, label, a')).length"""
    assert page.evaluate(on_controls) == 0


def test_what_explains_them_takes_no_room_among_the_buttons(visit):
    visit.open("?town=campus&lists=2")
    first = visit.page.get_by_role("button", name="What the words mean").element_handle()
    caveat = visit.page.get_by_text("no estimate about any real place").element_handle()
    # both at once, and waited for: while a page is drawn everything may still move aside
    visit.page.wait_for_function(BENEATH_ONE_ANOTHER, arg=[first, caveat])
    assert visit.page.evaluate(WIDER) <= 0
