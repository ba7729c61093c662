import pytest

from simulator.cli.main import main


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ["run"],
            "the following arguments are required: SCENARIO; see mosaic run --help",
        ),
        (
            ["run", "town", "--poeple", "400"],
            "unrecognized arguments: --poeple 400. Did you mean --people?",
        ),
        (
            ["run", "town", "--wings"],
            "unrecognized arguments: --wings; see mosaic run --help",
        ),
        (
            ["run", "town", "city"],
            "unrecognized arguments: city; see mosaic run --help",
        ),
        (
            ["run", "town", "--people"],
            "argument --people: expected one argument; see mosaic run --help",
        ),
    ],
)
def test_what_is_mistyped_is_told_in_one_line(typed, said, capsys):
    assert main(typed) == 2
    assert capsys.readouterr() == ("", f"mosaic run: {said}\n")
