from __future__ import annotations

import json

import pytest

from simulator.cli.main import main
from simulator.report.triage_table import WARNING
from simulator.report.wording import CAVEAT


@pytest.fixture
def ruled(tmp_path):
    """Return what writes an overlay with a rule, and its path."""

    def write(**settings):
        rule = {"weights": {"dmv": 1, "social": 1}, "flagged_share": 0.1} | settings
        file = tmp_path / "rule.yaml"
        file.write_text(
            "overlay_version: 1\ntitle: A rule\nabout: A test.\nchanges:\n"
            f"  triage: {json.dumps(rule)}\n",
            encoding="utf-8",
        )
        return ["triage", "town", "--overlay", str(file), "--people", "200", "--seed", "3"]

    return write


@pytest.mark.parametrize(("ranks", "named"), [("people", "people"), ("areas", "squares of the")])
def test_the_rounds_are_printed_with_what_is_wrong_with_them(ruled, capsys, ranks, named):
    assert main([*ruled(ranks=ranks), "--rounds", "2"]) == 0
    printed = capsys.readouterr()
    said = " ".join(printed.out.split())
    for expected in (WARNING, CAVEAT, f"a rule ranks {named}", "200 residents, all invented",
                     "Round 1 everyone", "Round 2 everyone"):  # fmt: skip
        assert expected in said
    assert "Round 3" not in said
    assert all(len(line) <= 100 for line in printed.out.splitlines())
    assert printed.err == ""
    assert ("who live in a flagged square" in said) == (ranks == "areas")


def test_the_rounds_are_the_rules_own_where_none_are_asked_for(ruled, capsys):
    assert main(ruled(ranks="people", rounds_count=1)) == 0
    said = capsys.readouterr().out
    assert "Round 1" in said
    assert "Round 2" not in said


def test_json_says_what_was_run_and_has_no_number_that_is_none(ruled, capsys):
    assert main([*ruled(ranks="people"), "--rounds", "1", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert printed["synthetic"] is True
    assert (printed["seed"], printed["residents"]) == (3, 200)
    assert printed["caveat"] == CAVEAT
    assert printed["warning"] == WARNING
    assert printed["rule"]["weights"] == {"dmv": 1, "social": 1}
    assert printed["findings"]
    everyone, *_ = printed["measures"]
    assert everyone["metric"] == "flagged_share"
    assert everyone["value"] == pytest.approx(0.1)
    assert None in [row["value"] for row in printed["measures"]]  # groups too small to tell of


def test_a_scenario_without_a_rule_is_one_line(capsys):
    assert main(["triage", "town"]) == 2
    error = capsys.readouterr().err
    assert error == ("mosaic triage: town declares no rule; add 'triage' to it (see modern.yaml)\n")


@pytest.mark.parametrize("count", ["0", "-1", "21"])
def test_rounds_out_of_range_are_one_line(capsys, count):
    assert main(["triage", "modern", "--rounds", count]) == 2
    error = capsys.readouterr().err
    assert error == f"mosaic triage: --rounds must be between 1 and 20 (you wrote {count})\n"


def test_a_rule_that_names_no_list_of_the_town_is_one_line_with_the_mend(ruled, capsys):
    assert main(ruled(ranks="people", weights={"dmw": 1})) == 2
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "dmw" in error
    assert "dmv" in error
