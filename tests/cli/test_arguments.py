import pytest

from simulator.cli.main import main

COMMANDS = [
    ("run",),
    ("briefing", "--out", "page.html"),
    ("person",),
    ("certainty",),
    ("generate", "--out", "folder"),
    ("triage",),
    ("compare",),
    ("show",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_lays_overlays_over_its_scenario(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    overlay = tmp_path / "law.yaml"
    overlay.write_text(
        "overlay_version: 1\ntitle: A law\nabout: A test.\nchanges:\n  seed: many\n",
        encoding="utf-8",
    )
    name, *options = command
    assert main([name, "town", "--overlay", "law.yaml", *options]) == 2
    error = capsys.readouterr().err
    assert error.startswith("law.yaml:5:9 'seed' must be a whole number between 0 and")
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "option", "wrong"),
    [
        (["run", "town"], "--people", "6o0"),
        (["run", "town"], "--seed", "1.5"),
        (["compare", "town"], "--replicates/--seeds", "twenty"),
        (["triage", "town"], "--rounds", "5,000"),
        (["validate"], "--seed", ""),
        (["dashboard"], "--port", "x"),
    ],
)
def test_a_number_that_is_none_is_told_in_plain_words(command, option, wrong, capsys):
    assert main([*command, option.split("/")[0], wrong]) == 2
    name = command[0]
    assert capsys.readouterr().err == (
        f"mosaic {name}: argument {option}: must be a whole number, in digits alone (you wrote "
        f"{wrong}); see mosaic {name} --help\n"
    )


def test_a_share_that_is_no_number_is_told_in_plain_words(capsys):
    assert main(["spillover", "town", "--share", "a tenth"]) == 2
    assert capsys.readouterr().err == (
        "mosaic spillover: argument --share: must be a number such as 0.05 (you wrote a tenth); "
        "see mosaic spillover --help\n"
    )
