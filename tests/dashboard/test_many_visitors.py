"""What is kept for all visitors answers all of them, also when they ask at one time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pandas as pd
import pytest

from simulator.dashboard.many_visitors import kept_for_all, ready
from simulator.tables import Collected

VISITORS, LABELS = 4, 50_000


def frame():
    """Return records in order, which an index can tell to be distinct without numbering them."""
    numbers = np.arange(LABELS)
    records = pd.DataFrame({"value": numbers}, index=pd.Index(numbers))
    assert records.index.is_monotonic_increasing
    return records


def collected(records):
    return Collected(records={"dmv": records}, truth=records, sightings={})


@pytest.mark.parametrize(
    ("held_in", "found"),
    [
        (lambda one: one, lambda all_: all_),
        (lambda one: one["value"], lambda all_: all_),
        (lambda one: ({"town": [one]},), lambda all_: all_[0]["town"][0]),
        (collected, lambda all_: all_.records["dmv"]),
    ],
)
def test_all_visitors_find_every_label_at_one_time(held_in, found):
    for _ in range(20):
        index = found(ready(held_in(frame()))).index
        together = Barrier(VISITORS)

        def ask(_, index=index, together=together):
            together.wait()
            return index.get_indexer(pd.Index([LABELS - 1, 0, -1])).tolist()

        with ThreadPoolExecutor(VISITORS) as visitors:
            answers = list(visitors.map(ask, range(VISITORS)))
        assert answers == [[LABELS - 1, 0, -1]] * VISITORS


def test_what_holds_itself_is_gone_through_once():
    circle = [frame()]
    circle.append(circle)
    assert ready(circle) is circle


def test_a_value_is_computed_once_whoever_asks():
    computed = []

    @kept_for_all(2)
    def squared(number, _asked_by):
        computed.append(number)
        return number**2

    assert [squared(3, "one"), squared(3, object()), squared(4, "one")] == [9, 9, 16]
    assert computed == [3, 4]
