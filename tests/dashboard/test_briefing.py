from __future__ import annotations

import shlex

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.main import main
from simulator.dashboard import run_limit
from simulator.pipeline import run
from simulator.report.exports import csv_text
from simulator.scenario import load_scenario

TOWN = "campus"  # 600 people: the whole scenario is quick
FIGURES = ["Picture (SVG)", "Picture (PNG)", "Figures (CSV)"]


@pytest.fixture
def offered():
    """Label of a download button -> what it gives and the name of its file."""
    return {}


@pytest.fixture
def page(monkeypatch, offered):
    def remember(label, *, data, file_name, **_how):
        offered[label] = data, file_name

    monkeypatch.setattr(st, "download_button", remember)
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import briefing\nbriefing.render()\n"
    at = AppTest.from_string(source, default_timeout=120)
    at.query_params["town"] = TOWN
    yield at
    st.cache_resource.clear()


def written_by(command, folder, monkeypatch):
    """Return what a shown command writes."""
    monkeypatch.chdir(folder)
    program, *words = shlex.split(command)
    assert program == "mosaic"
    assert main(words) == 0
    return (folder / words[-1]).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("policies", [[], ["two_source_rule", "access_and_correction"]])
def test_the_files_are_those_that_the_shown_commands_write(
    page, offered, policies, tmp_path, monkeypatch
):
    page.query_params["laws"] = ",".join(policies)
    page.run()
    assert not page.exception
    commands = page.code[0].value.split("\n")
    assert all(command.startswith(f"mosaic briefing {TOWN} ") for command in commands)
    assert all(command.count("--overlay") == len(policies) for command in commands)
    for label, command in zip(("Briefing (HTML)", "Story (HTML)"), commands, strict=True):
        content, name = offered[label]
        assert command.endswith(f"--out {name}")
        assert content() == written_by(command, tmp_path, monkeypatch)
    assert page.get("iframe")[0].proto.srcdoc == offered["Briefing (HTML)"][0]()


def test_figures_and_pictures_are_those_of_a_run(page, offered):
    result = run(load_scenario(TOWN))
    page.run()
    svg, png, csv = (offered[label][0]() for label in FIGURES)
    assert csv == csv_text(result.exposure)
    assert svg.startswith("<svg")
    assert png.startswith(b"\x89PNG")
    rows = result.exposure
    share = rows.loc[(rows["group"] == "all") & (rows["metric"] == "reidentified_share"), "value"]
    assert f"{round(100 * share.iloc[-1])} in 100 residents" in page.header[0].value
    assert "Synthetic" in " ".join(part.value for part in page.markdown)


def test_a_large_town_is_run_only_when_asked(page, monkeypatch):
    monkeypatch.setattr(run_limit, "MOST_PLACES", 10)
    page.run()
    assert not page.exception
    assert not page.get("iframe")
    next(each for each in page.button if each.label.startswith("Run 1,200 people")).click().run()
    assert not page.exception
    assert page.get("iframe")


def test_bad_parameters_are_ignored(page):
    page.query_params["laws"] = "crystal_ball"
    page.run()
    assert not page.exception
    assert "--overlay" not in page.code[0].value
