from __future__ import annotations

import pandas as pd
import pytest

from simulator.cli.main import main

SOURCES = {"utility", "social", "broker", "dmv"}
SMALL = ["generate", "town", "--people", "100", "--seed", "3"]


@pytest.mark.parametrize(
    ("options", "files"), [([], SOURCES), (["--with-truth"], SOURCES | {"people", "truth"})]
)
def test_one_file_a_source(tmp_path, capsys, options, files):
    target = tmp_path / "lists"
    assert main([*SMALL, "--out", str(target), *options]) == 0
    assert {path.stem for path in target.glob("*.parquet")} == files
    records = len(pd.read_parquet(target / "dmv.parquet"))
    assert f"dmv.parquet: {records:,} records" in capsys.readouterr().out


def test_the_truth_is_removed_again_when_it_is_not_asked_for(tmp_path):
    target = tmp_path / "lists"
    assert main([*SMALL, "--out", str(target), "--with-truth"]) == 0
    assert main([*SMALL, "--out", str(target)]) == 0
    assert not (target / "truth.parquet").exists()


def test_a_foreign_folder_is_refused(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([*SMALL, "--out", str(tmp_path)]) == 2
    assert "--force" in capsys.readouterr().err
    assert main([*SMALL, "--out", str(tmp_path), "--force"]) == 0
    assert not (tmp_path / "thesis.txt").exists()
