from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.blocking import block, rules_for
from simulator.linkage.engines.splink.columns import APART, FACE_PAIRS, record_columns
from simulator.linkage.fields import standardise
from tests.linkage.engines.every_column import every_column
from tests.linkage.frames import frame
from tests.linkage.test_faces import with_faces

if TYPE_CHECKING:
    import pandas as pd


def columns(records, **kinds) -> pd.DataFrame:
    table = standardise(records, **kinds)
    return record_columns(table, block(table, rules_for(table))).to_pandas()


def test_what_is_cut_out_of_texts():
    rows = {
        "1": {"first_name": "B", "last_name": "Garcia Lopez", "birth_date": "1985-03-07"},
        "2": {"first_name": "Bill", "last_name": "Lee", "birth_date": "198503"},
    }
    one, two = columns({"a": frame(rows)}).to_dict("records")
    assert (one["given_letter"], one["given_initial"]) == ("b", "b")
    assert (two["given_letter"], two["given_initial"]) == (None, "b")
    assert (one["surname_first"], one["surname_last"]) == ("garcia", "lopez")
    assert (two["surname_first"], two["surname_last"]) == ("lee", "lee")
    assert (one["date_year"], one["date_month_day"], one["date_day_month"]) == (
        "1985",
        "0307",
        "0703",
    )
    assert two["date_year"] is None
    assert one["given_families"] is None
    assert len(two["given_families"]) > 0


def test_names_pair_where_they_share_a_family_of_nicknames():
    names = frame({str(i): {"first_name": n} for i, n in enumerate(["William", "Bill", "Susan"])})
    will, bill, susan = (set(found) for found in columns({"a": names})["given_families"])
    assert will & bill
    assert not will & susan


def test_who_never_pairs_is_equal_in_one_column():
    records = {name: frame({f"{name}{i}": {"sex": "F"} for i in range(2)}) for name in "abcd"}
    apart = columns(records, duplicates={"b"}, attaching={"c", "d"})[APART].to_numpy()
    a, b, c, d = apart.reshape(4, 2)
    assert a[0] == a[1]
    assert c[0] == c[1] == d[0] == d[1]
    assert b[0] != b[1]
    assert len({*a, *b, *c}) == 4


def test_the_pairs_of_faces_are_those_of_search():
    table = standardise(with_faces(60))
    blocks = block(table, rules_for(table))
    lists = record_columns(table, blocks)[FACE_PAIRS].to_pylist()
    holders: dict[int, list[int]] = {}
    for row, pairs in enumerate(lists):
        for pair in pairs:
            holders.setdefault(pair, []).append(row)
    assert len(holders) > 30
    found = {tuple(rows) for rows in holders.values()}
    assert found == set(zip(*(rows.tolist() for rows in blocks.faces), strict=True))


def test_the_columns_are_there_whatever_the_records_hold():
    little = columns({"a": frame({"1": {"sex": "F"}})})
    much = columns(every_column(20))
    key = [name for name in much if name.startswith("key_")]
    assert set(little) - {"key_0"} == set(much) - set(key)
    assert np.all(little["given"].isna())
