from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from simulator.cli.main import main
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce
from simulator.linkage.engines import ENGINES, extras
from simulator.report.wording import CAVEAT
from simulator.scenario import load_scenario, scenario_hash

SMALL = ["run", "town", "--people", "150", "--seed", "3"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("run") / "out"
    assert main([*SMALL, "--out", str(target)]) == 0
    return target


def test_the_table_and_the_finding_are_printed(capsys):
    assert main(SMALL) == 0
    printed = capsys.readouterr()
    assert "150 residents, all invented · seed 3" in printed.out
    assert "4. + Driver's" in printed.out
    assert CAVEAT in printed.out
    assert all(len(line) <= 100 for line in printed.out.splitlines())
    assert printed.err == ""  # short work, no terminal: nothing but the answer


def test_json_holds_every_row(capsys, folder):
    assert main([*SMALL, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["seed"] == 3
    assert printed["caveat"] == CAVEAT
    assert set(printed["exposure"][0]) == {
        "step", "source_added", "group", "metric", "value", "low", "high", "n", "interval",
    }  # fmt: skip
    rows = (folder / "exposure.csv").read_text().splitlines()
    assert len(printed["exposure"]) == len(rows) - 1


def test_each_residents_crowd_is_in_the_table_of_people(folder):
    people = pd.read_csv(folder / "people.csv", index_col="entity_id")
    assert people["crowd_count"].between(1, 150 * 5).all()
    assert people["unique"].equals(people["crowd_count"] == 1)
    exposure = pd.read_csv(folder / "exposure.csv")
    last = exposure.loc[(exposure["step"] == 4) & (exposure["group"] == "all")]
    value = last.set_index("metric")["value"]
    assert value["unique_share"] == pytest.approx(people["unique"].mean())
    assert value["misdirected_share"] == pytest.approx(people["misdirected"].mean())
    assert value["anonymity_bits"] == pytest.approx(people["anonymity_bits"].mean())


def test_the_exported_scenario_gives_the_same_files(folder, tmp_path):
    """Another process, another hash seed, the exported scenario: the same bytes."""
    again = tmp_path / "again"
    code = "import sys; from simulator.cli.main import main; sys.exit(main())"
    arguments = ["run", str(folder / "scenario.json"), "--out", str(again)]
    root = str(Path(__file__).parents[2])
    subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": root},
    )
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for name in names:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


def test_a_foreign_folder_is_refused_before_the_work(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([*SMALL, "--out", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert "thesis.txt, which mosaic did not write" in printed.err
    assert printed.out == ""
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("replicates", ["0", "-3", "100000"])
def test_replicates_out_of_range(capsys, replicates):
    assert main(["run", "town", "--replicates", replicates]) == 2
    error = capsys.readouterr().err
    assert f"--replicates must be between 1 and 1000 (you wrote {replicates})" in error
    assert len(error.splitlines()) == 1


def test_an_unknown_scenario_is_one_line(capsys):
    assert main(["run", "twon"]) == 2
    error = capsys.readouterr().err
    assert "Did you mean 'town'?" in error
    assert len(error.splitlines()) == 1


def test_long_work_says_what_it_costs(capsys):
    assert not announce(load_scenario("town", people=500), per_second=40_000)
    assert capsys.readouterr().err == ""
    assert announce(load_scenario("town", people=40_000), per_second=40_000, runs=10)
    said = capsys.readouterr().err
    assert "60,000 people × 4 lists, 10 times: about 60 s" in said


def test_progress_is_silent_where_nobody_watches(capsys):
    for is_long, lines in ((False, 0), (True, 2)):
        progress = ProgressLine(is_long)
        for what, share in (("Inventing", 0.0), ("Linking", 0.3), ("Linking", 0.4)):
            progress(what, share)
        progress.clear()
        assert len(capsys.readouterr().err.splitlines()) == lines


def test_progress_rewrites_one_line_in_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = ProgressLine(False)
    progress("Linking", 0.3)
    progress.clear()
    said = capsys.readouterr().err
    assert said.startswith("\r\x1b[KLinking … 30 %")
    assert said.endswith("\r\x1b[K")


def test_another_engine_may_join(capsys, folder):
    assert main([*SMALL, "--engine", "recordlinkage"]) == 0
    printed = capsys.readouterr().out
    assert "4. + Driver's" in printed
    assert load_scenario(folder / "scenario.json").linkage.engine == "vectorised"
    assert scenario_hash(load_scenario("town", people=150, seed=3)) not in printed


def test_an_unknown_engine_is_one_line(capsys):
    assert main([*SMALL, "--engine", "magic"]) == 2
    error = capsys.readouterr().err
    names = ", ".join(ENGINES)
    assert f"engine must be one of: {names} (you wrote 'magic')" in error
    assert len(error.splitlines()) == 1


def test_an_engine_that_is_not_installed_is_one_line(capsys, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    assert main([*SMALL, "--engine", "splink"]) == 2
    *progress, error = capsys.readouterr().err.splitlines()
    assert error == "engine 'splink' needs the extra: pip install 'mosaic-simulator[splink]'"
    assert not any("Traceback" in line for line in progress)


def test_the_cost_is_known_of_every_engine():
    assert set(RUN_PER_SECOND) == set(ENGINES)
