from pathlib import Path

import pytest

from simulator.cli.main import main

BROKEN = Path(__file__).parents[1] / "scenarios" / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_is_one_line_with_its_place_and_mend(file, monkeypatch, capsys):
    monkeypatch.chdir(BROKEN)
    assert main(["check", file.name]) == 2
    printed = capsys.readouterr()
    assert printed.out == file.with_suffix(".txt").read_text(encoding="utf-8")
    assert printed.err == ""


def test_the_broken_files_are_one_mistake_each_but_one():
    lines = {
        file.stem: file.read_text(encoding="utf-8").splitlines() for file in BROKEN.glob("*.txt")
    }
    assert len(lines) == len(FILES) >= 16
    assert {name for name, found in lines.items() if len(found) != 1} == {"two_mistakes"}


def test_good_files_are_said_to_be_good(capsys):
    assert main(["check", "town", "town.yaml"]) == 0
    assert capsys.readouterr().out == "town.yaml: ok\ntown.yaml: ok\n"


def test_every_file_is_looked_at(capsys, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert main(["check", "nowhere.yaml", "twon", str(folder), "town"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "nowhere.yaml: there is no such file, and no packaged scenario. "
        "'mosaic list' shows what comes with it",
        "twon: there is no such file, and no packaged scenario. Did you mean 'town'?",
        f"{folder}: this is a folder; name a scenario file in it",
        "town.yaml: ok",
    ]
