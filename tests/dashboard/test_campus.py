"""Every page about the campus, as it is shipped, says what the command prints about it.

Beside this, each page is held to its command on a town of 300 in a file of its own.
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.main import main
from simulator.report.person_wording import PICK_LABELS

pytestmark = pytest.mark.slow  # each page measures as much as its command does


def printed(*command):
    with redirect_stdout(io.StringIO()) as said:
        assert main(list(command)) == 0
    return plain(said.getvalue())


@pytest.fixture
def shown():
    def run(page, **query):
        source = f"from simulator.dashboard.pages import {page}\n{page}.render()\n"
        visit = AppTest.from_string(source, default_timeout=120)
        for name, value in {"town": "campus", **query}.items():
            visit.query_params[name] = value
        visit.run()
        assert not visit.exception
        return visit

    st.cache_resource.clear()
    yield run
    st.cache_resource.clear()


def plain(text):
    return " ".join(text.replace("**", "").replace("\u00a0", " ").split())


def sentences(visit):
    return [plain(part.value) for part in (*visit.header, *visit.markdown)]


def test_story(shown):
    visit = shown("story", lists="3")
    found = json.loads(printed("run", "campus", "--format", "json"))
    assert found["counts"]["residents"] == 600
    told = visit.header[0].value.partition(" residents")[0]
    assert f"{told} residents are re-identified" in found["finding"][0]
    everyone = [row for row in found["exposure"] if row["group"] == "all"]
    last = {row["metric"]: row["value"] for row in everyone if row["step"] == 3}
    drawn = "".join(str(chart.proto) for chart in visit.get("vega_lite_chart"))
    for metric, word in (("exposure_share", "joined"), ("unjoined_share", "not joined")):
        assert f"{100 * last[metric]:.0f} {word}" in drawn


@pytest.mark.parametrize("which", ["most", "typical", "least"])
def test_one_person(shown, which):
    visit = shown("person", lists="3", who=PICK_LABELS[which])
    said = printed("person", "campus", which)
    assert plain(visit.header[0].value) in said
    assert plain(visit.markdown[1].value) in said
    for fact, row in visit.table[0].value.iterrows():
        assert fact in said
        assert row["The file says"] in said


def test_who_knows_what(shown):
    visit = shown("who_knows_what")
    said = printed("attribution", "campus")
    assert any(part in said for part in sentences(visit) if part.startswith("Of the "))


def test_who_is_harmed(shown):
    visit = shown("harmed")
    said = printed("harm", "campus")
    head = plain(visit.header[0].value)
    assert f"{head.partition(';')[0]}." in said


def test_friends_and_family(shown):
    visit = shown("friends")
    said = printed("spillover", "campus")
    assert any(part in said for part in sentences(visit) if "known through others" in part)


def test_policies(shown):
    visit = shown("policies")
    (overlay,) = visit.multiselect(key="b").value
    found = json.loads(printed("compare", "campus", "--overlay", overlay, "--format", "json"))
    assert plain(found["findings"][0]) in " ".join(sentences(visit))


def test_over_time(shown):
    assert shown("over_time").header[0].value == "Nothing watches this town"
    assert main(["time", "campus"]) == 2


def test_how_sure(shown):
    visit = shown("how_sure")
    own = visit.table[0].value
    said = printed("certainty", "campus", "--seeds", "1", "--seed", "20260102")
    rows = [[stated, *row.str.split().explode()] for stated, row in own.iterrows()]
    assert rows
    for row in rows:
        assert " ".join(row) in said
