from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage import LinkageWarning, learn, link
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.chance import Coincidences
from simulator.linkage.comparisons import COMPARISONS, comparisons_for
from simulator.linkage.engines.vectorised import compare
from simulator.linkage.fields import standardise
from simulator.linkage.patterns import collect_patterns
from simulator.linkage.training import attained, train_m
from simulator.linkage.weights import fit
from tests.linkage.frames import invented


@pytest.fixture(scope="module")
def patterns():
    table = standardise(invented(3000))
    comparisons = comparisons_for(table)
    pieces = compare(table, block(table, rules_for(table)), comparisons)
    return table, collect_patterns(table, comparisons, pieces)


def test_m_is_learnt_from_unlabelled_pairs(patterns):
    table, found = patterns
    chance = Coincidences(table, found.comparisons).estimate()
    m, _ = train_m(found, chance, attained(found, len(table.pair_types)))
    for values in m.values():
        assert values.sum(axis=1) == pytest.approx(1)
    # a slip in a tenth of the names on each side: 0.9 × 0.9 are untouched
    assert m["surname"][0, -1] == pytest.approx(0.82, abs=0.03)
    assert m["birth_date"][0, -1] > 0.98


def test_the_number_of_matches_is_found(patterns):
    table, found = patterns
    model = fit(table, found)
    assert model.matches == pytest.approx([3000], rel=0.05)
    assert model.declared == ()


def test_pattern_counts_add_up(patterns):
    _, found = patterns
    assert found.counts.sum() == len(found.left) == len(found.pattern)
    assert len(np.unique(found.levels, axis=0)) == len(found.levels)


def test_residence_is_learnt_where_records_hold_nothing_but_a_zip_code():
    """Without streets nobody can be seen at the same door; that must not undo what is learnt."""
    records = invented(3000)
    rng = np.random.default_rng(4)
    for frame in records.values():
        moved = rng.random(3000) < 0.2
        homes = np.where(moved, rng.integers(3000, 6000, 3000), np.arange(3000)) // 3
        frame["zip_code"] = np.char.zfill((10_000 + homes).astype(str), 5)
        del frame["city"]
    table = standardise(records)
    comparisons = comparisons_for(table)
    pieces = compare(table, block(table, rules_for(table)), comparisons)
    model = fit(table, collect_patterns(table, comparisons, pieces))
    assert "residence" not in model.declared
    # a fifth moved on each side: 0.8 × 0.8 are where they were
    assert model.m["residence"][0, :3] == pytest.approx([0.36, 0, 0.64], abs=0.03)


def test_what_no_pair_of_lists_shows_is_said_and_assumed():
    """Of a birth date beside nothing else nobody can learn how often it is mistyped."""
    records = {name: frame[["birth_date"]] for name, frame in invented(500).items()}
    model = learn(records).model
    assert model.declared == ("birth_date",)
    (dates,) = (c for c in COMPARISONS if c.name == "birth_date")
    assert model.m["birth_date"][0] == pytest.approx(dates.declared_m)
    with pytest.warns(LinkageWarning, match="do not show how birth_date agree"):
        link(records)
