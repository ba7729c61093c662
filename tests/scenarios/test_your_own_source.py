"""The how-to page does what it says: its file is pasted and its commands are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.pipeline import run
from simulator.scenario import load_scenario

PAGE = (Path(__file__).parents[2] / "docs" / "your_own_source.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [shlex.split(line) for kind, text in BLOCKS if kind == "sh" for line in text.split("\n")]
PEOPLE = 200


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (yaml,) = (text for kind, text in BLOCKS if kind == "yaml")
    (tmp_path / "loyalty_card.yaml").write_text(yaml, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("command", [words for words in COMMANDS if words], ids=" ".join)
def test_every_command_of_the_page_works(command, folder, capsys):
    program, *arguments = command
    assert program == "mosaic"
    if arguments[0] == "check":
        assert main(arguments) == 0
        assert capsys.readouterr().out == "loyalty_card.yaml: ok\n"
    else:
        assert main([*arguments, "--people", str(PEOPLE)]) == 0
        assert "loyalty card" in capsys.readouterr().out.lower()


def test_the_new_list_shows_in_the_result(folder):
    scenario = load_scenario("town", overlays=["loyalty_card.yaml"], people=PEOPLE)
    assert list(scenario.sources)[-1] == "loyalty_card"
    result = run(scenario)
    cards = result.collected.records["loyalty_card"]
    adults = (result.population.people["age"] >= 18).sum()
    assert 0.3 * adults < len(cards) < 0.5 * adults
    assert cards["clinic_visits"].notna().any()
    assert result.exposure["source_added"].iloc[-1] == "loyalty_card"
    linked = {*result.links["record_id_l"], *result.links["record_id_r"]}
    assert linked & set(cards.index)


def test_the_mistake_that_the_page_suggests_is_explained(folder, capsys):
    file = folder / "loyalty_card.yaml"
    text = file.read_text(encoding="utf-8").replace("gate: purchase", "gate: buy")
    file.write_text(text, encoding="utf-8")
    assert main(["check", "loyalty_card.yaml", "--over", "town"]) == 2
    assert "'gate' must be one of: public, purchase" in capsys.readouterr().out


def test_without_a_power_over_its_gate_the_row_is_gone(folder):
    file = folder / "loyalty_card.yaml"
    text = file.read_text(encoding="utf-8").replace("gate: purchase", "gate: warrant")
    file.write_text(text, encoding="utf-8")
    scenario = load_scenario("town", overlays=["loyalty_card.yaml"], people=PEOPLE)
    assert "loyalty_card" not in scenario.reachable()
