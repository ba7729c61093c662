from __future__ import annotations

import json

import pytest

from simulator.cli.main import main
from simulator.report.wording import CAVEAT

SMALL = ["attribution", "town", "--people", "300"]


def test_the_table_and_the_findings_are_printed(capsys):
    assert main(SMALL) == 0
    printed = capsys.readouterr()
    assert "300 residents, all invented" in printed.out
    assert "The removal that protects most: without Driver's licences" in printed.out
    assert "all 16 subsets" in printed.out
    assert CAVEAT in printed.out
    assert max(map(len, printed.out.split("\n"))) <= 100
    assert printed.err == ""  # short work, no terminal: nothing but the answer


@pytest.mark.slow
def test_json_carries_every_share_with_its_interval_and_n(capsys, tmp_path):
    out = tmp_path / "out"
    assert main([*SMALL, "--permutations", "3", "--format", "json", "--out", str(out)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["synthetic"] is True
    assert found["permutations"] == 3
    shares = [row for row in found["attribution"] if row["metric"] == "exposure_share"]
    assert {row["interval"] for row in shares} == {"permutations"}
    assert {row["n"] for row in shares} == {3}
    assert all(row["low"] <= row["value"] <= row["high"] for row in shares)
    assert sum(row["value"] for row in shares) == pytest.approx(found["facts_known"]["value"])
    assert json.loads((out / "attribution.json").read_text()) == found
    assert (out / "who_knows_what.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("count", ["1", "0", "-4", "10001"])
def test_permutations_out_of_range_are_one_line(capsys, count):
    assert main([*SMALL, "--permutations", count]) == 2
    error = capsys.readouterr().err.strip()
    assert error == (
        f"mosaic attribution: --permutations must be between 2 and 10000 (you wrote {count})"
    )


def test_a_foreign_folder_is_refused_before_the_work(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([*SMALL, "--out", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert "thesis.txt, which mosaic did not write" in printed.err
    assert printed.out == ""
