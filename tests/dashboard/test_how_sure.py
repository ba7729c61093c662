from __future__ import annotations

from typing import get_args

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.certainty import as_text, evidence_as_text, rules_as_text
from simulator.dashboard import session
from simulator.dashboard.pages import how_sure
from simulator.experiments.certainty import best_threshold, by_threshold, candidates_of
from simulator.linkage.engines import ENGINES, extras
from simulator.pipeline import run
from simulator.report import certainty_wording
from simulator.report.certainty_wording import assumed_sentence, balance_sentence
from simulator.scenario import load_scenario
from simulator.scenario.schema import LinkageSettings


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def result(town):
    return run(town)


@pytest.fixture
def engines_run():
    return []


@pytest.fixture
def page(monkeypatch, result, engines_run):
    def remember(scenario, *_args):
        engines_run.append(scenario.linkage.engine)
        return result

    monkeypatch.setattr(session, "run", remember)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import how_sure\nhow_sure.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def test_the_page_says_what_the_command_prints(page, town):
    before = town.model_copy(update={"seed": town.seed - 1})  # its next seed is the page's own
    printed = as_text(before, 1, candidates_of(town)).split("\n")
    page.run()
    assert not page.exception
    steps, bins = (table.value for table in page.table)
    for threshold in ("0.90", "0.50"):
        row = [threshold, *steps.loc[threshold].str.split().explode()]
        assert row in [line.split() for line in printed]
    for stated, row in bins.iterrows():
        assert [stated, *row.str.split().explode()] in [line.split() for line in printed]
    off = next(line for line in printed if "unsure (5 to 95" in line)
    assert f"**{off}**" in [part.value for part in page.markdown]


def test_the_best_balance_what_is_assumed_and_the_rules_are_said(page, town, result):
    page.run()
    best = balance_sentence(*best_threshold(by_threshold(candidates_of(town))))
    assert f"{best} {assumed_sentence(result)}" in [part.value for part in page.markdown]
    assert len(page.table) == 2
    page.toggle(key="rules").set_value(True).run()
    assert not page.exception
    printed = rules_as_text(result).split("\n")
    assert page.markdown[-1].value in " ".join(printed)
    for rule, row in page.table[2].value.iterrows():
        assert [*rule.split(), *row] in [line.split() for line in printed]


def test_the_threshold_moves_the_counts_and_the_mark(page, town):
    expected = by_threshold(candidates_of(town), (0.3,)).iloc[0]
    page.query_params["threshold"] = "30"
    page.run()
    assert page.header[0].value == (
        f"{expected['right']:,.0f} links right, {expected['wrong']:,.0f} wrong, "
        f"{expected['missed']:,.0f} missed"
    )
    assert f"{expected['missed']:,.0f} missed" in str(page.get("vega_lite_chart")[1].proto)
    page.slider(key="threshold").set_value(99).run()
    assert "Joined from 99 in 100" in page.markdown[0].value


def test_every_engine_of_the_schema_is_offered_and_named(page, engines_run, monkeypatch):
    monkeypatch.setattr(how_sure, "is_installed", lambda engine: True)
    names = get_args(LinkageSettings.model_fields["engine"].annotation)
    assert set(names) == set(ENGINES) == set(certainty_wording.ENGINES)
    page.run()
    assert page.selectbox(key="engine").options == [certainty_wording.ENGINES[n] for n in names]
    page.selectbox(key="engine").set_value("recordlinkage").run()
    assert not page.exception
    assert set(engines_run) == {"vectorised", "recordlinkage"}


def test_an_engine_that_is_not_installed_is_not_offered(page, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    page.query_params["engine"] = "splink"
    page.run()
    assert not page.exception
    offered = [certainty_wording.ENGINES[name] for name in ("vectorised", "recordlinkage")]
    assert page.selectbox(key="engine").options == offered
    assert page.selectbox(key="engine").value == "vectorised"


@pytest.mark.parametrize("threshold", ["0", "100", "lots", ""])
def test_bad_parameters_are_ignored(page, threshold):
    page.query_params["threshold"] = threshold
    page.query_params["engine"] = "crystal ball"
    page.run()
    assert not page.exception
    assert page.slider(key="threshold").value == 90


def test_the_evidence_is_the_commands_when_it_is_asked_for(page, result):
    page.run()
    page.toggle(key="says").set_value(True).run()
    assert not page.exception
    printed = " ".join(evidence_as_text(result).split())
    levels, lists = (table.value for table in page.table[-2:])
    for name, row in levels.iterrows():
        assert " ".join([name, *row]) in printed
    for name, row in lists.iterrows():
        assert " ".join([name, *row]) in printed
