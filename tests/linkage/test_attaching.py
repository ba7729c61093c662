"""Events in a life (jobs, contacts, sightings): any number attach to a person, none joins two."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import cluster, joining_links, learn, link
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import COMPARISONS, comparisons_for
from simulator.linkage.fields import standardise
from simulator.linkage.pairs import candidate_pairs
from tests.linkage.frames import frame, invented
from tests.linkage.test_clusters import groups, links_of, records_of


def test_events_join_their_best_person_and_never_two_persons():
    pairs = [("a0", "c0", 9.0), ("b0", "c0", 8.0), ("a0", "c1", 7.0), ("a1", "c2", 5.0)]
    found = groups(cluster(links_of(pairs), records_of(), attaching=["c"]))
    assert {"a0", "c0", "c1"} in found
    assert {"b0"} in found, "an event that fits two people must not make them one"
    assert {"a1", "c2"} in found


def test_the_links_that_attached_are_among_those_that_joined():
    links = links_of([("a0", "b0", 9.0), ("a0", "c0", 9.0), ("b0", "c0", 8.0), ("b0", "c1", 8.0)])
    used = joining_links(links, records_of(), attaching=["c"])
    assert used["record_id_r"].tolist() == ["b0", "c0", "c1"]


def test_events_are_compared_with_persons_only():
    frames = invented(40, ("a", "b", "c"))
    table = standardise(frames, attaching=["b", "c"])
    assert table.pair_types == [(0, 1), (0, 2)]
    blocks = block(table, rules_for(table))
    kinds = {
        (int(table.source[i]), int(table.source[j]))
        for _, left, right in candidate_pairs(table, blocks, 100)
        for i, j in zip(left, right, strict=True)
    }
    assert kinds == {(0, 1), (0, 2)}


def test_a_person_with_many_events_keeps_them_all():
    people = invented(200, ("a",))["a"]
    again = pd.concat([people] * 3)
    again.index = pd.Index([f"e{row}" for row in range(600)], name="record_id")
    records = {"a": people, "e": again}
    membership = cluster(link(records, attaching=["e"]), records, attaching=["e"])
    together = membership.loc[again.index].to_numpy().reshape(3, 200)
    own = membership.loc[people.index].to_numpy()
    assert (together == own).mean() > 0.95


def test_a_source_cannot_be_both_of_persons_and_of_events():
    with pytest.raises(ValueError, match="not both: a"):
        standardise(invented(5), ["a"], ["a"])


def squares(rows: dict[str, tuple[str | None, ...]], *names: str) -> pd.DataFrame:
    return frame({key: dict(zip(names, row, strict=True)) for key, row in rows.items()})


def test_the_squares_of_night_and_day_are_read_unless_something_more_exact_is():
    track = squares({"t": ("B2", "C3")}, "home_area", "work_area")
    person = squares(
        {
            "both": ("B2", "C3", None, None),
            "night": ("B2", "A1", None, None),
            "day": ("A1", "C3", None, None),
            "none": ("A1", "A1", None, None),
            "unknown": (None, None, None, None),
        },
        *("home_area", "work_area", "zip_code", "employer"),
    )
    table = standardise({"p": person, "t": track}, attaching=["t"])
    (routine,) = (c for c in COMPARISONS if c.name == "routine")
    left, right = np.arange(5), np.full(5, 5)
    assert routine.compare(table, left, right).tolist() == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("finer", "one", "other"),
    [("zip_code", "00101", "00102"), ("street_address", "1 Oak Street", "7 Elm Street")],
)
def test_where_two_records_say_more_exactly_where_they_are_squares_do_not_count(finer, one, other):
    exact = squares({"x": ("B2", one), "y": ("C3", other)}, "home_area", finer)
    table = standardise({"p": exact.iloc[:1], "q": exact.iloc[1:]})
    (routine,) = (c for c in COMPARISONS if c.name == "routine")
    assert routine.compare(table, np.array([0]), np.array([1])).tolist() == [0]


def test_a_bare_token_speaks_for_itself_but_not_against_names():
    named = {"first_name": "Ann", "last_name": "Lee", "phone": "555-0100"}
    other = {"first_name": "Bob", "last_name": "Poe", "phone": "555-0100"}
    bare = {"phone": "555-0100"}
    records = {
        "a": frame({"a0": named, **{f"a{k}": {"phone": f"555-01{k:02}"} for k in range(1, 90)}}),
        "b": frame({"b0": other, "b1": bare}),
    }
    learnt = learn(records)
    found = learnt.links.set_index(["record_id_l", "record_id_r"])["match_probability"]
    assert ("a0", "b0") not in found.index
    assert ("a0", "b1") in found.index


def test_last_four_digits_are_read_off_whole_ids():
    whole = frame({"a": {"national_id": "900-11-0042", "last_name": "Lee"}})
    cut = frame({"b": {"national_id_last4": "0042", "last_name": "Lee"}})
    table = standardise({"w": whole, "c": cut})
    comparisons = [c for c in comparisons_for(table) if c.name == "national_id_last4"]
    assert comparisons[0].compare(table, np.array([0]), np.array([1])).tolist() == [2]
    both = standardise({"w": whole, "c": whole.rename(index={"a": "b"}), "d": cut.iloc[:0]})
    assert all(c.name != "national_id_last4" for c in comparisons_for(both))
