import numpy as np
import pytest
from hypothesis import given, settings

from simulator.exposure.attribution import everyone_but, players_in
from simulator.exposure.removals import (
    alone_and_last,
    closing_order,
    promising_pairs,
    removals,
)
from tests.exposure.games import TOWN, games

SETTINGS = settings(max_examples=60, deadline=None)


@SETTINGS
@given(games(least=2))
def test_what_is_saved_and_what_is_left_make_the_whole(values):
    count = players_in(values)
    table = removals(values.__getitem__, count)
    assert len(table) == count + count * (count - 1) // 2
    assert (table["left"] + table["saved"]).to_numpy() == pytest.approx(
        np.full(len(table), values[-1])
    )
    for _, rows in table.groupby("removed_count"):
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert rows["saved"].round(12).is_monotonic_decreasing
    for row in table.to_dict("records"):
        gone = [row[place] for place in ("first", "second") if row[place] >= 0]
        assert row["left"] == values[everyone_but(count, *gone)]


def test_only_the_pairs_asked_for_are_looked_at():
    asked = []

    def value_of(subsets):
        asked.extend(subsets.tolist())
        return TOWN[subsets]

    table = removals(value_of, 3, [(0, 2)])
    assert table["removed_count"].tolist() == [1, 1, 1, 2]
    assert set(asked) == {6, 5, 3, 2, 7}  # BC, AC, AB, B and all


@SETTINGS
@given(games())
def test_closing_all_leaves_nothing_and_each_step_is_the_best_there_is(values):
    count = players_in(values)
    table = closing_order(values.__getitem__, count)
    assert sorted(table["closed"].iloc[1:]) == list(range(count))
    assert table["value"].iloc[0] == values[-1]
    assert table["value"].iloc[-1] == values[0]
    assert table["saved"].sum() == pytest.approx(values[-1] - values[0])
    still_open = len(values) - 1
    for row in table.iloc[1:].to_dict("records"):
        others = [
            still_open & ~(1 << player) for player in range(count) if still_open >> player & 1
        ]
        assert row["value"] == pytest.approx(values[others].min(), abs=1e-12)
        still_open &= ~(1 << int(row["closed"]))


def test_closing_stops_where_it_is_told_to():
    assert closing_order(TOWN.__getitem__, 3, 1)["closed"].tolist() == [-1, 0]
    assert len(closing_order(TOWN.__getitem__, 3, 9)) == 4


@SETTINGS
@given(games(least=2))
def test_a_right_guess_finds_the_best_pair_and_an_offset_does_not_mislead_it(values):
    count = players_in(values)
    table = removals(values.__getitem__, count)
    best = table.loc[(table["removed_count"] == 2) & (table["rank"] == 1)].iloc[0]
    shifted = values + 0.25  # off by the same everywhere: the corrections take it away
    for guess in (values, shifted):
        (found,) = promising_pairs(values.__getitem__, guess.__getitem__, count, 1)
        assert values[everyone_but(count, *found)] == pytest.approx(best["left"], abs=1e-9)


def test_more_pairs_than_there_are_is_all_of_them():
    assert len(promising_pairs(TOWN.__getitem__, TOWN.__getitem__, 3, 20)) == 3


def test_alone_and_last_of_two_lists_that_repeat_one_another():
    values = np.array([0.0, 0.4, 0.4, 0.4])
    alone, last = alone_and_last(values.__getitem__, 2)
    assert alone.tolist() == [0.4, 0.4]
    assert last.tolist() == [0.0, 0.0]
