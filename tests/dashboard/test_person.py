from __future__ import annotations

import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.person import as_text
from simulator.dashboard import session
from simulator.experiments.person import assemble_steps, follow
from simulator.experiments.picks import PICKS, pick
from simulator.pipeline import run
from simulator.report.person_wording import NOBODY, PICK_LABELS
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def assembly():
    """A town whose adversary joins on little evidence, so that someone is wrongly joined."""
    town = load_scenario("town", people=300)
    linkage = town.linkage.model_copy(update={"threshold": 0.2})
    return assemble_steps(run(town.model_copy(update={"linkage": linkage})))


@pytest.fixture
def page(monkeypatch, assembly):
    monkeypatch.setattr(session, "run", lambda *_args: assembly.result)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import person\nperson.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def button(page, label):
    return next(found for found in page.button if found.label == label)


def everything(page):
    texts = [part.value for part in (*page.title, *page.header, *page.markdown)]
    texts += [str(part.proto.body) for part in page.get("html")]
    texts += [str(chart.proto) for chart in page.get("vega_lite_chart")]
    texts += [picture.proto.json for picture in page.get("bidi_component")]
    return "\n".join(texts)


def plain(text):
    return re.sub(r"\s+", " ", text.replace("**", ""))


def test_before_the_first_list_nothing_is_known(page):
    page.run()
    assert not page.exception
    assert page.header[0].value.startswith("What do harmless lists know about")
    assert "mosaic_pressable" in {each.proto.component_name for each in page.get("bidi_component")}
    assert not page.get("download_button")
    assert "no estimate about any real place, person or agency" in everything(page)


@pytest.mark.parametrize("which", PICKS)
def test_the_page_says_what_the_command_prints(page, assembly, which):
    person = follow(assembly, pick(assembly, which))
    printed = plain("\n".join(as_text(assembly, person)))
    page.query_params["who"] = PICK_LABELS[which]
    page.run()
    for step in person.steps[1:]:
        button(page, "Add the next list").click().run()
        assert not page.exception
        assert page.header[0].value in printed
        assert plain(page.markdown[1].value) in printed
        shown = page.table[0].value
        assert list(shown.index) == list(step.facts["label"])
        assert list(shown["True"]) == [value or "–" for value in step.facts["true_value"]]
    assert button(page, "Add the next list").disabled
    hanging = [part.value for part in page.markdown if part.value.startswith("The weakest link")]
    assert all(plain(said) in printed for said in hanging)
    assert bool(hanging) == ("Why were these joined?" in printed)
    for stated in person.steps[-1].facts["stated"]:
        assert stated in printed


def test_a_strangers_record_is_marked_and_its_link_chosen(page):
    page.query_params["who"] = PICK_LABELS["wrong"]
    page.query_params["lists"] = "4"
    page.run()
    shown = everything(page)
    assert "mosaic-record stranger" in shown
    assert "It is **wrong**" in shown
    assert "≠" in page.selectbox(key="link").format_func(page.selectbox(key="link").value)


def test_the_link_picker_changes_the_waterfall(page, assembly):
    page.query_params["lists"] = "4"
    page.run()
    picker = page.selectbox(key="link")
    assert len(picker.options) > 1
    before = str(page.get("vega_lite_chart")[1].proto)
    page = picker.set_value(1).run()
    assert str(page.get("vega_lite_chart")[1].proto) != before


def test_bad_parameters_are_ignored_and_reset_clears(page):
    page.query_params["lists"] = "77"
    page.query_params["who"] = "me"
    page.run()
    assert not page.exception
    assert page.header[0].value.startswith("What do harmless lists")
    button(page, "Add the next list").click().run()
    assert page.query_params["lists"] == "1"
    button(page, "Reset").click().run()
    assert "lists" not in page.query_params


def test_where_nobody_is_of_that_kind_it_is_said(page, monkeypatch):
    monkeypatch.setattr("simulator.dashboard.pages.person.pick", lambda *_args: None)
    page.query_params["who"] = PICK_LABELS["wrong"]
    page.run()
    assert page.header[0].value == NOBODY["wrong"]
    assert "no estimate about any real place" in everything(page)
