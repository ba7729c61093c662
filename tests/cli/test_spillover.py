from __future__ import annotations

import json

import pytest

from simulator.cli.main import main

TOWN = ["spillover", "town", "--people", "300"]


def test_the_finding_and_the_tables_are_printed(capsys):
    assert main(TOWN) == 0
    printed = capsys.readouterr().out
    assert "all invented" in printed
    assert "still known through their" in printed
    assert "they leave alone" in printed
    assert "Social media account" in printed
    assert printed.rstrip().endswith("no estimate about any real place, person or agency.")
    assert max(map(len, printed.split("\n"))) <= 100


@pytest.mark.slow
def test_json_carries_every_measure_with_its_interval_and_n(capsys):
    assert main([*TOWN, "--share", "0.1", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["synthetic"] is True
    assert found["share"] == 0.1
    assert found["left_lists"] == ["social", "broker"]
    known = [row for row in found["measures"] if row["metric"] == "through_others_share"]
    assert [row["ties_left_share"] for row in known] == [0, 0.25, 0.5, 0.75, 1]
    for row in known:
        assert row["n"] == found["leavers"]
        assert row["low"] <= row["value"] <= row["high"]
    assert {row["fact"] for row in found["facts"]} == {
        "home_address", "phone", "handle", "employer",
    }  # fmt: skip


@pytest.mark.parametrize("share", ["0", "0.3", "-1"])
def test_a_share_out_of_range_is_one_line(capsys, share):
    assert main([*TOWN, f"--share={share}"]) == 2
    error = capsys.readouterr().err.strip()
    assert "\n" not in error
    assert "must be above 0 and at most 0.2" in error


def test_a_town_whose_lists_name_no_friends_says_so(capsys):
    assert main(["spillover", "campus", "--people", "100"]) == 0
    assert "No list within reach names anyone's friends or calls" in capsys.readouterr().out
