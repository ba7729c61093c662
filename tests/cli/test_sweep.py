from __future__ import annotations

import json

import pytest

from simulator.cli import sweep
from simulator.cli.main import main
from simulator.report.wording import CAVEAT

SMALL = ["--people", "120", "--seed", "3"]
GRID = ["--set", "linkage.threshold=0.5,0.99"]


@pytest.mark.slow
def test_the_figures_are_those_of_run(capsys):
    """The cell that changes nothing has the figures of a plain run."""
    assert main(["sweep", "town", "--set", "linkage.threshold=0.5,0.9", *SMALL,
                 "--metric", "named_share", "--format", "json"]) == 0  # fmt: skip
    swept = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert [row["linkage.threshold"] for row in swept["figures"]] == ["0.5", "0.9"]
    main(["run", "town", *SMALL, "--format", "json"])
    plain = json.loads(capsys.readouterr().out)
    last = [row for row in plain["exposure"]
            if row["metric"] == "named_share" and row["group"] == "all"][-1]  # fmt: skip
    figure = swept["figures"][1]
    assert {name: figure[name] for name in ("value", "low", "high", "n", "interval")} == {
        name: last[name] for name in ("value", "low", "high", "n", "interval")
    }
    assert swept["command"] == (
        "mosaic sweep town --set linkage.threshold=0.5,0.9 --people 120 --seed 3 "
        "--metric named_share"
    )
    assert swept["scenario_hash"] == plain["scenario_hash"]


@pytest.mark.slow
def test_table_and_files(tmp_path, capsys):
    folder = tmp_path / "out"
    assert main(["sweep", "town", *GRID, *SMALL, "--out", str(folder)]) == 0
    printed = capsys.readouterr()
    assert "two cells over linkage.threshold · 120 residents" in " ".join(printed.out.split())
    assert printed.out.rstrip().endswith(CAVEAT)
    assert printed.err == ""  # short work, no terminal: nothing but the answer
    assert {"manifest.json", "sweep.csv", "sweep.png"} <= {path.name for path in folder.iterdir()}
    assert str(tmp_path) not in (folder / "sweep.json").read_text(encoding="utf-8")


def test_the_cost_is_said_before_long_work(monkeypatch, capsys):
    monkeypatch.setattr("simulator.experiments.sweep.sweep", lambda *_: pytest.fail("enough"))
    with pytest.raises(pytest.fail.Exception, match="enough"):
        main(["sweep", "town", *GRID, "--seeds", "20"])
    assert "40 times: about" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--set", "linkage.thresold=0.5,0.9"], "Did you mean 'threshold'?"),
        (["--set", "linkage.threshold=0.5,9"], "must be between 0.01 and 1 (you wrote 9)"),
        (["--set", "sources.brokr.exists=true"], "Did you mean 'broker'?"),
        (["--set", "linkage.threshold"], "a path and its values, such as"),
        (["--set", "linkage..threshold=1"], "a path and its values, such as"),
        (["--set", "linkage.threshold=0.5,,0.9"], "a path and its values, such as"),
        (["--set", "linkage.threshold=0.5\nseed: 3"], "a path and its values, such as"),
        ([*GRID, *GRID], "one setting is given twice"),
        (["--set", "seed=1,2"], "use --seeds N"),
        (["--people", "99", "--set", "population.residents_count=100"], "--people and --set"),
        ([*GRID, "--seeds", "1000", "--set", "sources.dmv.exists=true,false"],
         "4 cells with 1,000 seeds each are 4,000 runs; at most 2,000"),
        ([word for n in range(5) for word in ("--set", f"a{n}=1")], "at most 4 settings"),
        ([*GRID, "--metric", "exposure_shar"], "Did you mean 'exposure_share'?"),
        ([*GRID, "--seeds", "0"], "must be between 1 and 1000"),
        ([*GRID, "--overlay", "broker_optout"], "Did you mean 'broker_opt_out'?"),
    ],
)  # fmt: skip
def test_mistakes_are_one_line_before_the_work(monkeypatch, capsys, options, message):
    monkeypatch.setattr(sweep, "compute", lambda *_: pytest.fail("too late"))
    assert main(["sweep", "town", *options]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert len(printed.err.splitlines()) == 1
    assert printed.out == ""


def test_a_foreign_folder_is_refused_before_the_work(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sweep, "compute", lambda *_: pytest.fail("too late"))
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["sweep", "town", *GRID, "--out", str(tmp_path)]) == 2
    assert "thesis.txt, which mosaic did not write" in capsys.readouterr().err
