import numpy as np
import pyarrow as pa
import pytest

from simulator.randomness import Stream
from simulator.sources.display_names import display_names

COUNT = 4000
SHARES = {"legal": 0.4, "nickname_and_surname": 0.25, "nickname": 0.2, "invented": 0.15}


def names(styles, count=COUNT, last="Stone", family_name_first=False):
    first, nickname, surname = (
        pa.array([name] * count, pa.large_string()) for name in ("Robert", "Bob", last)
    )
    return display_names(
        first=first,
        nickname=nickname,
        last=surname,
        family_name_first=np.full(count, family_name_first),
        styles=styles,
        keys=np.arange(count, dtype=np.uint64),
        stream=Stream(5, "profiles/display_name"),
    ).to_pylist()


def style_of(name):
    known = {
        "Robert Stone": "legal",
        "Bob Stone": "nickname_and_surname",
        "Bob": "nickname",
        "Bob S.": "nickname",
    }
    return known.get(name, "invented")


def test_styles_come_at_their_shares():
    styles = [style_of(name) for name in names(SHARES)]
    for style, share in SHARES.items():
        assert styles.count(style) / COUNT == pytest.approx(share, abs=0.03)


def test_a_nickname_stands_alone_or_with_an_initial():
    shown = names({"nickname": 1.0})
    assert set(shown) == {"Bob", "Bob S."}
    assert shown.count("Bob") / COUNT == pytest.approx(0.5, abs=0.04)


def test_invented_names_hold_nothing_of_the_name():
    shown = names({"invented": 1.0})
    words = {word for name in shown for word in name.split()}
    assert words.isdisjoint({"Robert", "Bob", "Stone"})
    assert len(set(shown)) > COUNT / 2
    assert all(len(name.split()) in (2, 3) for name in shown)


def test_without_styles_everyone_shows_the_legal_name():
    assert set(names({}, count=50)) == {"Robert Stone"}


def test_a_name_missing_its_surname_stays_missing_or_a_nickname():
    shown = names({"legal": 0.5, "nickname": 0.5}, last=None)
    assert set(shown) == {None, "Bob"}


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("legal", {"Stone Robert"}),
        ("nickname_and_surname", {"Stone Bob"}),
        ("nickname", {"Bob", "Bob S."}),
    ],
)
def test_a_family_name_that_goes_first_does_so_where_it_is_written_out(style, shown):
    assert set(names({style: 1.0}, count=50, family_name_first=True)) == shown


def test_the_order_of_names_changes_no_invented_name():
    assert names({"invented": 1.0}) == names({"invented": 1.0}, family_name_first=True)
