import numpy as np
import pyarrow as pa
import pytest

from simulator.randomness import Stream
from simulator.sources.details import event_areas, event_kinds, journeys

KEYS = np.arange(4000)
STREAM = Stream(2, "demo")


def column(value):
    return pa.array([value] * len(KEYS), pa.large_string())


def test_an_event_is_near_home_or_near_work():
    areas = event_areas(column("A1"), column("B2"), KEYS, STREAM).to_pylist()
    assert set(areas) == {"A1", "B2"}
    assert areas.count("B2") / len(areas) == pytest.approx(0.3, abs=0.03)
    assert set(event_areas(column("A1"), column(None), KEYS, STREAM).to_pylist()) == {"A1"}


def test_kinds_are_drawn_by_their_shares_and_may_be_none():
    kinds = event_kinds({"stop": 0.2, "booking": 0.8, "never": 0.0}, KEYS, STREAM).to_pylist()
    assert kinds.count("stop") / len(kinds) == pytest.approx(0.2, abs=0.03)
    assert "never" not in kinds
    assert event_kinds({}, KEYS, STREAM).null_count == len(KEYS)


def test_those_born_abroad_often_go_back_and_the_others_go_anywhere():
    back = journeys(column("Mexico"), KEYS, STREAM).to_pylist()
    assert back.count("Mexico") / len(back) == pytest.approx(0.52, abs=0.04)
    anywhere = journeys(column("Texas"), KEYS, STREAM).to_pylist()
    assert "Texas" not in anywhere
    assert anywhere.count("Mexico") / len(anywhere) < 0.1
    assert None not in journeys(column(None), KEYS, STREAM).to_pylist()
