import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.sources.cells import example_cells
from simulator.sources.value_noise import (
    default_birth_date,
    month_day_swap,
    names_swapped,
    nickname,
    surname_dropped,
    truncated,
)


def test_nickname_changes_the_first_word_only():
    values = ["Robert Ruiz Vega", "Mary Stone", "Ana", "William"]
    cells = example_cells(values, "name", nickname=["Bob", "Mary", None, "Bill"])
    assert nickname(cells).to_pylist() == ["Bob Ruiz Vega", "Mary Stone", "Ana", "Bill"]


def test_one_of_two_surnames_goes_each_as_often():
    count = 4000
    cells = example_cells(["Ruiz Vega"] * count, "name", last_name=["Ruiz Vega"] * count)
    kept = surname_dropped(cells).to_pylist()
    assert set(kept) == {"Ruiz", "Vega"}
    assert kept.count("Ruiz") / count == pytest.approx(0.5, abs=0.04)


def test_a_single_surname_and_a_second_first_name_stay():
    values = ["Mary Ann Stone", "Mary Ann Ruiz Vega", "Stone"]
    cells = example_cells(values, "name", last_name=["Stone", "Ruiz Vega", "Stone"])
    one, two, three = surname_dropped(cells).to_pylist()
    assert (one, three) == ("Mary Ann Stone", "Stone")
    assert two in {"Mary Ann Ruiz", "Mary Ann Vega"}


def test_nickname_changes_the_last_word_where_the_family_name_stands_first():
    values = ["Ruiz Vega Robert", "Stone Mary", "Ana", "Quill William"]
    nicknames = ["Bob", "Mary", None, "Bill"]
    cells = example_cells(values, "name", family_name_first=True, nickname=nicknames)
    assert nickname(cells).to_pylist() == ["Ruiz Vega Bob", "Stone Mary", "Ana", "Quill Bill"]


def test_a_dropped_surname_is_never_the_given_name():
    count = 4000
    kept = {}
    for family_name_first, whole in ((False, "Ana Ruiz Vega"), (True, "Ruiz Vega Ana")):
        cells = example_cells(
            [whole] * count,
            "name",
            family_name_first=family_name_first,
            last_name=["Ruiz Vega"] * count,
        )
        kept[family_name_first] = surname_dropped(cells).to_pylist()
    assert set(kept[True]) == {"Ruiz Ana", "Vega Ana"}
    assert [name.replace("Ana", "").strip() for name in kept[True]] == [
        name.replace("Ana", "").strip() for name in kept[False]
    ]


def test_a_single_surname_that_stands_first_stays():
    cells = example_cells(
        ["Stone Mary", "Stone"], "name", family_name_first=True, last_name=["Stone", "Stone"]
    )
    assert surname_dropped(cells).to_pylist() == ["Stone Mary", "Stone"]


@given(st.dates())
def test_month_and_day_swap_where_the_day_could_be_a_month(day):
    full, short = f"{day:%Y-%m-%d}".rjust(10, "0"), f"{day:%m-%d}"
    swapped = month_day_swap(example_cells([full, short], "date")).to_pylist()
    if day.day <= 12:
        assert swapped == [f"{full[:4]}-{day:%d-%m}", f"{day:%d-%m}"]
    else:
        assert swapped == [full, short]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5), st.booleans())
def test_any_text_is_taken(texts, family_name_first):
    cells = example_cells(
        texts, "name", family_name_first=family_name_first, nickname=texts, last_name=texts
    )
    for function in (
        nickname, surname_dropped, month_day_swap, names_swapped, default_birth_date, truncated,
    ):  # fmt: skip
        assert len(function(cells).to_pylist()) == len(texts)


def test_names_are_exchanged_whichever_stands_first():
    for family_name_first, whole in ((False, "Ana Ruiz Vega"), (True, "Ruiz Vega Ana")):
        cells = example_cells([whole, "Ana"], "name", family_name_first=family_name_first)
        swapped = {"Ana Ruiz Vega": "Ruiz Vega Ana", "Ruiz Vega Ana": "Ana Ruiz Vega"}[whole]
        assert names_swapped(cells).to_pylist() == [swapped, "Ana"]


@given(st.dates())
def test_a_default_birth_date_keeps_the_year(day):
    full, short = f"{day:%Y-%m-%d}".rjust(10, "0"), f"{day:%m-%d}"
    said = default_birth_date(example_cells([full, short], "date")).to_pylist()
    assert said == [f"{full[:4]}-01-01", "01-01"]


@given(st.text("ab Ö-李", min_size=2, max_size=40))
def test_what_is_cut_short_begins_alike_and_is_never_empty(text):
    (cut,) = truncated(example_cells([text], "text")).to_pylist()
    assert cut
    assert text.startswith(cut)
    assert len(cut) < len(text) or text[0] == " "


def test_between_six_and_nine_tenths_are_kept():
    kept = [len(one) for one in truncated(example_cells(["abcdefghij"] * 3000, "text")).to_pylist()]
    assert {length: round(kept.count(length) / 3000, 1) for length in set(kept)} == {
        6: 0.3, 7: 0.3, 8: 0.3,
    }  # fmt: skip
