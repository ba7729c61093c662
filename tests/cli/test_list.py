from simulator.cli.main import main


def test_scenarios_are_listed_with_title_and_purpose(capsys):
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    title = next(i for i, line in enumerate(lines) if line.split("  ")[0] == "town")
    assert lines[title].endswith("A town of 5,000")
    assert "Four everyday lists about an invented town." in lines[title + 1]
    assert max(map(len, lines)) <= 88
