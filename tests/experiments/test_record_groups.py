from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from simulator.experiments.record_groups import MOST_APART, gathered_fields, record_groups
from simulator.scenario import load_scenario
from simulator.tables import text

PLATE = "X124NEP"


def result(scenario, **records):
    """Return as much of a result as records are told from."""
    return SimpleNamespace(scenario=scenario, collected=SimpleNamespace(records=dict(records)))


def frame(areas):
    index = pd.Index(range(10, 10 + len(areas)), name="record_id")
    return pd.DataFrame(
        {
            "seen_area": text(areas),
            "plate": text([PLATE] * len(areas)),
            "record_date": text(["2026-01-01"] * len(areas)),
        },
        index=index,
    )


def rows(source, numbers, **flags):
    told = {"whose": "own", "states_name": False, "in_dossier": True, "is_new": True} | flags
    return pd.DataFrame({"record_id": numbers, "source": source, **told})


@pytest.fixture(scope="module")
def modern():
    return load_scenario("modern")


def test_a_few_are_told_one_by_one_as_they_are_written(modern):
    seen = frame(["D2", "C4", None])
    groups = list(record_groups(result(modern, drones=seen), rows("drones", seen.index)))
    assert [group.count for group in groups] == [1] * MOST_APART
    assert [dict(group.fields) for group in groups] == [
        {"seen_area": "D2", "plate": PLATE},
        {"seen_area": "C4", "plate": PLATE},
        {"plate": PLATE},
    ]
    assert groups[0].record == {
        "whose": "own", "states_name": False, "in_dossier": True, "is_new": True,
    }  # fmt: skip


def test_many_of_one_kind_are_told_as_one(modern):
    seen = frame(["D2", "C4", "D2", "D2", "A1", "B1"])
    (group,) = record_groups(result(modern, drones=seen), rows("drones", seen.index))
    assert (group.source, group.count) == ("drones", 6)
    assert group.fields == {"seen_area": "D2 (3), C4 (1), A1 (1) and 1 other", "plate": PLATE}


def test_records_that_differ_in_kind_stay_apart(modern):
    """A stranger's record is never counted among one's own, nor one list's among another's."""
    seen = frame(["D2"] * 9)
    records = pd.concat(
        [
            rows("drones", range(10, 14)),
            rows("drones", range(14, 18), whose="stranger"),
            rows("police", [18]),
        ]
    )
    groups = list(record_groups(result(modern, drones=seen, police=seen), records))
    assert [(g.source, g.record["whose"], g.count) for g in groups] == [
        ("drones", "own", 4),
        ("drones", "stranger", 4),
        ("police", "own", 1),
    ]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("drones", "sighting"),
        ("plate_readers", "record"),  # all readings of a plate are one record
        ("police", "event"),
        ("employment", "job"),
        ("dmv", "record"),
    ],
)
def test_they_are_counted_as_what_they_are(modern, source, word):
    seen = frame(["D2"])
    (group,) = record_groups(result(modern, **{source: seen}), rows(source, seen.index))
    assert group.counted == (word, f"{word}s")


def test_a_cell_that_some_lack_is_told_of_the_others():
    assert gathered_fields([{"phone": "1"}, {}, {"phone": "1"}, {"email": "a@x"}]) == {
        "phone": "1",
        "email": "a@x",
    }


def test_two_others_are_others():
    said = gathered_fields([{"city": name} for name in "AABCDE"])
    assert said == {"city": "A (2), B (1), C (1) and 2 others"}
