from pathlib import Path

import pytest

from simulator.cli.main import main

BROKEN = Path(__file__).parents[1] / "scenarios" / "broken" / "overlays"
FILES = sorted(BROKEN.glob("*.yaml"))
LAW = "overlay_version: 1\ntitle: A law\nabout: A test.\nchanges:\n  seed: 3\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_of_an_overlay_is_one_line_with_its_place_and_mend(file, monkeypatch, capsys):
    monkeypatch.chdir(BROKEN)
    assert main(["show", "below/hamlet.yaml", "--overlay", file.name]) == 2
    printed = capsys.readouterr()
    assert printed.err == file.with_suffix(".txt").read_text(encoding="utf-8")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_each_broken_overlay_is_told_apart_and_its_town_is_sound(capsys):
    told = {file.with_suffix(".txt").read_text(encoding="utf-8") for file in FILES}
    assert len(told) == len(FILES) >= 10
    assert main(["check", str(BROKEN / "below" / "hamlet.yaml")]) == 0
    assert capsys.readouterr().out.endswith("hamlet.yaml: ok\n")


def test_settings_and_changes_are_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("law.yaml").write_text(LAW, encoding="utf-8")
    Path("later.yaml").write_text(LAW.replace("seed: 3", "seed: 4"), encoding="utf-8")
    assert main(["show", "town", "--overlay", "law.yaml", "--overlay", "later.yaml"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# town.yaml, with law.yaml, then later.yaml laid over it"
    assert "seed: 4  # later.yaml:5" in lines
    assert "title: A town of 5,000" in "\n".join(lines).replace('"', "")
    assert main(["show", "town", "--changes", "--overlay", "law.yaml"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["seed: 3  # law.yaml:5"]
