import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure import unicity as module
from simulator.exposure.unicity import Traces, blocks, unicity, unicity_by_points

NOON = np.datetime64("2025-06-01T12:00:00", "s")


def seen(*points):
    """Return sightings (entity, square, hours after noon)."""
    entity_id, area, hour = zip(*points, strict=True)
    return pd.DataFrame(
        {
            "entity_id": entity_id,
            "seen_area": pd.Categorical(area),
            "seen_at": NOON + np.array(hour).astype("timedelta64[h]").astype("timedelta64[s]"),
        }
    )


def walk(people, days=10, squares=6, seed=1):
    """Return people who are in a square drawn at random, three hours of each day."""
    rng = np.random.default_rng(seed)
    entity_id = np.repeat(np.arange(people), 3 * days)
    area = rng.choice([f"{column}{row}" for column in "ABC" for row in (1, 2)], len(entity_id))
    hour = np.tile(np.arange(days)[:, None] * 24 + np.array([0, 4, 8]), (people, 1, 1)).ravel()
    return seen(*zip(entity_id, area, hour, strict=True))


def test_traces_are_sets_of_points():
    traces = Traces.of(
        seen((5, "A1", 0), (5, "A1", 0), (9, "A1", 0), (9, "B1", 1)), squares=1, hours=1
    )
    assert traces.entity_id.tolist() == [5, 9]
    assert traces.sizes.tolist() == [1, 2]
    assert traces.trace.tolist() == [0, 1, 1]


def test_crowds_are_counted_one_point_after_another():
    traces = Traces.of(
        seen((1, "A1", 0), (1, "B1", 1), (1, "C1", 2), (2, "A1", 0), (2, "B1", 1), (3, "A1", 0)),
        squares=1,
        hours=1,
    )
    known = np.array([[0, 1, 2], [2, 1, 0]])
    assert traces.crowds(known).tolist() == [[3, 2, 1], [1, 1, 1]]


def test_crowds_in_parts_as_in_one(monkeypatch):
    whole = unicity_by_points(walk(60), 4)
    monkeypatch.setattr(module, "_PAIRS_AT_ONCE", 50)
    assert unicity_by_points(walk(60), 4) == whole


def test_people_who_never_part_are_never_told_apart():
    one = walk(40)
    twins = pd.concat([one, one.assign(entity_id=one["entity_id"] + 1000)])
    assert unicity(one, 5).value > 0.5
    assert unicity(twins, 5).value == 0.0


def test_more_points_tell_more_and_coarser_ones_less():
    sightings = walk(400)
    rates = unicity_by_points(sightings, 5)
    values = [rate.value for rate in rates]
    assert values == sorted(values)
    assert values[4] - values[0] > 0.5
    assert {rate.n for rate in rates} == {400}
    for coarser in ({"squares": 2}, {"hours": 24}):
        assert unicity(sightings, 3, **coarser).value < values[2]


def test_those_with_too_few_points_do_not_count():
    sightings = pd.concat([walk(30), seen(*((1000 + one, "A1", 0) for one in range(50)))])
    assert unicity(sightings, 1).n == 80
    assert unicity(sightings, 2).n == 30
    assert unicity(sightings, 1, least_points=2).n == 30


def test_one_is_the_same_alone_and_among_more_points():
    sightings = walk(100)
    assert unicity(sightings, 2, least_points=4) == unicity_by_points(sightings, 4)[1]


def test_points_drawn_do_not_depend_on_order_or_on_other_traces():
    sightings = walk(60)
    shuffled = sightings.sample(frac=1, random_state=np.random.default_rng(2))
    assert unicity(shuffled, 3) == unicity(sightings, 3)
    alone = Traces.of(sightings, squares=1, hours=1)
    fewer = Traces.of(sightings.loc[sightings["entity_id"] < 30], squares=1, hours=1)
    stream = module.Stream(1, "points")
    rows = np.arange(30)
    drawn = [traces.point_key[traces.draw(rows, 3, stream)].tolist() for traces in (alone, fewer)]
    assert drawn[0] == drawn[1]


def test_no_more_traces_are_drawn_than_asked_for(monkeypatch):
    monkeypatch.setattr(module, "TRACES_COUNT", 25)
    assert unicity(walk(60), 3).n == 25


@pytest.mark.parametrize("squares", [1, 2, 3])
def test_blocks_hold_neighbours_only(squares):
    labels = pd.Series(
        [f"{column}{row}" for column in ("A", "B", "Z", "AA", "AB") for row in (1, 2, 9)]
    )
    columns = np.repeat([0, 1, 25, 26, 27], 3) // squares
    rows = np.tile([0, 1, 8], 5) // squares
    together = blocks(labels, squares)
    same = (columns[:, None] == columns) & (rows[:, None] == rows)
    assert np.array_equal(together[:, None] == together, same)


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("AB"), st.integers(0, 3)), min_size=1))
def test_crowds_are_what_counting_gives(points):
    traces = Traces.of(
        seen(*((entity, f"{letter}1", hour) for entity, letter, hour in points)), squares=1, hours=1
    )
    rows = np.flatnonzero(traces.sizes >= 2)
    if not len(rows):
        return
    known = traces.draw(rows, 2, module.Stream(3, "points"))
    sets = [set(traces.point[traces.trace == one]) for one in range(len(traces.entity_id))]
    for row, pair in zip(traces.crowds(known), known, strict=True):
        assert row.tolist() == [
            sum(pair[0] in own for own in sets),
            sum(set(pair) <= own for own in sets),
        ]
