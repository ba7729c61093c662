from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.sources.cells import example_cells
from simulator.sources.confusion_noise import ocr, ocr_confusions, phonetic, phonetic_swaps

TEXTS = st.lists(st.text(min_size=1, max_size=15), min_size=1, max_size=6)


def changed(function, texts, kind="name", characters_share=0.1):
    cells = example_cells(texts, kind)
    return function(replace(cells, characters_share=characters_share)).to_pylist()


@pytest.mark.parametrize(
    "table", [ocr_confusions(digits_only=False), ocr_confusions(digits_only=True), phonetic_swaps()]
)
def test_every_confusion_changes_something_and_stands_once(table):
    assert len(set(table)) == len(table)
    for confusion in table:
        assert confusion.written
        assert confusion.taken_for
        assert confusion.written != confusion.taken_for
        assert confusion.place in {"any", "start", "end"}


def test_what_a_scanner_confuses():
    pairs = {(one.written, one.taken_for) for one in ocr_confusions(digits_only=False)}
    for written, read in ("0O", "1l", "1I", "5S", "8B"):
        assert {(written, read), (read, written)} <= pairs
    assert {("rn", "m"), ("m", "rn"), ("cl", "d")} <= pairs
    digits = ocr_confusions(digits_only=True)
    assert digits
    assert all(one.written.isdigit() and one.taken_for.isdigit() for one in digits)


def test_several_readings_are_equally_likely():
    read = changed(ocr, ["I"] * 3000)
    assert set(read) == {"1", "l"}
    assert read.count("l") / 3000 == pytest.approx(0.5, abs=0.04)


@given(st.dates().map(str), st.floats(0, 1))
def test_a_scanned_date_keeps_its_form(day, share):
    (read,) = changed(ocr, [day], "date", share)
    assert len(read) == 10
    assert (read[4], read[7]) == ("-", "-")
    assert read.replace("-", "").isdigit()


@given(TEXTS, st.floats(0, 1))
def test_any_text_is_taken_and_none_becomes_empty(texts, share):
    for function in (ocr, phonetic):
        after = changed(function, texts, "name", share)
        assert len(after) == len(texts)
        assert all(after)


def test_a_sound_is_swapped_only_at_its_place_in_a_word():
    # kn for n and k for c at the start, nowhere else
    assert set(changed(phonetic, ["Kno"] * 200)) == {"No", "Cno"}
    assert changed(phonetic, ["Bokno"]) == ["Bokno"]
    assert set(changed(phonetic, ["Bo Wro", "Bo-Wro"])) == {"Bo Ro", "Bo-Ro"}
    # ie for y at the end only
    assert {"Bobbie", "Bobbi"} <= set(changed(phonetic, ["Bobby"] * 200))
    assert changed(phonetic, ["Byob"]) == ["Biob"]


def test_many_places_of_one_word_change_where_the_share_is_high():
    assert changed(ocr, ["555"], "digits", 1.0) == ["666"]
    # the second of two overlapping places is left alone
    assert set(changed(ocr, ["rnrn"] * 50, "name", 0.25)) <= {"mrn", "rnm", "rhrn", "rnrh"}


def test_a_cell_does_not_depend_on_the_cells_beside_it():
    texts = ["Philipp Quackenbush", "Christopher"]
    for function in (ocr, phonetic):
        assert changed(function, texts)[0] == changed(function, texts[:1])[0]
