from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.time import as_text
from simulator.dashboard import session
from simulator.dashboard.pages.over_time import MEMORIES
from simulator.experiments.over_time import OverTime, exposure_by_day, forget, located_by_day
from simulator.experiments.trail import pick_seen, trail_of
from simulator.pipeline import run
from simulator.report.person_wording import PICK_LABELS
from simulator.scenario import load_scenario

SOURCE = "from simulator.dashboard.pages import over_time\nover_time.render()\n"


@pytest.fixture(scope="module")
def watched():
    return run(load_scenario("modern", people=200))


@pytest.fixture(scope="module")
def forgetful(watched):
    return forget(watched, 3)


@pytest.fixture
def page(monkeypatch, watched, forgetful):
    monkeypatch.setattr(session, "packaged", lambda *_args: watched.scenario)
    monkeypatch.setattr(session, "run", lambda *_args: watched)
    monkeypatch.setattr(session, "forget", lambda _result, days: {3: forgetful}[days])
    st.cache_resource.clear()
    yield AppTest.from_string(SOURCE, default_timeout=120)
    st.cache_resource.clear()


def plain(text):
    return " ".join(text.split())


def said(page):
    return [plain(part.value) for part in page.markdown]


def test_the_page_says_what_the_command_prints(page, watched, forgetful):
    located = located_by_day(watched)
    found = OverTime(watched, exposure_by_day(watched, (0, 60)), located)
    printed = plain(as_text(found))
    page.run()
    assert not page.exception
    sentence = next(part for part in said(page) if part.startswith("Within"))
    assert sentence in printed
    for shown in page.table[0].value.itertuples():
        cells = plain(" ".join(shown[1:]))  # the label may be wrapped in a terminal
        assert f"{cells} " in printed
    assert "**Synthetic" in " ".join(said(page))


def test_a_shorter_memory_is_computed_when_asked_for(page, watched, forgetful):
    page.query_params["memory"] = "3 days"
    page.run()
    assert not page.exception
    assert page.header[0].value.endswith("are still placed near home by day 60")
    sentence = next(part for part in said(page) if part.startswith("If sensors forget after 3"))
    shares = [located_by_day(result) for result in (forgetful, watched)]
    for table in shares:
        rows = table.loc[(table["metric"] == "located_share") & (table["group"] == "all")]
        assert f"{100 * rows['value'].iloc[-1]:.0f} in 100" in sentence
    assert "before day 58 is gone" in " ".join(said(page))


def test_the_day_moves_the_map(page, watched):
    page.run()
    trail = trail_of(watched, pick_seen(watched, "most"))
    first = int(trail.sightings["day"].min())
    page.slider(key="day").set_value(first).run()
    (about,) = (part for part in said(page) if part.startswith(f"**{trail.name}**"))
    assert f"by day {first} the file holds" in about
    drawn = json.loads(page.get("vega_lite_chart")[0].proto.spec)
    squares = [row for layer in drawn["layer"] for row in layer["data"]["values"] if "count" in row]
    on_map = {row["square"]: row["count"] for row in squares}
    inside = trail.sightings.loc[~trail.sightings["seen_area"].str.startswith("~")]
    assert sum(on_map.values()) == int((inside["day"] <= first).sum())


@pytest.mark.parametrize("which", ["typical", "least"])
def test_the_url_says_whose_file_is_shown_and_up_to_which_day(page, watched, which):
    page.query_params["seen"] = PICK_LABELS[which]
    page.query_params["day"] = "45"
    page.run()
    trail = trail_of(watched, pick_seen(watched, which))
    assert any(part.startswith(f"**{trail.name}**: by day 45") for part in said(page))
    assert page.header[0].value.endswith("were seen near home by day 45")


def test_what_the_file_held_is_measured_on_request(page, watched):
    page.run()
    tables = len(page.table)
    page.toggle(key="by_day").set_value(True).run()
    assert not page.exception
    assert len(page.table) == tables + 1
    shown = page.table[tables].value
    last = watched.exposure.loc[
        (watched.exposure["step"] == watched.exposure["step"].max())
        & (watched.exposure["group"] == "all")
    ].set_index("metric")["value"]
    assert shown.loc["day 60", "facts known"].startswith(f"{100 * last['exposure_share']:.1f}±")


def test_a_town_without_sensors_offers_one_that_has_them(monkeypatch, watched):
    """The smallest: the city takes minutes."""
    monkeypatch.setattr(session, "run", lambda *_args: watched)
    st.cache_resource.clear()
    page = AppTest.from_string(SOURCE, default_timeout=120).run()
    assert not page.exception
    assert page.header[0].value == "Nothing watches this town"
    assert not page.get("vega_lite_chart")
    assert "no estimate about any real place" in " ".join(said(page))
    assert page.button[0].label == f"Show “{load_scenario('modern').title}”"
    page.button[0].click().run()
    assert not page.exception
    assert len(page.get("vega_lite_chart")) == 2
    st.cache_resource.clear()


@pytest.mark.parametrize("day", ["0", "61", "soon"])
def test_bad_parameters_are_ignored(page, day):
    page.query_params["day"] = day
    page.query_params["memory"] = "for ever"
    page.query_params["seen"] = "me"
    page.run()
    assert not page.exception
    assert page.slider(key="day").value == 60
    assert list(MEMORIES.values()) == [None, 30, 3]
