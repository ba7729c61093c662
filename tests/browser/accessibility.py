"""What axe finds against WCAG 2.1, levels A and AA."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def assert_accessible(page, where=""):
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
