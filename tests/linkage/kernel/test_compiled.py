"""The compiled functions beside rapidfuzz, on whatever texts there may be."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.linkage.dates import digit_matrix
from simulator.linkage.encoding import encode, in_order
from simulator.linkage.kernel.compiled import (
    date_level,
    is_one_edit,
    jaro_winkler_level,
    may_be_one_edit,
    most_alike,
)
from simulator.linkage.kernel.layout import in_words, lay_out_texts
from simulator.linkage.levels import CLOSE, EXACTLY, SIMILAR, date_levels
from simulator.linkage.record_table import RecordTable
from simulator.linkage.similarity import jaro_winkler, one_edit

WORDS = st.text("abcdeé王 -", min_size=1, max_size=12)
TEXTS = st.lists(WORDS | st.text(min_size=1, max_size=40), min_size=2, max_size=8, unique=True)


def laid_out(values):
    column = in_order(encode(pa.array(values, pa.large_string())))
    nobody = np.zeros(0, dtype=np.int16)
    table = RecordTable(("a",), nobody, nobody, {"given": column}, frozenset())
    return column, lay_out_texts(table, ["given"], ["given"])


def levels_of(column, texts):
    """Return both ways' levels of all pairs of different values, in both orders."""
    one, other = np.nonzero(~np.eye(column.size, dtype=np.bool_))
    alike = jaro_winkler(column, one.astype(np.int32), other.astype(np.int32), SIMILAR)
    expected = (alike > 0).astype(int) + (alike >= CLOSE - EXACTLY)
    used = np.zeros((2, 64), dtype=np.bool_)
    found = [
        jaro_winkler_level(texts.gist, texts.letters, a, b, used)
        for a, b in zip(one, other, strict=True)
    ]
    return found, expected.tolist()


@given(TEXTS)
def test_names_are_as_alike_as_rapidfuzz_finds_them(values):
    found, expected = levels_of(*laid_out(values))
    assert found == expected


@given(TEXTS | st.lists(st.text("ab\U00010061\U00020061", min_size=1), min_size=2, unique=True))
def test_no_two_texts_are_more_alike_than_their_gist_lets_them_be(values):
    column, texts = laid_out(values)
    one, other = np.nonzero(~np.eye(column.size, dtype=np.bool_))
    alike = jaro_winkler(column, one.astype(np.int32), other.astype(np.int32), SIMILAR)
    bounds = np.array([most_alike(texts.gist, a, b) for a, b in zip(one, other, strict=True)])
    assert (alike <= bounds + EXACTLY).all()


def test_unlike_texts_are_told_apart_by_their_gist():
    _, texts = laid_out(["martinez", "oconnor"])
    assert most_alike(texts.gist, 0, 1) < SIMILAR


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [("martha", "marhta", 2), ("dwayne", "duane", 1), ("smith", "jones", 0), ("a", "b", 0)],
)
def test_the_textbook_pairs(one, other, level):  # Winkler 1990: 0.961, 0.840
    found, _ = levels_of(*laid_out([one, other]))
    assert found == [level, level]


@given(st.lists(st.text("0123", max_size=6).filter(bool), min_size=2, max_size=8, unique=True))
def test_one_edit_is_what_rapidfuzz_calls_it(values):
    column, texts = laid_out(values)
    one, other = np.nonzero(~np.eye(column.size, dtype=np.bool_))
    found = [
        bool(is_one_edit(texts.gist, texts.letters, a, b)) for a, b in zip(one, other, strict=True)
    ]
    assert found == one_edit(column, one.astype(np.int32), other.astype(np.int32)).tolist()
    possible = [may_be_one_edit(texts.gist, a, b) for a, b in zip(one, other, strict=True)]
    assert all(may for may, is_one in zip(possible, found, strict=True) if is_one)


@pytest.mark.parametrize(
    ("other", "possible"),
    [
        ("5550123", True),  # two neighbours swapped: the same digits
        ("5550137", True),  # one digit for another
        ("555013", True),
        ("5550879", False),
        ("55501", False),
    ],
)
def test_the_gist_tells_most_numbers_apart(other, possible):
    column, texts = laid_out(["5550132", other])
    one, two = (column.values.index(value).as_py() for value in ("5550132", other))
    assert may_be_one_edit(texts.gist, one, two) == possible


def test_digits_of_dates_are_their_characters():
    column, _ = laid_out(["19850307", "1985037"])
    assert digit_matrix(column)[0, 1] == 0
    assert bytes(digit_matrix(column)[:, 0]) == b"19850307"


@given(st.lists(st.text("0123", min_size=8, max_size=8), min_size=2, max_size=8, unique=True))
def test_dates_in_words_are_as_alike_as_dates_in_digits(values):
    column, _ = laid_out(values)
    one, other = np.nonzero(~np.eye(column.size, dtype=np.bool_))
    digits, words = digit_matrix(column), in_words(digit_matrix(column))
    found = [date_level(words[a], words[b]) for a, b in zip(one, other, strict=True)]
    assert found == date_levels(digits[:, one], digits[:, other]).tolist()


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("19850307", "19850308", 3),  # one digit
        ("19850307", "19580307", 3),  # neighbours swapped
        ("19850307", "19850703", 3),  # month and day swapped
        ("19850307", "19851214", 2),  # the year
        ("19850307", "20010307", 2),  # the day
        ("19850307", "20011214", 1),
        ("19850307", "19950317", 1),  # two digits, no neighbours
    ],
)
def test_slips_in_dates(one, other, level):
    column, _ = laid_out([one, other])
    words = in_words(digit_matrix(column))
    assert date_level(words[0], words[1]) == date_level(words[1], words[0]) == level
