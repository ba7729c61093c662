from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.dashboard import session

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def button(page: AppTest, label: str):
    return next(found for found in page.button if found.label == label)


def everything(page: AppTest) -> str:
    """All that the page says, the pictures included."""
    texts = [part.value for part in (*page.title, *page.header, *page.markdown)]
    return "\n".join([*texts, *(str(chart.proto) for chart in page.get("vega_lite_chart"))])


def headline(page: AppTest) -> str:
    return page.header[0].value


def test_before_the_guess_nothing_gives_the_answer_away(page):
    page.run()
    assert not page.exception
    assert headline(page) == "How many of 100 residents do four lists give away?"
    assert "74 in 100" not in everything(page)
    assert not page.get("download_button")
    assert not page.table
    assert "empty" in str(page.get("vega_lite_chart")[0].proto.alt)


def test_each_list_raises_the_number(page):
    page.run()
    said = []
    for _ in range(4):
        page = button(page, "Add the next list").click().run()
        said.append(headline(page))
    assert said == [
        "41 in 100 residents are named on this list",
        "9 in 100 residents re-identified",
        "44 in 100 residents re-identified",
        "74 in 100 residents re-identified",
    ]
    assert button(page, "Add the next list").disabled


def test_the_guess_meets_the_truth_only_after_the_last_list(page):
    page.run()
    page.slider(key="guess").set_value(40).run()
    for number in range(1, 5):
        button(page, "Add the next list").click().run()
        assert ("You guessed" in everything(page)) == (number == 4)
    assert "You guessed **40**; it is **74** in 100: 34 more than you guessed" in everything(page)
    assert page.slider(key="guess").disabled


def test_back_takes_one_list_away(page):
    page.query_params["lists"] = "4"
    page.run()
    button(page, "Back").click().run()
    assert headline(page) == "44 in 100 residents re-identified"
    assert page.query_params["lists"] == "3"


def test_the_url_restores_the_view(page):
    page.query_params["lists"] = "2"
    page.query_params["guess"] = "15"
    page.run()
    assert headline(page) == "9 in 100 residents re-identified"
    assert page.slider(key="guess").value == 15


@pytest.mark.parametrize("lists", ["99", "-1", "two", "", "1.5", "٣", "1" * 500])
def test_bad_parameters_are_ignored(page, lists):
    page.query_params["lists"] = lists
    page.query_params["guess"] = "a lot"
    page.query_params["town"] = "../../secrets"
    page.run()
    assert not page.exception
    assert headline(page).startswith("How many of 100")
    assert page.slider(key="guess").value == 50
    assert page.selectbox(key="town-picker").value == session.FIRST_PRESET


def test_reset_clears(page):
    page.query_params["lists"] = "3"
    page.query_params["guess"] = "15"
    page.run()
    button(page, "Reset").click().run()
    assert headline(page).startswith("How many of 100")
    assert page.slider(key="guess").value == 50
    assert "lists" not in page.query_params


def test_synthetic_and_the_caveat_are_in_sight_at_every_step(page):
    page.run()
    for number in range(5):
        if number:
            button(page, "Add the next list").click().run()
        shown = everything(page)
        assert "everyone in it is invented" in shown
        assert "no estimate about any real place, person or agency" in shown
        assert shown.count("Synthetic town") >= 2


def test_the_table_shows_the_steps_so_far(page):
    page.query_params["lists"] = "2"
    page.run()
    table = page.table[0].value
    assert list(table.index) == ["1. Utility bills", "2. + Social media"]
    assert table.loc["2. + Social media", "Re-identified"] == "9.0 (7.8–10.2)"
