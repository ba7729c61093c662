"""Work in sight: progress while it goes on, and where it was stopped a button."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from simulator.dashboard.in_sight import in_sight

def work(tell):
    tell("Half of it", 0.5)
    return "forty-two"

st.markdown(in_sight("the work", "Run it (a while)", work))
"""


def test_what_it_gives_is_shown_and_its_progress_no_more():
    page = AppTest.from_string(PAGE).run()
    assert [part.value for part in page.markdown] == ["forty-two"]
    assert not page.button
    assert not page.get("progress")


def test_where_it_was_stopped_a_button_runs_it_again():
    page = AppTest.from_string(PAGE)
    page.session_state["stopped_work"] = "the work"
    page.run()
    assert page.header[0].value == "Stopped"
    assert "forty-two" not in [part.value for part in page.markdown]
    (again,) = page.button
    assert again.label == "Run it (a while)"
    page = again.click().run()
    assert "forty-two" in [part.value for part in page.markdown]


def test_other_work_goes_on():
    page = AppTest.from_string(PAGE)
    page.session_state["stopped_work"] = "other work"
    page.run()
    assert [part.value for part in page.markdown] == ["forty-two"]


def test_two_works_on_one_page_each_have_a_button_of_their_own():
    second = PAGE + '\nst.markdown(in_sight("the second", "Run it", work))\n'
    page = AppTest.from_string(second).run()
    assert not page.exception
    assert [part.value for part in page.markdown] == ["forty-two", "forty-two"]
