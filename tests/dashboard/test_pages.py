"""The pages beside the Story, on a real small town."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.dashboard import session
from simulator.pipeline import run
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def result():
    return run(load_scenario("town", people=200))


@pytest.fixture(params=["person", "friends", "how_sure"])
def page(request, monkeypatch, result):
    monkeypatch.setattr(session, "run", lambda *_args, **_kwargs: result)
    st.cache_resource.clear()
    source = f"from simulator.dashboard.pages import {request.param} as page\npage.render()\n"
    yield AppTest.from_string(source, default_timeout=60)
    st.cache_resource.clear()


def test_the_page_renders_and_says_that_everyone_is_invented(page):
    page.run()
    assert not page.exception
    said = " ".join(part.value for part in (*page.title, *page.header, *page.markdown))
    assert "Synthetic" in said
    assert page.get("vega_lite_chart") or '"svg"' in page.get("bidi_component")[0].proto.json
