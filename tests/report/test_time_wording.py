from __future__ import annotations

import pytest

from simulator.report.time_table import exposure_table, located_rows, located_table
from simulator.report.time_wording import (
    TOO_FEW,
    another_sentence,
    exposure_sentence,
    headline,
    sentence,
    trail_sentence,
)
from tests.report import over_time

NAN = over_time.NAN


def test_half_of_the_residents_are_said_with_both_ends():
    assert sentence(over_time.both(), None) == (
        "Within 7 days half of the residents with a file were seen within a square of their home "
        "by something that is in their file (95 % interval 6 to 9 days; n = 400); within 10 days "
        "60 in 100."
    )


@pytest.mark.parametrize(
    ("half", "said"),
    [
        ((1.0, 1.0, 1.0), "Within 1 day half"),
        ((1.0, 1.0, 1.0), "(95 % interval 1 day; n"),
        ((9.0, 8.0, NAN), "(95 % interval 8 days to more than the 10 that were watched; n"),
        (
            (NAN, NAN, NAN),
            "Within 10 days 60 in 100 residents with a file were seen within a square of their "
            "home by something that is in their file (95 % interval 58 to 62 in 100; n = 400).",
        ),
    ],
)
def test_a_window_may_be_too_short_to_say(half, said):
    assert said in sentence(over_time.located(half=half), None)


def test_a_shorter_memory_is_said_beside_the_scenarios_own():
    assert sentence(over_time.both(), 3) == (
        "If sensors forget after 3 days, 25 in 100 residents' files still tell of a sighting "
        "within a square of their home (95 % interval 23 to 27 in 100; n = 400); as it is, "
        "60 in 100."
    )


def test_the_headline_follows_the_day_and_the_memory():
    both = over_time.both()
    assert headline(both, 5, None) == "40 in 100 were seen near home by day 5"
    assert headline(both, 10, 3) == "25 in 100 are still placed near home by day 10"


def test_too_few_people_are_not_spoken_of():
    few = over_time.located(n=15)
    assert sentence(few, None) == headline(few, 3, None) == TOO_FEW
    assert "–" in located_table(few, {})


def test_what_the_file_held_is_said_of_first_and_last_day():
    assert exposure_sentence(over_time.exposure()) == (
        "Of what there is to know about a resident, the file held 50 in 100 before the first day "
        "and 60 in 100 on day 10 (95 % interval 58 to 62 in 100)."
    )
    assert "held 55 in 100 on day 5 (95 %" in exposure_sentence(over_time.exposure((5,)))


def test_who_was_located_by_anothers_record_is_counted():
    assert another_sentence(over_time.located()) == (
        "Of those located, 3 in 100 were so first by a record about somebody else (95 % interval "
        "1 to 5 in 100)."
    )


def test_a_trail_is_told_up_to_the_day():
    seen = over_time.sightings()
    assert trail_sentence("Ann Lee", seen, 2) == (
        "**Ann Lee**: by day 2 the file holds one sighting in one square, one near home."
    )
    assert trail_sentence("Ann Lee", seen, 9) == (
        "**Ann Lee**: by day 9 the file holds five sightings in four squares, three near home. Of "
        "somebody else by mistake: 1. Off the map, outside the town: 1."
    )
    assert "no sighting is in the file" in trail_sentence("Ann Lee", seen.iloc[:0], 9)


def test_the_tables_hold_groups_and_memories_within_100_columns():
    table = located_table(over_time.both(), {"a": "Group A", "b": "Group B"})
    assert all(len(line) <= 100 for line in table.split("\n"))
    rows = dict(located_rows(over_time.both(), {"a": "Group A"}, [5, 10]))
    assert rows["Everyone"] == ["400", "40.0±2.0", "60.0±2.0", "7 (6–9)"]
    assert rows["b"] == ["12", "–", "–", "–"]
    assert rows["Memory of 3 days"] == ["400", "0.0±2.0", "25.0±2.0", "not reached"]
    lines = exposure_table(over_time.exposure()).split("\n")
    assert all(len(line) <= 100 for line in lines)
    assert lines[-2].split() == ["before", *["50.0±2.0"] * 5]
    assert lines[-1].split() == ["10", *["60.0±2.0"] * 5]
