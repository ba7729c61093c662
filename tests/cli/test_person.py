from __future__ import annotations

import pytest

from simulator.cli.main import main


def test_a_persons_file_assembles_step_by_step(capsys):
    assert main(["person", "town", "most", "--people", "200"]) == 0
    printed = capsys.readouterr().out
    assert "synthetic" in printed
    assert "4. + Driver's licences" in printed
    assert "Why were these joined?" in printed


@pytest.mark.parametrize(
    "typed",
    [
        ("town", "typical", "--people", "60"),
        ("town", "--people", "60", "typical"),
        ("--people", "60", "town", "typical"),
    ],
)
def test_options_may_stand_before_between_and_after_the_words(typed, capsys):
    assert main(["person", *typed]) == 0
    assert "synthetic" in capsys.readouterr().out


def test_an_unknown_person_is_one_line_with_the_mend(capsys):
    assert main(["person", "town", "999999999999", "--people", "100"]) == 2
    error = capsys.readouterr().err.strip()
    assert "\n" not in error
    assert "999999999999" in error


def test_certainty_says_how_far_off_the_stated_probabilities_are(capsys):
    assert main(["certainty", "town", "--seeds", "1", "--people", "800"]) == 0
    printed = capsys.readouterr().out
    assert "Stated against true" in printed
    assert "in 100 on average" in printed
