"""What the Story says on its page: the words of the page that stands alone."""

from __future__ import annotations

from simulator.report.story_wording import (
    GLOSSARY,
    PICTURE,
    big_sentence,
    guess_against_truth,
    interval_sentence,
    picture_in_words,
    question,
)

__all__ = [
    "GLOSSARY",
    "PICTURE",
    "big_sentence",
    "guess_against_truth",
    "interval_sentence",
    "picture_in_words",
    "question",
]
