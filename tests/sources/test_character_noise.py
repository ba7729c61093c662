from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.sources.cells import example_cells
from simulator.sources.character_noise import keyboard, transposed, typing, wrong_digit

TEXTS = st.lists(st.text(min_size=1, max_size=15), min_size=1, max_size=10)
SHARES = st.floats(0, 1)


def changed(function, texts, kind="name", characters_share=0.1):
    cells = example_cells(texts, kind)
    return function(replace(cells, characters_share=characters_share)).to_pylist()


def distance(one, other):
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_neighbours_are_mutual_and_keep_case_and_digits():
    neighbours, counts = keyboard()
    near = {
        chr(code): {chr(other) for other in neighbours[code, : counts[code]]}
        for code in np.flatnonzero(counts)
    }
    assert len(near) == 26 + 26 + 10
    for character, others in near.items():
        assert character not in others
        for other in others:
            assert character in near[other]
            assert character.isdigit() == other.isdigit()
            assert character.isupper() == other.isupper()


@given(TEXTS, SHARES)
def test_transposed_keeps_every_character(texts, share):
    for before, after in zip(texts, changed(transposed, texts, "name", share), strict=True):
        assert Counter(before) == Counter(after)


@given(TEXTS, SHARES)
def test_typing_never_empties_and_changes_only_what_has_a_key(texts, share):
    for before, after in zip(texts, changed(typing, texts, "name", share), strict=True):
        assert after
        others = [one for one in before if not (one.isascii() and one.isalnum())]
        assert [one for one in after if not (one.isascii() and one.isalnum())] == others


@given(st.dates().map(str), SHARES)
def test_dates_keep_their_form(day, share):
    for function in (typing, transposed, wrong_digit):
        (after,) = changed(function, [day], "date", share)
        assert len(after) == 10
        assert (after[4], after[7]) == ("-", "-")
        assert after.replace("-", "").isdigit()


def test_typing_changes_one_digit_in_ten_and_at_least_one():
    before = ["5551234567"] * 500
    after = changed(typing, before, "digits")
    assert {distance("5551234567", one) for one in after} == {1}
    after = changed(typing, before, "digits", 0.5)
    assert {distance("5551234567", one) for one in after} == {5}


def test_typing_mostly_replaces_and_also_omits_and_doubles():
    lengths = Counter(len(one) for one in changed(typing, ["Lindqvist"] * 5000))
    assert set(lengths) == {8, 9, 10}
    # the first of nine characters is never left out: 0.1 x 8 / 9
    assert lengths[8] / 5000 == pytest.approx(0.1 * 8 / 9, abs=0.02)
    assert lengths[10] / 5000 == pytest.approx(0.1, abs=0.02)


def test_typing_hits_every_place_equally_often():
    hits = Counter(
        next(place for place in range(8) if after[place] != "12345678"[place])
        for after in changed(typing, ["12345678"] * 8000, "digits")
    )
    assert all(abs(hits[place] - 1000) < 150 for place in range(8))


def test_transposed_exchanges_a_tenth_of_the_characters():
    text = "abcdefghijklmnopqrst"  # 20 characters: one pair at 10 %, ten pairs at most
    assert {distance(text, one) for one in changed(transposed, [text] * 200)} == {2}
    thorough = [distance(text, one) for one in changed(transposed, [text] * 200, "name", 1.0)]
    assert min(thorough) >= 6


def test_a_wrong_digit_is_any_other_and_only_digits_change():
    after = changed(wrong_digit, ["7 Elm Street"] * 9000, "text")
    counts = Counter(one[0] for one in after)
    assert set(counts) == set("012345689")
    assert all(abs(count - 1000) < 150 for count in counts.values())
    assert {one[1:] for one in after} == {" Elm Street"}


def test_wrong_digits_make_up_a_tenth_and_at_least_one():
    assert {distance("5551234567", one) for one in changed(wrong_digit, ["5551234567"] * 99)} == {1}
    thorough = changed(wrong_digit, ["5551234567"] * 99, "digits", 0.5)
    assert {distance("5551234567", one) for one in thorough} == {5}


@given(TEXTS, SHARES)
def test_wrong_digit_takes_any_text(texts, share):
    for before, after in zip(texts, changed(wrong_digit, texts, "text", share), strict=True):
        assert len(before) == len(after)


def test_nothing_to_change_is_left_alone():
    assert changed(typing, ["李明", "- -", "No number"], "digits") == ["李明", "- -", "No number"]
    assert changed(transposed, ["a", "bbb", "x y"]) == ["a", "bbb", "x y"]


def test_a_cell_does_not_depend_on_the_cells_beside_it():
    cells = example_cells(["Robert", "Elizabeth Marsh"], "name")
    alone = replace(cells, values=pa.array(["Robert"], pa.large_string()), keys=cells.keys[:1])
    for function in (typing, transposed, wrong_digit):
        assert function(alone).to_pylist()[0] == function(cells).to_pylist()[0]
