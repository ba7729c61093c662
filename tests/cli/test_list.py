from simulator.cli.main import main
from simulator.scenario import packaged_policies


def test_scenarios_are_listed_with_title_and_purpose(capsys):
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    title = next(i for i, line in enumerate(lines) if line.split("  ")[0] == "town")
    assert lines[title].endswith("A town of 5,000")
    assert "Four everyday lists about an invented town." in lines[title + 1]
    assert max(map(len, lines)) <= 88


def test_policies_are_listed_with_their_titles(capsys):
    main(["list"])
    listed = capsys.readouterr().out.partition("with --overlay:\n")[2].splitlines()
    assert [line.split("  ")[0] for line in listed] == [found.name for found in packaged_policies()]
    assert [line.rpartition("  ")[2] for line in listed] == [
        found.title for found in packaged_policies()
    ]
