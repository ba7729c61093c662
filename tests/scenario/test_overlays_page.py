"""The page about overlays, carried out as it stands."""

import re
import shlex
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.scenario import load_scenario

PAGE = (Path(__file__).parents[2] / "docs" / "overlays.md").read_text(encoding="utf-8")
LAW, CARELESS, MOVING = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"^\$ mosaic (.*)$", PAGE, re.MULTILINE)


@pytest.fixture
def law(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "licence_law.yaml").write_text(LAW, encoding="utf-8")
    return "licence_law.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_works(command, law, capsys):
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


def test_the_law_does_what_the_page_says(law):
    town, after = load_scenario("town"), load_scenario("town", overlays=[law])
    assert not after.sources["dmv"].exists
    assert set(town.sources["utility"].fields) - set(after.sources["utility"].fields) == {"phone"}
    assert {source.staleness_years for source in after.sources.values()} == {3.0}


def test_the_places_and_the_message_are_those_of_the_page(law, capsys):
    assert main(["show", "town", "--overlay", law]) == 0
    assert re.search(r"`(licence_law.yaml:\d+)`", PAGE)[1] in capsys.readouterr().out
    Path(law).write_text(LAW.replace("utility:", "utilty:"), encoding="utf-8")
    assert main(["check", law, "--over", "town"]) == 2
    assert capsys.readouterr().out == re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]


def test_a_star_within_a_star(tmp_path):
    file = tmp_path / "careless.yaml"
    file.write_text(CARELESS, encoding="utf-8")
    for source in load_scenario("town", overlays=[file]).sources.values():
        for name, field in source.fields.items():
            assert field.missing_share == (0.1 if name == "full_name" else 0.5)


def test_the_scenario_of_the_page_extends_the_town(tmp_path):
    file = tmp_path / "moving.yaml"
    file.write_text(MOVING, encoding="utf-8")
    town, moving = load_scenario("town").population, load_scenario(file).population
    assert moving.renters_moved_share == 2 * town.renters_moved_share
    assert moving.owners_moved_share == 2 * town.owners_moved_share
    assert moving.groups == town.groups
