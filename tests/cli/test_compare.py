from __future__ import annotations

import json

import pytest

from simulator.cli import designs
from simulator.cli.main import main
from simulator.locations import SCENARIOS
from simulator.report.wording import CAVEAT

SMALL = ["--people", "120", "--seed", "3"]
ALONE = ["compare", "town", "--overlay", "broker_opt_out", *SMALL]
TOGETHER = ["--overlay", "broker_opt_out", "--overlay", "dmv_sharing_ban", "--together"]


@pytest.fixture
def too_late(monkeypatch):
    monkeypatch.setattr(designs, "compute", lambda *_: pytest.fail("too late"))


def test_a_policy_is_compared_with_what_it_says_of_itself(capsys):
    assert main(ALONE) == 0
    printed = capsys.readouterr()
    said = " ".join(printed.out.split())
    assert "A town of 120: one policy beside it · 120 residents, all invented" in said
    assert "With: Broker opt-out. One person in twenty has asked the data broker" in said
    assert "in 100 without with change (95 % interval)" in said
    assert CAVEAT in said
    assert all(len(line) <= 100 for line in printed.out.splitlines())
    assert printed.err == ""  # short work, no terminal: nothing but the answer


def test_two_scenarios_are_compared_without_a_judgement(tmp_path, capsys):
    town = (SCENARIOS / "town.yaml").read_text(encoding="utf-8")
    title = "title: A town of 5,000"
    assert title in town
    other = tmp_path / "open_town.yaml"
    other.write_text(town.replace(title, "title: An open town"), encoding="utf-8")
    assert main(["compare", "town", str(other), *SMALL]) == 0
    said = capsys.readouterr().out
    assert "another scenario beside it" in said
    assert "A: A town of 120\nB: An open town\nB's adversary holds as many records as A's." in said
    assert "An open town: nothing differs from A town of 120 for anybody." in said
    assert "policy" not in said


@pytest.mark.slow
def test_overlays_are_ranked_or_laid_over_one_another(capsys):
    two = [word for word in TOGETHER if word != "--together"]
    assert main(["compare", "town", *two, *SMALL]) == 0
    ranked = capsys.readouterr().out
    assert "two policies beside it" in ranked
    assert "rank" in ranked.splitlines()[2]
    assert main(["compare", "town", *TOGETHER, *SMALL]) == 0
    together = capsys.readouterr().out
    assert "one policy beside it" in together
    assert "With: Broker opt-out + Ban on sharing licences. One person in twenty" in together
    assert "can be had by warrant only" in " ".join(together.split())


def test_json_names_what_was_compared_and_has_no_number_that_is_none(capsys):
    assert main([*ALONE, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert printed["policies"] == {"broker_opt_out": "Broker opt-out"}
    assert printed["overlaid"] is True
    assert printed["seeds"] == [3]
    assert (
        printed["command"] == "mosaic compare town --overlay broker_opt_out --people 120 --seed 3"
    )
    assert {row["policy"] for row in printed["effects"]} == {"broker_opt_out"}


@pytest.mark.slow
def test_a_page_and_a_folder_are_written_and_name_no_folder_of_ours(tmp_path, monkeypatch, capsys):
    law = tmp_path / "laws" / "my law.yaml"
    law.parent.mkdir()
    law.write_text(
        "overlay_version: 1\ntitle: A law\nabout: A test.\nchanges:\n"
        "  sources: {dmv: {gate: warrant}}\n",
        encoding="utf-8",
    )
    page, folder = tmp_path / "page.md", tmp_path / "out"
    done = ["compare", "town", "--overlay", str(law), *SMALL]
    assert main([*done, "--to", str(page), "--out", str(folder)]) == 0
    assert capsys.readouterr().out == f"{page}: written\n"
    said = page.read_text(encoding="utf-8")
    command = "mosaic compare town --overlay 'my law.yaml' --people 120 --seed 3 --to page.md"
    assert f"`{command}` writes this page" in said
    briefing = (folder / "briefing.html").read_text(encoding="utf-8")
    for text in (said, briefing, (folder / "comparison.json").read_text(encoding="utf-8")):
        assert str(tmp_path) not in text
        assert "A law. A test." in text or '"my law": "A test."' in text
    monkeypatch.chdir(tmp_path)
    assert main([*done, "--to", "page.md"]) == 0
    assert page.read_text(encoding="utf-8") == said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "name a second scenario or --overlay FILE; mosaic policies compares every"),
        (["city", "--overlay", "broker_opt_out"], "a second scenario or overlays, not both"),
        (["--overlay", "broker_opt_out", "--together"], "--together needs two --overlay or more"),
        (["--overlay", "laws/a.yaml", "--overlay", "b/a.yaml"], "two overlays have the same name"),
        (["--overlay", "broker_optout"], "Did you mean 'broker_opt_out'?"),
        (["--overlay", "broker_opt_out", "--replicates", "0"], "must be between 1 and 1000"),
        (["--overlay", "broker_opt_out", "--people", "0"], "people must be between 50 and"),
        (["--overlay", "broker_opt_out", "--to", "nowhere/page.md"], "a folder that exists"),
        (["campus"], "cannot be paired person by person: they differ in"),
        (["twon"], "Did you mean 'town'?"),
    ],
)
def test_mistakes_in_usage_are_one_line_before_the_work(too_late, capsys, options, message):
    assert main(["compare", "town", *options]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert len(printed.err.splitlines()) == 1
    assert printed.out == ""


def test_a_foreign_folder_is_refused_before_the_work(too_late, tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([*ALONE, "--out", str(tmp_path)]) == 2
    assert "thesis.txt, which mosaic did not write" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "mine"
