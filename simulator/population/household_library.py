"""A fixed library of household patterns: who lives together, and how old they may be.

Every pattern is plausible by construction (mothers 16 to 45 at a birth, spouses near in age, at
least one adult). How often each occurs is decided in `calibration`; a household of a town is one
pattern with birth days of its own. The library is a table: it does not depend on the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from simulator.population.draws import cumulative_rows, draw_from_rows
from simulator.population.reference import column
from simulator.randomness import Floats, Integers, Stream

ROLES = ("reference", "partner", "child", "parent", "kin", "flatmate", "lone")
REFERENCE, PARTNER, CHILD, PARENT, KIN, FLATMATE, LONE = range(7)
LARGEST_HOUSEHOLD = 9
PATTERNS_PER_SIZE = 1000
OLDEST = 99

SAME_SEX_COUPLES_SHARE = 0.015
LONE_MOTHERS_SHARE = 0.8
TWINS_SHARE = 0.02
ADULT_CHILDREN_SHARE = 0.25

_EMPTY = -1


@dataclass(frozen=True)
class Library:
    """Household patterns, sorted by size.

    Attributes
    ----------
    size : array of shape (patterns,)
    share : array of shape (patterns,)
        Prior share among the patterns of its size, before calibration.
    role, sex, age : arrays of shape (patterns, LARGEST_HOUSEHOLD)
        Place in `ROLES`, 0 for a woman and 1 for a man, whole years; -1 beyond the size. Adults
        come first, children from the oldest to the youngest.
    twin : array of bool of the same shape
        Born on the day of the child just before.
    """

    size: Integers
    share: Floats
    role: Integers
    sex: Integers
    age: Integers
    twin: npt.NDArray[np.bool_]


class _Dice:
    """Draws per pattern, each under a name of its own."""

    def __init__(self, keys: Integers) -> None:
        self.keys = keys

    def chance(self, name: str, share: float | Floats) -> npt.NDArray[np.bool_]:
        return Stream(0, f"households/{name}").chance(self.keys, share)

    def whole(self, name: str, low: int, high: int) -> Integers:
        """Return whole numbers from `low` to `high`, both included."""
        return low + Stream(0, f"households/{name}").integers(self.keys, high - low + 1)

    def normal(self, name: str, mean: float, deviation: float) -> Integers:
        drawn = Stream(0, f"households/{name}").normal(self.keys) * deviation + mean
        return np.asarray(np.rint(drawn), dtype=np.int64)


def _compositions() -> tuple[Integers, Integers]:
    """Return sizes and counts (partner, children, parents, kin, flatmates) of every pattern."""
    table = "household_compositions.csv"
    sizes = column(table, "size").astype(np.int64)
    shares = column(table, "share")
    counts = np.stack(
        [column(table, f) for f in ("partner", "children", "parents", "kin", "flatmates")], axis=1
    ).astype(np.int64)
    weights = np.where(sizes == np.arange(1, LARGEST_HOUSEHOLD + 1)[:, None], shares, 0.0)
    size = np.repeat(np.arange(1, LARGEST_HOUSEHOLD + 1), PATTERNS_PER_SIZE)
    even = (np.arange(len(size)) % PATTERNS_PER_SIZE + 0.5) / PATTERNS_PER_SIZE
    return size, counts[draw_from_rows(cumulative_rows(weights), size - 1, even)]


def _children(dice: _Dice, children: Integers, parents: Integers) -> tuple[Integers, Integers]:
    """Return each child's age (patterns, 7), oldest first, and the mother's age."""
    spread = np.where(dice.chance("wide spacing", 0.4), 3, 2)
    gaps = np.stack(
        [
            np.where(
                dice.chance(f"twins/{k}", TWINS_SHARE),
                0,
                np.where(
                    children <= 3, dice.whole(f"gap/{k}", 2, 5), np.minimum(spread, 2 + k % 2)
                ),
            )
            for k in range(1, LARGEST_HOUSEHOLD - 1)
        ],
        axis=1,
    )
    born_after = np.arange(1, gaps.shape[1] + 1) < children[:, None]
    gaps = np.where(born_after, gaps, 0)
    span = gaps.sum(axis=1)
    first_birth = np.clip(dice.normal("first birth", 27, 5), 17, 45 - span)
    grown = dice.chance("grown", np.where(children <= 2, ADULT_CHILDREN_SHARE, 0.08))
    youngest = np.where(grown, dice.whole("grown age", 18, 40), dice.whole("minor age", 0, 17))
    # a mother who lives with a parent of hers is not old herself
    oldest_mother = np.where(parents > 0, 62, 88)
    youngest = np.minimum(youngest, oldest_mother - span - first_birth)
    youngest = np.maximum(youngest, 18 - span - first_birth)
    oldest = youngest + span
    ages = oldest[:, None] - np.concatenate(
        [np.zeros((len(span), 1), np.int64), np.cumsum(gaps, axis=1)], axis=1
    )
    return ages, oldest + first_birth


def _anchor_ages(dice: _Dice, counts: Integers, mothers: Integers) -> Integers:
    """Return the age of the woman of the couple, the lone parent or the lone adult."""
    partner, children, parents, _, flatmates = counts.T
    alone = dice.whole("lone age", 18, OLDEST)
    childless = np.where(partner == 1, dice.whole("couple age", 20, 92), alone)
    childless = np.where(parents > 0, dice.whole("with parent age", 20, 62), childless)
    young = dice.chance("young sharers", 0.6)
    sharer = np.where(young, dice.whole("sharer age", 18, 35), dice.whole("sharer old", 36, 85))
    childless = np.where(flatmates > 0, sharer, childless)
    return np.where(children > 0, mothers, childless)


@cache
def library() -> Library:
    """Return the patterns; the same in every process."""
    size, counts = _compositions()
    partner, children, parents, kin, flatmates = counts.T
    dice = _Dice(np.arange(len(size)))
    child_age, mothers = _children(dice, children, parents)
    anchor = _anchor_ages(dice, counts, mothers)
    shape = (len(size), LARGEST_HOUSEHOLD)
    role, sex, age = (np.full(shape, _EMPTY, np.int64) for _ in range(3))
    twin = np.zeros(shape, dtype=bool)

    # the couple, in either order
    same_sex = dice.chance("same sex", SAME_SEX_COUPLES_SHARE)
    husband = np.clip(anchor + dice.normal("spouse gap", 2, 4), 18, OLDEST + 1)
    husband = np.where(children > 0, np.maximum(husband, child_age[:, 0] + 17), husband)
    man_first = (partner == 1) & dice.chance("man first", 0.5)
    alone_is_man = dice.chance("lone man", np.where(children > 0, 1 - LONE_MOTHERS_SHARE, 0.5))
    role[:, 0] = np.where((size == 1), LONE, np.where(flatmates > 0, FLATMATE, REFERENCE))
    sex[:, 0] = np.where(partner == 1, man_first, alone_is_man)
    age[:, 0] = np.where(man_first, husband, anchor)
    two = partner == 1
    role[two, 1] = PARTNER
    sex[two, 1] = np.where(same_sex, sex[:, 0], 1 - sex[:, 0])[two]
    age[two, 1] = np.where(man_first, anchor, husband)[two]

    def place(
        name: str, count: Integers, before: Integers, code: int, ages: Integers, male: float
    ) -> None:
        """Fill the next `count` places of each pattern."""
        for k in range(int(count.max())):
            rows = np.flatnonzero(count > k)
            at = before[rows] + k
            role[rows, at] = code
            age[rows, at] = ages[rows, k]
            sex[rows, at] = dice.chance(f"{name}/{k}", male)[rows]

    others = np.arange(LARGEST_HOUSEHOLD - 1)
    adults = 1 + partner
    # a parent of the woman, or of the lone adult: again 16 to 45 years older
    gap = np.clip(dice.normal("generation", 28, 5), 17, 45)
    older = np.minimum(anchor + gap, OLDEST + 1)
    second = np.clip(older + dice.normal("parents gap", 2, 4), anchor + 17, OLDEST + 1)
    place("parent", parents, adults, PARENT, np.stack([older, second], axis=1), 0.2)
    both = np.flatnonzero(parents == 2)
    sex[both, adults[both]], sex[both, adults[both] + 1] = 0, 1
    near = np.stack([anchor + dice.normal(f"kin age/{k}", 0, 5) for k in others[:3]], axis=1)
    place("kin", kin, adults + parents, KIN, np.clip(near, 18, OLDEST), 0.5)
    shared = np.stack([anchor + dice.normal(f"mate age/{k}", 0, 4) for k in others[:4]], axis=1)
    place("mate", flatmates, adults, FLATMATE, np.clip(shared, 18, OLDEST), 0.5)
    start = adults + parents + kin
    place("child", children, start, CHILD, child_age, 0.512)
    child = role == CHILD
    twin[:, 1:] = child[:, 1:] & child[:, :-1] & (age[:, 1:] == age[:, :-1])
    return Library(size, np.full(len(size), 1 / PATTERNS_PER_SIZE), role, sex, age, twin)
