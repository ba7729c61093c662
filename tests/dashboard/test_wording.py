from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.dashboard.wording import guess_against_truth, picture_in_words, question
from simulator.report.steps import growth_steps, source_labels
from tests.report import invented


@pytest.fixture(scope="module")
def steps():
    result = invented.result()
    return growth_steps(result.exposure, source_labels(result))


@pytest.mark.parametrize(
    ("guess", "verdict"),
    [(74, "spot on"), (80, "6 fewer than you guessed"), (0, "74 more than you guessed")],
)
def test_the_verdict(steps, guess, verdict):
    assert verdict in guess_against_truth(guess, steps[-1])


def test_the_picture_in_words_tells_only_what_is_drawn(steps):
    assert "empty" in picture_in_words(())
    said = picture_in_words(steps[1:3])
    assert "9 in 100 residents re-identified" in said
    assert "44" not in said


def test_one_list_is_one_list():
    assert "one list give" in question(1)[0].replace("gives", "give")


def test_the_words_follow_the_label(steps):
    renamed = replace(steps[1], label="Water bills")
    assert "1. Water bills" in picture_in_words([renamed])
