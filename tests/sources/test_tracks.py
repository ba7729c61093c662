import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.sources.housemates import NOBODY
from simulator.sources.sensors import Seen
from simulator.sources.tracks import NOTHING, Tracks, most_frequent
from simulator.sources.whereabouts import FIRST_HAUNT, HOME, STREET

MONDAY = 20_003


def seen_of(*rows):
    """Return sightings (bearer, carrier, day, hour, area, kind)."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return Seen(*columns, np.arange(len(rows), dtype=np.uint64))


def tracks_of(track, *rows):
    track = np.array(track, dtype=np.int64)
    return Tracks(seen_of(*rows), track, int(track.max(initial=-1)) + 1)


def test_usual_squares_of_one_who_works():
    tracks = tracks_of(
        [0, 0, 0, 0, 0],
        (4, 4, MONDAY, 23, 7, HOME),
        (4, 4, MONDAY, 3, 7, HOME),
        (4, 4, MONDAY, 2, 1, STREET),
        (4, 4, MONDAY, 10, 8, STREET),
        (4, 4, MONDAY + 5, 10, 9, STREET),
    )
    assert tracks.night_area().value.tolist() == [7]
    # the weekend does not count
    assert tracks.day_area().value.tolist() == [8]
    assert tracks.last_area().value.tolist() == [9]
    assert tracks.sightings_count.tolist() == [5]
    assert tracks.night_area().whose.tolist() == [NOBODY]


def test_a_track_never_seen_at_night_states_no_home():
    tracks = tracks_of([0], (4, 4, MONDAY, 12, 7, HOME))
    assert tracks.night_area().value.tolist() == [NOTHING]
    assert tracks.night_area().whose.tolist() == [NOBODY]


def test_the_bearer_has_most_sightings_and_of_equals_the_first():
    tracks = tracks_of(
        [0, 0, 0, 1, 1],
        (9, 9, MONDAY, 1, 7, HOME),
        (4, 4, MONDAY, 2, 7, HOME),
        (9, 9, MONDAY, 3, 7, HOME),
        (6, 6, MONDAY, 3, 7, HOME),
        (5, 5, MONDAY, 3, 7, HOME),
    )
    assert tracks.bearer.tolist() == [9, 5]


def test_a_square_only_a_housemate_was_seen_in_is_theirs():
    tracks = tracks_of(
        [0, 0, 0],
        (4, 4, MONDAY, 1, 7, HOME),
        (4, 5, MONDAY, 10, 3, STREET),
        (4, 5, MONDAY, 11, 3, STREET),
    )
    assert tracks.day_area().value.tolist() == [3]
    assert tracks.day_area().whose.tolist() == [5]
    assert tracks.night_area().whose.tolist() == [NOBODY]
    assert tracks.last_area().whose.tolist() == [5]


def test_a_square_the_bearer_was_seen_in_too_is_the_bearers():
    tracks = tracks_of(
        [0, 0, 0],
        (4, 4, MONDAY, 10, 3, STREET),
        (4, 5, MONDAY, 11, 3, STREET),
        (4, 5, MONDAY, 12, 3, STREET),
    )
    assert tracks.day_area().whose.tolist() == [NOBODY]


def test_a_fact_is_the_one_most_often_stated():
    of_kind = np.array([NOTHING, NOTHING, NOTHING, 1, 0])
    tracks = tracks_of(
        [0, 0, 0, 1, 2],
        (4, 4, MONDAY, 10, 3, FIRST_HAUNT),
        (4, 4, MONDAY, 11, 3, FIRST_HAUNT + 1),
        (4, 4, MONDAY, 12, 3, FIRST_HAUNT + 1),
        (5, 5, MONDAY, 12, 3, HOME),
        (6, 2, MONDAY, 12, 3, FIRST_HAUNT),
    )
    stated = tracks.usual_fact(of_kind)
    assert stated.value.tolist() == [0, NOTHING, 1]
    # somebody else was seen with the third token
    assert stated.whose.tolist() == [NOBODY, NOBODY, 2]


def test_no_sighting_no_track():
    tracks = tracks_of([])
    assert len(tracks.bearer) == len(tracks.last) == len(tracks.last_area().value) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=40))
def test_most_frequent_is_what_counting_gives(pairs):
    group, value = (
        (np.array(one, dtype=np.int64) for one in zip(*pairs, strict=True))
        if pairs
        else (np.zeros(0, np.int64),) * 2
    )
    found = most_frequent(group, value, 6)
    for number in range(6):
        own = [one for of, one in pairs if of == number]
        expected = max(sorted(set(own)), key=own.count) if own else NOTHING
        assert found[number] == expected
