from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.dashboard import session
from simulator.dashboard.pages import who_knows_what
from simulator.experiments.attribution import attribute
from simulator.pipeline import run
from simulator.report.attribution_table import attribution_text
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def result(town):
    return run(town)


@pytest.fixture(scope="module")
def printed(result):
    return plain(attribution_text(attribute(result)))


@pytest.fixture
def page(monkeypatch, town, result):
    monkeypatch.setattr(session, "run", lambda *_args: result)
    monkeypatch.setattr(session, "packaged", lambda *_args: town)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import who_knows_what\nwho_knows_what.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def plain(text):
    return " ".join(text.split())


def test_the_page_says_what_the_command_prints(page, printed):
    page.run()
    assert not page.exception
    said = [plain(part.value) for part in page.markdown]
    for start in ("The removal that protects most", "Of the ", "Closed one after another"):
        sentence = next(part for part in said if part.startswith(start))
        assert sentence in printed
    left = page.header[0].value.split(": ")[1].split()[0]
    assert left == f"{float(printed.split('stay known')[0].split()[-4]):.0f}"
    assert "no estimate about any real place, person or agency" in " ".join(said)


def test_the_table_on_the_page_is_the_commands(page, printed):
    page.run()
    (table,) = (part.value for part in page.table)
    assert len(table) == 4
    for name, row in table.iterrows():
        assert plain(f"{name} {' '.join(row)}") in printed


def rows_of(page):
    """Return the lists as the picture has them, top to bottom."""
    drawn = str(page.get("vega_lite_chart")[0].proto)
    labels = ("Utility bills", "Social media", "Data broker", "Driver's licences")
    places = {label: drawn.find(label.replace("'", "\\'")) for label in labels}
    return sorted(places, key=lambda label: places[label])


def test_the_order_of_the_lists_can_be_chosen(page):
    page.run()
    by_share = rows_of(page)
    page.segmented_control(key="order").set_value("own").run()
    assert not page.exception
    assert rows_of(page) == ["Utility bills", "Social media", "Data broker", "Driver's licences"]
    assert by_share[0] == "Driver's licences"


def test_long_work_waits_for_a_button(monkeypatch, page, printed):
    monkeypatch.setattr(who_knows_what, "is_exact", lambda *_args: False)
    page.run()
    assert not page.exception
    assert page.header[0].value.startswith("No list holds all 14 facts")
    assert len(page.table) == 0
    assert page.segmented_control(key="order").disabled
    page.button[0].click().run()
    assert not page.exception
    assert page.header[0].value.startswith("Without Driver's licences")
    assert len(page.button) == 0


@pytest.mark.parametrize("order", ["", "backwards", "7"])
def test_bad_parameters_are_ignored(page, order):
    page.query_params["order"] = order
    page.run()
    assert not page.exception
    assert rows_of(page)[0] == "Driver's licences"
