from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from simulator.dashboard import joined_lists
st.write(f"{joined_lists.lists_joined(4)} joined")
st.button("None", on_click=joined_lists.join_lists, args=(0,))
"""


@pytest.fixture
def page():
    return AppTest.from_string(SCRIPT)


def test_what_was_joined_on_another_page_holds_here_and_enters_the_url(page):
    page.query_params["lists"] = "3"
    page.run()
    del page.query_params["lists"]  # as when a visitor turns to another page
    page.run()
    assert page.markdown[0].value == "3 joined"
    assert page.query_params["lists"] == "3"
    page.button[0].click().run()
    assert page.markdown[0].value == "0 joined"
    assert "lists" not in page.query_params


@pytest.mark.parametrize("written", ["5", "-1", "two", ""])
def test_the_url_comes_first_and_what_is_no_number_of_lists_is_none(page, written):
    page.query_params["lists"] = "2"
    page.run()
    page.query_params["lists"] = written
    page.run()
    assert page.markdown[0].value == "0 joined"
