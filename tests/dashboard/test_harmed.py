from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.dashboard import session
from simulator.experiments.harm import METRICS, measure_harm
from simulator.pipeline import run
from simulator.report.harm_figures import beside
from simulator.report.harm_table import figure_cell, harm_text, signed_cell
from simulator.report.harm_wording import difference_sentence, harm_sentence, list_sentence
from simulator.scenario import load_scenario

PEOPLE = 300


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=PEOPLE)


@pytest.fixture(scope="module")
def result(town):
    return run(town)


@pytest.fixture(scope="module")
def harm(town):
    """What the command prints."""
    return measure_harm(town)


@pytest.fixture
def page(monkeypatch, town, result):
    monkeypatch.setattr(session, "packaged", lambda *_args: town)
    monkeypatch.setattr(session, "run", lambda *_args: result)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import harmed\nharmed.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def headline(page):
    return page.header[0].value.replace("\u00a0", " ")


def test_the_sentence_carries_the_commands_figure(page, town, harm):
    page.run()
    assert not page.exception
    said = headline(page)
    assert said == harm_sentence(harm.groups.held, "hispanic", "Hispanic")
    everyone = said.partition(";")[0]
    printed = harm_text(harm, METRICS)
    assert f"{everyone}." in printed
    figure = beside(harm.groups.held, "wrongful_share")["hispanic"]
    assert difference_sentence(figure) in [part.value for part in page.markdown]
    assert figure_cell(figure.own) in printed


def test_the_table_is_the_commands(page, harm):
    page.run()
    rows = page.table[0].value
    for group, label in (("white", "White"), ("hispanic", "Hispanic")):
        figure = beside(harm.groups.held, "wrongful_share")[group]
        assert rows.loc[label, "The group"] == figure_cell(figure.own)
        assert rows.loc[label, "Everyone else"] == figure_cell(figure.rest)
        assert rows.loc[label, "Difference"] == signed_cell(figure.difference)


def test_another_group_and_another_list_are_told(page, harm):
    page.run()
    page.selectbox(key="group").set_value("white").run()
    assert headline(page) == harm_sentence(harm.groups.held, "white", "White")
    page.selectbox(key="watched").set_value("clinic_visits").run()
    said = list_sentence(harm.groups.acted_on["clinic_visits"], "Clinic visits")
    assert f"**{said}**" in [part.value for part in page.markdown]


def test_too_small_a_group_is_said_to_be_too_small(page):
    page.run()
    page.selectbox(key="group").set_value("other").run()
    assert not page.exception
    assert "too few people live here to say" in headline(page)


def test_the_threshold_joins_anew(page, result):
    page.run()
    missed = page.table[3].value.loc["Everyone", "The group"]
    page.slider(key="harm-threshold").set_value(20).run()
    assert not page.exception
    assert page.table[3].value.loc["Everyone", "The group"] != missed


@pytest.mark.parametrize("written", ["0", "lots", ""])
def test_bad_parameters_are_ignored(page, written):
    page.query_params["harm-threshold"] = written
    page.query_params["group"] = "everyone on earth"
    page.query_params["watched"] = "../secrets"
    page.run()
    assert not page.exception
    assert page.slider(key="harm-threshold").value == 90
    assert page.selectbox(key="group").value == "hispanic"


def test_the_page_says_that_all_is_invented_and_offers_downloads(page):
    page.run()
    assert any("no estimate about any real place" in part.value for part in page.markdown)
    assert len(page.get("vega_lite_chart")) == 3
    for chart in page.get("vega_lite_chart"):
        assert "Synthetic town." in str(chart.proto)
    assert len(page.get("download_button")) == 3
