from __future__ import annotations

import json

import pytest

from simulator.cli.main import main


def test_a_town_that_nothing_watches_is_one_line(capsys):
    assert main(["time", "town", "--people", "100"]) == 2
    error = capsys.readouterr().err
    assert error == (
        "mosaic time: nothing watches town: no list within reach holds sightings; try modern\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--days", "61"], "--days takes numbers from 0 to 60"),
        (["--days", "1,,2"], "you wrote 1,,2"),
        (["--retention", "0"], "--retention takes numbers from 1"),
        (["--retention", "soon"], "you wrote soon"),
        (["--retention", "1,2,3,4,5,6,7"], "at most 6"),
    ],
)
def test_a_mistake_is_said_before_anything_is_run(capsys, options, said):
    assert main(["time", "modern", "--people", "100", *options]) == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error


@pytest.mark.slow
def test_the_tables_the_finding_and_the_limits_are_printed(capsys):
    assert main(["time", "modern", "--people", "100", "--days", "0,60", "--retention", "3"]) == 0
    printed = capsys.readouterr().out
    assert all(len(line) <= 100 for line in printed.split("\n"))
    for said in ("before", "Everyone", "Memory of 3 days", "Kaplan and Meier", "Files are those"):
        assert said in printed
    assert "residents with a file were seen" in " ".join(printed.split())
    assert "If sensors forget after 3 days" in " ".join(printed.split())
    assert "no estimate about any real place" in printed


@pytest.mark.slow
def test_json_holds_every_figure_by_day_group_and_memory(capsys):
    command = ["time", "modern", "--people", "100", "--days", "60", "--retention", "none"]
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["synthetic"] is True
    assert {row["day"] for row in found["exposure_by_day"]} == {60}
    located = [row for row in found["located"] if row["metric"] == "located_share"]
    assert {row["retention_days"] for row in located} == {None}
    assert sorted(row["day"] for row in located if row["group"] == "all") == list(range(1, 61))
    assert found["findings"][0].startswith("Within")
