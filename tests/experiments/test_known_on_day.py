"""What is known on a day, on records made by hand."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.known_on_day import date_records, day_of_window, first_day
from simulator.tables import Collected, text

HAUNTS = {
    "chapel": SimpleNamespace(fact="worship", value="Chapel"),
    "temple": SimpleNamespace(fact="worship", value="Temple"),
    "gym": SimpleNamespace(fact=None, value=None),
}
KINDS = {"voter": "person", "police": "event", "readers": "sighting"}


@pytest.fixture
def scenario():
    return SimpleNamespace(
        as_of=dt.date(2026, 1, 1),
        observation_days=10,
        haunts=HAUNTS,
        sensitive_facts={"worship": None},
        sources={name: SimpleNamespace(record_of=kind) for name, kind in KINDS.items()},
    )


@pytest.fixture
def collected():
    dates = {"voter": [(1, "2025-12-30")], "police": [(2, "2025-06-01"), (3, "2025-12-25")]}
    records = {
        name: pd.DataFrame(
            {"record_date": text([day for _, day in rows])}, index=[row for row, _ in rows]
        )
        for name, rows in dates.items()
    }
    # 10 states what it saw, 11 a value that nothing it saw states, 12 nothing at all
    records["readers"] = pd.DataFrame(
        {
            "plate": text(["P10", "P11", "P12"]),
            "home_area": text(["A1", "B2", None]),
            "worship": text(["Temple", "Masjid", None]),
            "record_date": text(["2025-12-31"] * 3),
        },
        index=[10, 11, 12],
    )
    rows = [
        # record, day of December, hour, square, haunt: day 1 is the 22nd
        (10, 23, 12, "A1", None),
        (10, 24, 12, "C3", "chapel"),
        (10, 25, 23, "A1", None),
        (10, 26, 12, "C3", "temple"),
        (11, 24, 12, "C3", "gym"),
        (11, 27, 12, "C3", "chapel"),
        (12, 31, 5, "A1", "gym"),
    ]
    seen = pd.DataFrame(
        {
            "record_id": [row[0] for row in rows],
            "seen_area": pd.Categorical([row[3] for row in rows]),
            "haunt": pd.Categorical([row[4] for row in rows], categories=list(HAUNTS)),
            "seen_at": pd.to_datetime(
                [f"2025-12-{day} {hour:02}:00" for _, day, hour, _, _ in rows]
            ).astype("datetime64[s]"),
        }
    )
    truth = pd.DataFrame({"record_id": [1, 2, 3, 10, 11, 12], "field": "*", "entity_id": 7})
    return Collected(records, truth, {"readers": seen})


def test_the_window_ends_the_day_before_everything_is_looked_at(scenario):
    assert first_day(scenario) == np.datetime64("2025-12-22")
    days = np.array(["2025-12-21", "2025-12-22", "2025-12-31"], dtype="datetime64[D]")
    assert day_of_window(scenario, days).tolist() == [0, 1, 10]


def test_every_record_and_what_a_track_states_has_its_day(scenario, collected):
    dated = date_records(scenario, collected)
    assert dated.records["voter"].tolist() == [0]  # refreshed within the window, on file before
    assert dated.records["police"].tolist() == [0, 4]
    assert dated.records["readers"].tolist() == [2, 3, 10]
    cells = dated.cells["readers"]
    # the square by night, and the temple, not the chapel; an error stands from the first of a kind
    assert cells.loc[10].to_dict() == {"worship": 5, "home_area": 4}
    assert cells.loc[11].to_dict() == {"worship": 6, "home_area": 3}


def test_a_day_holds_what_came_about_by_its_end(scenario, collected):
    dated = date_records(scenario, collected)
    before = dated.on(0)
    assert [len(frame) for frame in before.records.values()] == [1, 1, 0]
    assert before.truth["record_id"].tolist() == [1, 2]
    middle = dated.on(4).records["readers"]
    assert middle.index.tolist() == [10, 11]
    assert middle["home_area"].tolist() == ["A1", "B2"]
    assert middle["worship"].isna().all()
    assert middle["plate"].tolist() == ["P10", "P11"]


def test_the_last_day_holds_everything(scenario, collected):
    last = date_records(scenario, collected).on(10)
    for name, frame in collected.records.items():
        pd.testing.assert_frame_equal(last.records[name], frame)
    pd.testing.assert_frame_equal(last.truth, collected.truth)
