from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.cli.main import main
from simulator.dashboard import run_limit, written
from simulator.linkage.engines import extras
from simulator.scenario import ScenarioProblems, packaged_policies, packaged_scenarios
from simulator.scenario.reading import LARGEST_BYTES, text_in

SMALL = """schema_version: 1
extends: town
title: A small town
about: The town with few people, to be quick.
seed: 7
population: {residents_count: 300}
"""
OVERLAY = """overlay_version: 1
title: A law
about: Licences are not shared.
changes:
  sources:
    dmv: {exists: false}
"""


@pytest.fixture
def page():
    st.cache_resource.clear()
    source = "from simulator.dashboard.pages import scenario\nscenario.render()\n"
    yield AppTest.from_string(source, default_timeout=120)
    st.cache_resource.clear()


def write(page, text):
    page.text_area(key="scenario_editor").set_value(text).run()
    assert not page.exception


def said(page):
    return " ".join(part.value for part in page.markdown)


def html(page):
    return " ".join(part.proto.body for part in page.get("html"))


def test_the_run_finds_what_the_command_finds(page, tmp_path, capsys):
    file = tmp_path / "town.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert main(["run", str(file), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    page.run()
    write(page, SMALL)
    assert page.header[0].value == "No mistake found: A small town"
    assert "1,500 people × 4 lists" in said(page)
    assert f"{run_limit.MOST_PLACES:,}" in said(page)
    page.button[1].click().run()
    assert not page.exception
    assert page.header[0].value.startswith("A small town: ")
    for sentence in (*printed["finding"][:2], *printed["effort"]):
        assert sentence in said(page)
    last = page.table[0].value.iloc[-1]["Re-identified"]
    rate = printed["headline"]["reidentified_share"]
    assert last.startswith(f"{100 * rate['value']:.1f} ({100 * rate['low']:.1f}–")
    write(page, SMALL.replace("300", "301"))
    assert page.header[0].value == "No mistake found: A small town"


def test_an_engine_that_is_not_installed_is_said_in_one_line(page, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    page.run()
    write(page, SMALL + "linkage: {engine: splink}\n")
    page.button[1].click().run()
    assert not page.exception
    (told,) = (error.value for error in page.error)
    assert "pip install 'mosaic-simulator[splink]'" in told


def test_two_mistakes_show_two_cards_with_place_and_mend(page):
    page.run()
    write(page, SMALL.replace("seed: 7", "seed: -7").replace("residents_count", "residents_coun"))
    assert page.header[0].value == "Two mistakes to mend"
    shown = html(page)
    assert shown.count('role="listitem"') == 2
    assert "town.yaml:5:7" in shown
    assert "town.yaml:6:14" in shown
    assert "Did you mean &#x27;residents_count&#x27;?" in shown
    assert shown.count('class="wrong"') == 2
    assert [button.label for button in page.button] == ["Put it into the editor"]


@pytest.mark.parametrize(
    "text",
    ["", "a: b: c", "\t", "x" * 1000, "[" * 5000, "a: &a 1\nb: *a", "a: !!python/name:os 1", "\0"],
)
def test_whatever_is_written_is_no_traceback(page, text):
    page.run()
    write(page, text)
    assert "to mend" in page.header[0].value


def test_an_overlay_is_laid_over_a_town_and_says_what_it_changed(page):
    page.run()
    write(page, OVERLAY)
    assert page.selectbox(key="over").value == "town"
    assert page.header[0].value == "No mistake found: A town of 5,000"
    assert "25,000 people × 4 lists" in said(page)
    assert "exists: false" in html(page)
    assert "# town.yaml:6" in html(page)
    assert page.code[0].value == "mosaic run town --overlay town.yaml"
    write(page, OVERLAY.replace("dmv", "dnv"))
    assert "town.yaml:6:5" in html(page)


def test_a_run_over_the_limit_is_refused_with_one_sentence(page):
    page.run()
    write(page, SMALL.replace("300", "500000"))
    assert page.button[1].disabled
    refused = next(part.value for part in page.markdown if "more than" in part.value)
    assert "2,500,000 people × 4 lists = 10,000,000" in refused
    assert f"{run_limit.MOST_PLACES:,}" in refused


@pytest.mark.slow
def test_every_packaged_file_can_be_put_into_the_editor(page):
    page.run()
    for file in (*packaged_scenarios(), *packaged_policies()):
        page.selectbox(key="template").set_value(file.name).run()
        page.button[0].click().run()
        assert not page.exception
        assert page.text_area[0].value == file.path.read_text(encoding="utf-8")


def test_what_is_written_is_kept_while_another_page_is_shown():
    source = """
import streamlit as st
from simulator.dashboard.pages import scenario
if not st.toggle("another page"):
    scenario.render()
"""
    page = AppTest.from_string(source, default_timeout=60).run()
    page.text_area[0].set_value(SMALL).run()
    page.toggle[0].set_value(True).run()
    assert not page.text_area
    page.toggle[0].set_value(False).run()
    assert page.text_area[0].value == SMALL


@pytest.mark.parametrize(
    "extended",
    [
        "other.yaml",
        "./other.yaml",
        "../scenarios/town.yaml",
        "/etc/passwd",
        "policies/broker_opt_out",
        "pyproject.toml",
        "C:\\\\secrets.yaml",
        "~/other.yaml",
    ],
)
def test_a_text_reads_no_other_file(extended, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.yaml").write_text(SMALL, encoding="utf-8")
    for name in ("town.yaml", str(tmp_path / "town.yaml")):
        text = SMALL.replace("extends: town", f'extends: "{extended}"')
        with pytest.raises(ScenarioProblems) as refused:
            written.read_written(text, name, "town")
        assert "extend" in str(refused.value)
        assert "folder" not in str(refused.value)


def test_an_overlay_is_laid_over_packaged_towns_only(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(SMALL, encoding="utf-8")
    with pytest.raises(ScenarioProblems, match="no such packaged scenario"):
        written.read_written(OVERLAY, "law.yaml", str(file))


def test_an_uploaded_file_is_text_of_256_kib_at_most():
    assert text_in(b"a: 1", "a.yaml") == "a: 1"
    with pytest.raises(ScenarioProblems, match="256 KiB"):
        text_in(b"#" * (LARGEST_BYTES + 1), "a.yaml")
    with pytest.raises(ScenarioProblems, match=r"a\.yaml:2:2 this is not UTF-8"):
        text_in(b"a: 1\nb\xff", "a.yaml")
