from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.scenario import packaged_policies

BROKEN = Path(__file__).parents[1] / "scenarios" / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))
EXTENDING = sorted((BROKEN / "extends").glob("*.txt"))  # beside them stand the files they extend
LAW = """\
overlay_version: 1
title: A law
about: A test.
changes:
  sources:
    plate_readers: {retention_days: 3}
"""


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


@pytest.mark.parametrize("told", EXTENDING, ids=lambda told: told.stem)
def test_a_mistake_of_a_scenario_that_extends_another_is_one_line(told, monkeypatch, capsys):
    monkeypatch.chdir(told.parent)
    assert main(["check", told.with_suffix(".yaml").name]) == 2
    printed = capsys.readouterr().out
    assert printed == told.read_text(encoding="utf-8")
    assert printed.count("\n") == 1


def test_an_overlay_is_checked_alone_and_over_a_scenario(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("law.yaml").write_text(LAW, encoding="utf-8")
    assert main(["check", "law.yaml", "town"]) == 0
    assert capsys.readouterr().out == "law.yaml: ok\ntown.yaml: ok\n"
    assert main(["check", "law.yaml", "town", "--over", "modern"]) == 0
    assert main(["check", "law.yaml", "town", "--over", "town"]) == 2
    assert "law.yaml:6:5 there is no 'plate_readers' under" in capsys.readouterr().out
    assert main(["check", "town", "--overlay", "law.yaml"]) == 2
    assert "law.yaml:6:5 there is no 'plate_readers' under" in capsys.readouterr().out


def test_packaged_policies_fit_the_modern_scenario(capsys):
    names = [policy.name for policy in packaged_policies()]
    assert main(["check", *names]) == 0
    assert main(["check", *names, "--over", "modern"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{name}.yaml: ok" for name in names] * 2


def test_an_overlay_is_no_scenario(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("law.yaml").write_text(LAW, encoding="utf-8")
    assert main(["run", "law.yaml"]) == 2
    assert capsys.readouterr().err == (
        "law.yaml:1:1 this is an overlay; lay it over a scenario: --overlay law.yaml\n"
    )
