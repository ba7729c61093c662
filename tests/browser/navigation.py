"""Turning from page to page as a visitor does.

Opened by its own address, Streamlit first looks for a page's files below that address, and the
browser logs that they are not there.
"""

from __future__ import annotations

import re

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

AT_REST = "[data-test-script-state='notRunning']"
STYLED = """[...document.querySelectorAll('style')]
    .some(each => each.textContent.includes('.stMainBlockContainer'))"""
"""The page's own style: what draws it is fetched on the first visit, when the script has ended."""
GONE = """document.querySelector('[data-testid="stSidebar"]').getBoundingClientRect().right <= 0"""
HEADINGS = {"Story": "What do harmless lists give away?"}
"""Where the page has not the title that the navigation gives it."""


def turn_to(visit, title):
    """Open the dashboard and turn to a page."""
    visit.open()
    turn(visit.page, title)


def come_to_rest(page, timeout=60_000):
    """Wait until the script has come to rest and the page wears its style."""
    page.locator(AT_REST).wait_for(timeout=timeout)
    page.wait_for_function(STYLED, timeout=timeout)


def turn(page, title):
    """Turn to the page that the navigation calls `title`, and wait until it has come to rest."""
    page.get_by_role("heading", level=1).wait_for(timeout=60_000)
    come_to_rest(page)
    sidebar = page.get_by_test_id("stExpandSidebarButton")
    if sidebar.is_visible():  # too narrow for names at the top
        sidebar.click()
    _click(page, title)
    page.get_by_role("heading", level=1, name=HEADINGS.get(title, title)).wait_for(timeout=60_000)
    come_to_rest(page)
    collapse = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if collapse.is_visible():
        collapse.click()
        page.wait_for_function(GONE)


def _click(page, title):
    """Names at the top move to a menu and back while the page finds its width: try again."""
    for last in (False, False, False, True):
        link = page.get_by_role("link", name=title, exact=True)
        try:
            if not link.first.is_visible():
                page.get_by_text(re.compile(r"^\d+ more$")).click(timeout=3000)
                link = page.get_by_role("menuitem", name=title, exact=True)
            link.first.click(timeout=3000)
        except PlaywrightTimeoutError:
            if last:
                raise
            page.keyboard.press("Escape")
        else:
            return
