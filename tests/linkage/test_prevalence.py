from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from simulator.linkage import learn
from simulator.linkage.chance import Chance
from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.patterns import Patterns
from simulator.linkage.prevalence import drawn_matches, expected_matches
from tests.linkage.frames import invented


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_matches_whose_records_say_too_little_are_counted_too(share):
    """Half the records lack the birth date, a third the surname: many matches cannot be found."""
    rng = np.random.default_rng(2)
    records = invented(4000)
    records["b"] = records["b"].sample(frac=share, random_state=1)
    for frame in records.values():
        frame.loc[rng.random(len(frame)) < 0.5, "birth_date"] = None
        frame.loc[rng.random(len(frame)) < 0.3, "last_name"] = None
    learnt = learn(records)
    found = (learnt.links["match_probability"] > 0.5).sum()
    true = 4000 * share
    assert found < 0.75 * true
    assert learnt.model.matches[0] == pytest.approx(true, rel=0.2)


M = {"sex": [0.01, 0.99], "birth_date": [0.04, 0.02, 0.04, 0.9], "phone": [0.18, 0.02, 0.8]}
U = {"sex": [0.5, 0.5], "birth_date": [0.98, 0.018, 0.002, 4e-5], "phone": [1.0, 1e-6, 1e-6]}
COMPARED = tuple(comparison for comparison in COMPARISONS if comparison.name in M)


@pytest.mark.parametrize("true", [5_000, 9_000])
def test_strangers_who_look_like_matches_are_taken_off(true):
    """Half the pairs show no telephones, and some 4,000 pairs of strangers share a birth date."""
    all_pairs, sizes = 1e8, 10_000.0
    m, u = ({name: np.array([values]) for name, values in table.items()} for table in (M, U))
    levels = np.array(list(product(range(1, 3), range(1, 5), range(4))))  # as COMPARED stand
    counts = []
    for pattern in levels:
        seen = [(c.name, level - 1) for c, level in zip(COMPARED, pattern, strict=True) if level]
        match, chance = (np.prod([table[name][level] for name, level in seen]) for table in (M, U))
        counts.append(0.5 * (true * match + (all_pairs - true) * chance))
    brought = (levels[:, 1] == 4) | (levels[:, 2] == 3)
    gaps = np.ones((4_000, 3))
    gaps[::2, 2] = 0
    found = expected_matches(
        _patterns(levels[brought], np.array(counts)[brought]),
        drawn_matches(_patterns(gaps, np.ones(len(gaps))), m),
        m,
        Chance(u, None),
        np.array([all_pairs]),
        np.array([sizes]),
    )
    assert found == pytest.approx([true], rel=0.11)


def _patterns(levels, counts):
    nowhere = np.zeros(len(levels), dtype=np.int32)
    return Patterns(
        COMPARED,
        nowhere,
        nowhere,
        np.arange(len(levels)),
        levels.astype(np.int8),
        nowhere,
        nowhere.astype(np.bool_),
        counts,
    )
