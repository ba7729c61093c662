"""Which removal protects most: of one source, of two, one after another; each source alone.

v is a measure of joining the sources of a subset, as in `simulator.exposure.attribution`; its town
of three sources A, B, C is the example here too.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.attribution import everyone_but

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.exposure.attribution import Valued
    from simulator.randomness import Floats, Integers


def removals(
    value_of: Valued, players_count: int, pairs: Sequence[tuple[int, int]] | None = None
) -> pd.DataFrame:
    """Return what the removal of each player, and of pairs of them, takes from v.

    Parameters
    ----------
    value_of : function
        v of subsets; asked for N and for N without each player and without each of the pairs.
    players_count : int
        n.
    pairs : sequence of (int, int), optional
        By default all.

    Returns
    -------
    DataFrame
        ``removed_count`` (1 or 2), ``first`` and ``second`` (int64, numbers of players; second is
        -1 where one is removed), ``left`` = v(N without T), ``saved`` = v(N) - v(N without T) and
        ``rank`` (int64, 1 saves most; among singles, and among pairs). Sorted by removed_count,
        then rank; equal ones in the order of the players.

    Examples
    --------
    Closing A or C alone saves little, for each repeats the other; together they save everything.

    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> table = removals(town.__getitem__, 3)
    >>> table[["first", "second", "saved", "rank"]].to_numpy().astype(int).tolist()
    [[0, -1, 6, 1], [1, -1, 6, 2], [2, -1, 0, 3], [0, 2, 12, 1], [0, 1, 6, 2], [1, 2, 6, 3]]
    """
    chosen = [(player, -1) for player in range(players_count)]
    chosen += combinations(range(players_count), 2) if pairs is None else sorted(pairs)
    first, second = np.array(chosen, dtype=np.int64).reshape(-1, 2).T
    left = value_of(without(players_count, first, second))
    saved = value_of(np.array([everyone_but(players_count)]))[0] - left
    removed_count = np.where(second < 0, 1, 2)
    # rounded, so that what is equal but for the order of a sum is equal
    order = np.lexsort((-saved.round(12), removed_count))
    table = pd.DataFrame(
        {
            "removed_count": removed_count,
            "first": first,
            "second": second,
            "left": left,
            "saved": saved,
        }
    )
    table = table.iloc[order].reset_index(drop=True)
    return table.assign(rank=table.groupby("removed_count").cumcount() + 1)


def without(players_count: int, first: Integers, second: Integers) -> Integers:
    """Return N without one player or two each; `second` is -1 where one is removed.

    >>> without(3, np.array([0, 0]), np.array([-1, 2])).tolist()
    [6, 2]
    """
    other = np.where(second < 0, 0, np.left_shift(1, np.maximum(second, 0)))
    return np.asarray(everyone_but(players_count) - np.left_shift(1, first) - other)


def promising_pairs(
    value_of: Valued, guess_of: Valued, players_count: int, count: int
) -> list[tuple[int, int]]:
    """Return the pairs whose removal saves most as far as a quick guess at v can tell.

    v(N without i and j) is guessed at as w(N without i and j) + d(i) + d(j) - d, with w the guess,
    d(i) how far it is off with i removed alone, and d with nothing removed.

    Parameters
    ----------
    value_of : function
        v of subsets; asked for N and for N without each player.
    guess_of : function
        w of subsets; asked for the same and N without each pair.
    players_count, count : int
        Players, and how many pairs are wanted; fewer where there are not so many.

    Examples
    --------
    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> promising_pairs(town.__getitem__, town.__getitem__, 3, 1)
    [(0, 2)]
    """
    pairs = list(combinations(range(players_count), 2))
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    singles = np.array([everyone_but(players_count, player) for player in range(players_count)])
    whole = np.array([everyone_but(players_count)])
    off = value_of(singles) - guess_of(singles)
    guessed = guess_of(without(players_count, first, second)) + off[first] + off[second]
    guessed -= value_of(whole)[0] - guess_of(whole)[0]
    return [pairs[place] for place in np.argsort(guessed.round(12), kind="stable")[:count]]


def closing_order(value_of: Valued, players_count: int, steps: int | None = None) -> pd.DataFrame:
    """Return the order in which to close the players so that v falls fastest: one after another.

    At each step the one is closed without which v is least; equal ones in their order. This is
    greedy: a pair that says the same thing is worth closing only together, and is found late.

    Parameters
    ----------
    value_of : function
        v of subsets.
    players_count : int
    steps : int, optional
        How many to close; by default all.

    Returns
    -------
    DataFrame
        ``step`` (from 0, nothing closed), ``closed`` (int64, number of the player; -1 at step 0),
        ``value`` (v of what is still open) and ``saved`` (how much less than at the step before).

    Examples
    --------
    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> closing_order(town.__getitem__, 3).to_numpy().astype(int).tolist()
    [[0, -1, 12, 0], [1, 0, 6, 6], [2, 2, 0, 6], [3, 1, 0, 0]]
    """
    still_open = list(range(players_count))
    closed = []
    values = [float(value_of(np.array([_subset(still_open)]))[0])]
    for _ in range(players_count if steps is None else min(steps, players_count)):
        rest = [[other for other in still_open if other != player] for player in still_open]
        left = value_of(np.array([_subset(players) for players in rest]))
        best = int(np.argmin(left.round(12)))
        closed.append(still_open[best])
        values.append(float(left[best]))
        still_open = rest[best]
    value = np.array(values)
    return pd.DataFrame(
        {
            "step": np.arange(len(value)),
            "closed": np.array([-1, *closed], dtype=np.int64),
            "value": value,
            "saved": np.concatenate([[0.0], value[:-1] - value[1:]]),
        }
    )


def _subset(players: Sequence[int]) -> int:
    return sum(1 << player for player in players)


def alone_and_last(value_of: Valued, players_count: int) -> tuple[Floats, Floats]:
    """Return what each player gives alone, v({i}), and as the last to join, v(N) - v(N without i).

    Far more alone than as the last: the others tell the same. Far more as the last than alone: it
    is the joining that makes it tell.

    Examples
    --------
    >>> town = np.array([0.0, 6, 0, 12, 6, 6, 6, 12])
    >>> [found.tolist() for found in alone_and_last(town.__getitem__, 3)]
    [[6.0, 0.0, 6.0], [6.0, 6.0, 0.0]]
    """
    players = range(players_count)
    alone = value_of(np.array([1 << player for player in players]))
    left = value_of(np.array([everyone_but(players_count, player) for player in players]))
    return alone, value_of(np.array([everyone_but(players_count)]))[0] - left
