from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.spillover import as_text
from simulator.dashboard import session
from simulator.experiments.ego_network import networks_around
from simulator.experiments.leaving import town_of
from simulator.experiments.picks import first
from simulator.experiments.spill_over import default_share, spill_over_in
from simulator.pipeline import run
from simulator.report.person_wording import PICK_LABELS
from simulator.report.spill_over_wording import WHO_LEFT_LABELS
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def result(town):
    return run(town)


@pytest.fixture
def page(monkeypatch, town, result):
    monkeypatch.setattr(session, "run", lambda *_args: result)
    monkeypatch.setattr(session, "packaged", lambda *_args: town)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import friends\nfriends.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def plain(text):
    return " ".join(text.replace("**", "").split())


def picture(page):
    data = json.loads(page.get("bidi_component")[0].proto.json)
    assert data["svg"].startswith("<svg")
    return data["said"] + data["svg"]


def test_the_page_says_what_the_command_prints(page, town, result):
    printed = plain(as_text(spill_over_in(town_of(result), default_share(town))))
    page.run()
    assert not page.exception
    said = [plain(part.value) for part in page.markdown]
    finding = next(part for part in said if part.startswith("Of 100 facts about residents"))
    details = next(part for part in said if part.startswith("If half of household"))
    assert finding in printed
    assert details in printed
    known = page.header[0].value.split(" of ")[0]
    assert f"lets them, {known} are still known" in finding
    assert "no estimate about any real place, person or agency" in " ".join(said)
    curve = next(table.value for table in page.table if "Of 100 ties gone" in table.value)
    for label, row in curve.iterrows():
        assert plain(" ".join([label, *row])) in printed


@pytest.mark.parametrize(
    ("resident", "who_left"), [("most", "nobody"), ("typical", "person"), ("least", "everyone")]
)
def test_the_picture_shows_who_gives_what_away(page, result, resident, who_left):
    entity_id = first(result.people, result.dossiers.true_weight, resident)
    network = networks_around(town_of(result), entity_id)[who_left]
    page.query_params["resident"] = PICK_LABELS[resident]
    page.query_params["left"] = WHO_LEFT_LABELS[who_left]
    page.run()
    assert not page.exception
    drawn = picture(page)
    for name in (network.name, *network.people["name"]):
        assert name in drawn
    told_by = int((network.people["tells"].str.len() > 0).sum())
    count = f"{told_by} of these" if told_by else "None of these"
    assert f"{count} {len(network.people)} people" in drawn


@pytest.mark.slow
def test_one_kind_of_tie_alone_is_shown(page, result):
    entity_id = first(result.people, result.dossiers.true_weight, "most")
    people = networks_around(town_of(result), entity_id)["person"].people
    page.query_params["tie"] = "Friends"
    page.run()
    drawn = picture(page)
    for name, tie in zip(people["name"], people["tie"], strict=True):
        assert (name in drawn) == (tie == "friend")


def test_a_resident_by_number_and_a_number_that_nobody_has(page, result):
    number = int(result.people.index[5])
    page.query_params["resident"] = "By number"
    page.query_params["number"] = str(number)
    page.run()
    assert not page.exception
    assert networks_around(town_of(result), number)["person"].name in picture(page)
    page.number_input(key="number").set_value(10**9).run()
    assert not page.exception
    assert "No resident has number 1000000000" in " ".join(part.value for part in page.markdown)


@pytest.mark.parametrize("junk", ["", "nobody", "99999999999"])
def test_bad_parameters_are_ignored(page, junk):
    for name in ("resident", "tie", "left", "number"):
        page.query_params[name] = junk
    page.run()
    assert not page.exception
    assert page.get("bidi_component")


@pytest.mark.slow
def test_a_town_whose_lists_name_no_friends_is_told_so(page, monkeypatch, town, result):
    social = town.sources["social"]
    fields = {name: field for name, field in social.fields.items() if name != "friends"}
    closed = social.model_copy(update={"fields": fields})
    other = town.model_copy(update={"sources": {**town.sources, "social": closed}})
    mute = run(other)
    monkeypatch.setattr(session, "run", lambda *_args: mute)
    page.run()
    assert not page.exception
    assert page.header[0].value == "Here nobody is known through others"
    assert not page.get("vega_lite_chart")
