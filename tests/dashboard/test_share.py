"""A view, what to type for its figures, and its changes as an overlay: all three are one."""

from __future__ import annotations

import json
import re
import shlex

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.main import main
from simulator.dashboard.share import CHANGES_FILE
from simulator.scenario import load_scenario

TOWN = "campus"


@pytest.fixture
def opened():
    """Open a page with the campus, under whatever the URL says."""
    st.cache_resource.clear()

    def open_(page, **parameters):
        source = f"from simulator.dashboard.pages import {page} as page\npage.render()\n"
        at = AppTest.from_string(source, default_timeout=120)
        for name, value in {"town": TOWN, **parameters}.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return at

    yield open_
    st.cache_resource.clear()


def shared(page):
    """Return the link, the command and the overlay of a page."""
    return [block.value for block in page.code]


def printed(command, capsys):
    program, *words = shlex.split(command)
    assert program == "mosaic"
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_town_as_it_comes_has_no_overlay(opened):
    link, command = shared(opened("story", lists="3"))
    assert "town=campus" in link
    assert "lists=3" in link
    assert command == "mosaic run campus"


def test_a_law_stays_in_the_link_and_its_overlay_gives_the_same_town(opened, tmp_path, capsys):
    page = opened("story", lists="3", laws="two_source_rule")
    link, command, overlay = shared(page)
    assert "laws=two_source_rule" in link
    assert command == "mosaic run campus --overlay two_source_rule"
    file = tmp_path / CHANGES_FILE
    file.write_text(overlay, encoding="utf-8")
    law = load_scenario(TOWN, overlays=["two_source_rule"])
    assert load_scenario(TOWN, overlays=[file]) == law
    last = [
        row for row in printed(command, capsys)["exposure"]
        if (row["group"], row["metric"]) == ("all", "reidentified_share")
    ][-1]  # fmt: skip
    assert page.header[0].value.startswith(f"{round(100 * last['value'])} in 100")


def test_a_threshold_moved_on_a_page_is_in_the_overlay_and_gives_the_commands_figures(
    opened, tmp_path, monkeypatch, capsys
):
    page = opened("harmed", **{"harm-threshold": "30"})
    _, command, overlay = shared(page)
    monkeypatch.chdir(tmp_path)
    (tmp_path / CHANGES_FILE).write_text(overlay, encoding="utf-8")
    assert command == f"mosaic harm campus --overlay {CHANGES_FILE}"
    assert "threshold: 0.3" in overlay
    assert main(shlex.split(command)[1:]) == 0
    said = capsys.readouterr().out
    table = page.table[0].value
    for row in table.itertuples():
        assert row[1] in said


def test_a_person_under_a_law_is_the_commands(opened, capsys):
    page = opened("person", lists="3", who="Typical", laws="two_source_rule")
    _, command, _ = shared(page)
    assert command == "mosaic person campus typical --overlay two_source_rule"
    assert main(shlex.split(command)[1:]) == 0
    synthetic = re.search("Synthetic: (.+) and everyone else", capsys.readouterr().out)
    assert synthetic
    assert synthetic[1] in page.header[0].value
