"""The town and its laws go along from page to page; a run can be stopped and begun again."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.dashboard.choice import Choice
from simulator.scenario import load_scenario, scenario_hash

TOWN = "campus"


@pytest.fixture
def page():
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import how_sure\nhow_sure.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def test_what_was_chosen_on_another_page_holds_here_and_enters_the_url(page):
    page.session_state["choice"] = Choice(TOWN, ("two_source_rule",))
    page.run()
    assert not page.exception
    assert page.selectbox(key="town-picker").value == TOWN
    assert page.query_params["town"] == TOWN
    assert page.query_params["laws"] == "two_source_rule"


def test_the_url_comes_before_what_was_chosen_elsewhere(page):
    page.session_state["choice"] = Choice("modern")
    page.query_params["town"] = TOWN
    page.run()
    assert page.selectbox(key="town-picker").value == TOWN


def test_another_town_keeps_the_laws_that_fit_it(page):
    page.query_params["town"] = TOWN
    page.query_params["laws"] = "two_source_rule,no_such_law"
    page.run()
    assert page.query_params["laws"] == "two_source_rule"
    page.session_state["stopped_work"] = scenario_hash(
        load_scenario("town", overlays=["two_source_rule"])
    )
    page.selectbox(key="town-picker").set_value("town").run()
    assert not page.exception
    assert "town" not in page.query_params
    assert page.query_params["laws"] == "two_source_rule"


def test_a_stopped_run_says_so_and_begins_again_when_asked(page):
    page.query_params["town"] = TOWN
    page.session_state["stopped_work"] = scenario_hash(load_scenario(TOWN))
    page.run()
    assert page.header[0].value == "Stopped"
    assert not page.get("vega_lite_chart")
    page.button[0].click().run()
    assert not page.exception
    assert "links right" in page.header[0].value
    assert page.get("vega_lite_chart")
