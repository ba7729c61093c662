"""The tour: every step leads where it says, and changes nothing on the page it began from."""

import re

import pytest

from simulator.dashboard.tour import STEPS


@pytest.mark.slow
def test_every_step_leads_where_it_says(visit):
    visit.open("?town=campus")
    page = visit.page
    page.get_by_role("button", name="Tour in four steps").click()
    shown = {
        "The four lists joined": r"re-identified",
        "A wrongly joined file": r"facts about .* are known",
        "The town with and without a law": r"Broker opt-out",
        "A briefing to print": r"A town of 5,000",
    }
    for _, _, address, name in STEPS:
        with page.context.expect_page() as opened:
            page.get_by_role("link", name=name).click()
        tab = opened.value
        assert tab.url.endswith(address)
        heading = tab.get_by_role("heading", level=2).filter(has_text=re.compile(shown[name]))
        heading.first.wait_for(timeout=60_000)
        tab.close()
    assert "town=campus" in page.url
