from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.main import main
from simulator.dashboard import session
from simulator.scenario import Problem, ScenarioProblems, load_scenario

SMALL = {"people": 300}


@pytest.fixture
def page(monkeypatch):
    """The page with small towns."""

    def small(town, **options):
        return load_scenario(town, **SMALL, **options)

    monkeypatch.setattr(session, "load_scenario", small)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import policies\npolicies.render()\n"
    yield AppTest.from_string(source, default_timeout=120)
    st.cache_resource.clear()


def said(page):
    return " ".join(part.value for part in page.markdown)


def test_the_page_says_what_the_command_finds(page, capsys):
    main(["compare", "town", "--overlay", "broker_opt_out", "--people", "300", "--format", "json"])
    printed = json.loads(capsys.readouterr().out)
    page.run()
    assert not page.exception
    assert printed["findings"][0] in said(page)
    exposure = next(
        row
        for row in printed["effects"]
        if (row["run"], row["group"], row["metric"]) == ("frozen", "all", "exposure_share")
    )
    before, after = (f"{100 * exposure[side]:.1f}" for side in ("before", "after"))
    assert f"{before} without, {after} with" in said(page)
    claims = " of 1" in page.header[0].value  # "… fewer of 100 facts", or of 1,000
    holds_zero = exposure["low"] <= 0 <= exposure["high"]
    assert claims != holds_zero
    assert page.header[0].value.startswith("Broker opt-out: ")
    last = [row for row in printed["growth_change"] if row["metric"] == "exposure_share"][-1]
    assert last["value"] == pytest.approx(exposure["value"])
    assert len(page.get("vega_lite_chart")) == 3


@pytest.mark.slow
def test_equal_designs_are_not_compared(page, monkeypatch):
    page.run()
    monkeypatch.setattr(session, "comparison_of", None)  # to call it would be an exception
    page.multiselect(key="b").set_value([]).run()
    assert not page.exception
    assert page.header[0].value.startswith("A and B are the same design")


@pytest.mark.slow
def test_a_policy_more_is_told_as_laid_over_and_another_as_a_second_design(page):
    page.run()
    page.multiselect(key="a").set_value(["broker_opt_out"]).run()
    assert page.header[0].value.startswith("A and B are the same design")
    page.multiselect(key="b").set_value(["broker_opt_out", "dmv_sharing_ban"]).run()
    assert not page.exception
    assert page.header[0].value.startswith("Ban on sharing licences: ")
    page.multiselect(key="b").set_value(["dmv_sharing_ban"]).run()
    assert not page.exception
    assert "in A, " in said(page)
    assert "A town of 300 + Broker opt-out" in said(page)


@pytest.mark.slow
def test_policies_that_do_not_go_together_are_one_plain_sentence(page, monkeypatch):
    page.run()

    def refuse(_town, **options):
        raise ScenarioProblems([Problem("policy", 1, 1, f"{options} is no more")])

    monkeypatch.setattr(session, "load_scenario", refuse)
    page.multiselect(key="b").set_value(["broker_opt_out", "dmv_sharing_ban"]).run()
    assert not page.exception
    assert page.header[0].value.startswith("These policies cannot be laid over one another")
    assert "no estimate about any real place" in said(page)


@pytest.mark.slow
def test_only_policies_that_fit_are_offered(page):
    page.run()
    offered = page.multiselect(key="a").options
    assert "Broker opt-out" in offered
    assert "Plate readings kept 3 days" not in offered


def test_bad_parameters_are_ignored(page):
    page.query_params["b"] = "crystal_ball"
    page.query_params["a"] = ""
    page.run()
    assert not page.exception


@pytest.mark.slow
def test_a_town_that_the_first_policy_does_not_fit_begins_with_one_that_does(page):
    page.query_params["town"] = "campus"
    page.run()
    assert not page.exception
    (policy,) = page.multiselect(key="b").value
    assert policy in session.policies_for("campus")
