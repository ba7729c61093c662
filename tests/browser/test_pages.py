"""One person, and turning from page to page; the visit asserts no outside request and no error."""

from __future__ import annotations

import pytest

from tests.browser.navigation import come_to_rest, turn, turn_to


@pytest.mark.slow
def test_a_wrongly_joined_persons_file_assembles_by_keyboard(visit):
    page = visit.page
    turn_to(visit, "One person")
    page.get_by_role("radio", name="Wrongly joined").or_(
        page.get_by_role("button", name="Wrongly joined")
    ).first.click(timeout=30_000)
    page.get_by_role("heading", level=2).filter(has_text="What do harmless lists").wait_for()
    for _ in range(4):
        button = page.get_by_role("button", name="Add the next list")
        come_to_rest(page)
        button.focus()
        before = page.url
        page.keyboard.press("n")
        page.wait_for_function("before => location.href !== before", arg=before)
    page.get_by_text("about somebody else").first.wait_for()
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.get_by_text("about somebody else").first.wait_for(timeout=30_000)


def test_a_tile_pressed_by_keyboard_says_where_it_is_from(visit):
    visit.open("?town=campus")
    turn(visit.page, "One person")
    page = visit.page
    page.keyboard.press("n")
    page.wait_for_url("**lists=1**")
    come_to_rest(page)
    page.locator(".pressable [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert said.startswith("Date of birth: ")
    page.keyboard.press("Enter")
    page.locator(".pressable [aria-pressed=true]").wait_for()
    told = page.locator("p strong").filter(has_text=said.split(",")[0])
    told.wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == said
    page.keyboard.press("Enter")
    told.wait_for(state="detached")


def test_the_lists_joined_go_along_from_page_to_page(visit):
    visit.open()
    page = visit.page
    for joined in ("1", "2"):
        page.keyboard.press("n")
        page.wait_for_url(f"**lists={joined}**")
    visit.settled()
    turn(page, "One person")
    page.wait_for_url("**/person?lists=2")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("!location.search.includes('lists')")
    turn(page, "Story")
    assert "lists" not in page.url
