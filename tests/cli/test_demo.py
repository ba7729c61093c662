from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.cli import demo
from simulator.cli.main import main
from simulator.scenario import load_scenario

HEAVY = ("streamlit", "altair", "recordlinkage", "networkx", "sklearn", "numba")


def test_the_demo_prints_and_writes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("simulator.scenario.load_scenario", small)
    assert main(["demo"]) == 0
    printed = capsys.readouterr().out
    assert "residents are re-identified" in printed
    assert str(demo.FOLDER) in printed
    assert (tmp_path / demo.FOLDER / "growth.png").is_file()
    briefing = (tmp_path / demo.FOLDER / demo.BRIEFING).read_text(encoding="utf-8")
    assert "mosaic briefing town --out briefing.html" in briefing
    assert main(["demo"]) == 0  # the folder is ours, and may be replaced


def small(name: str):
    return load_scenario(name, people=100)


def test_a_foreign_folder_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / demo.FOLDER).mkdir(parents=True)
    (tmp_path / demo.FOLDER / "notes.txt").write_text("mine")
    assert main(["demo"]) == 2
    assert "notes.txt" in capsys.readouterr().err


@pytest.mark.parametrize("module", HEAVY)
def test_a_run_imports_nothing_heavy(module, loaded):
    assert module not in loaded


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that a run has imported when it is done."""
    code = (
        "import sys; from simulator.cli.main import main; "
        "main(['run', 'town', '--people', '50', '--format', 'json']); "
        "print('loaded', *sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return set(answer.stdout.split("\nloaded ")[-1].split())
