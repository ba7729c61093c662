"""Where the Toolkit's engine may differ from the default one, and where not.

Only in pairs of texts exactly on a Jaro–Winkler threshold, where rapidfuzz drops some that
jellyfish keeps. What holds of every engine stands in `test_contract`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from jellyfish import jaro_winkler_similarity

from simulator import pipeline
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines import ENGINES, comparison_vectors, level_readings
from simulator.linkage.fields import standardise
from simulator.linkage.levels import CLOSE, SIMILAR
from simulator.scenario import load_scenario
from tests.linkage.engines.every_column import every_column

SIMILARITIES = {
    "given": "given",
    "surname": "surname",
    "middle": "middle",
    "online": "online",
    "employer": "employer",
    "birth_place": "birth_place",
    "occupation": "occupation",
}


@pytest.fixture(scope="module")
def town():
    """Return the records of 100 residents and 400 outsiders, and the sources with duplicates."""
    scenario = load_scenario("town", people=100)
    _, collected = pipeline.collect_records(scenario)
    sources = scenario.reachable()
    return pipeline.linkable(collected, sources), {"social", "broker"}


def levels(records, duplicates, engine):
    """Return the levels of every candidate pair, one column per comparison, and the table."""
    table = standardise(records, duplicates)
    comparisons = comparisons_for(table)
    blocks = block(table, rules_for(table))
    with ENGINES[engine](table, blocks, comparisons) as candidates:
        found = candidates.patterns
    pairs = pd.MultiIndex.from_arrays([found.left, found.right])
    names = [comparison.name for comparison in comparisons]
    return pd.DataFrame(found.levels[found.pattern], index=pairs, columns=names), table


def on_a_threshold(table, column: str, left: int, right: int) -> bool:
    values = table.columns[column]
    texts = (values.texts[values.codes[row]] for row in (left, right))
    similarity = jaro_winkler_similarity(*texts)
    return min(abs(similarity - CLOSE), abs(similarity - SIMILAR)) < 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("case", ["town", "every column"])
def test_both_engines_find_the_same_pairs_and_levels(town, case):
    records, duplicates = town if case == "town" else (every_column(150), {"b"})
    ours, table = levels(records, duplicates, "vectorised")
    theirs, _ = levels(records, duplicates, "recordlinkage")
    assert len(ours) > 3000
    assert not theirs.index.has_duplicates
    assert set(ours.index) == set(theirs.index)
    theirs = theirs.reindex(ours.index)
    columns = SIMILARITIES | {"residence": "city" if case == "town" else "street"}
    pair, place = np.nonzero((ours != theirs).to_numpy())
    for (left, right), name in zip(ours.index[pair], ours.columns[place], strict=True):
        assert name in columns
        assert on_a_threshold(table, columns[name], left, right), (name, left, right)
    assert len(pair) < 0.005 * len(ours)


def test_every_comparison_and_level_can_be_read():
    table = standardise(every_column(50))
    for comparison in comparisons_for(table):
        features = comparison_vectors.FEATURES[comparison.name]
        vectors = pd.DataFrame({name: [np.nan] for name in features})
        assert level_readings.levels_of(comparison, vectors, 1).tolist() == [0]
        vectors[:] = 0.0
        assert level_readings.levels_of(comparison, vectors, 1).tolist() in ([0], [1])


def test_records_that_lack_a_key_are_no_pair():
    gaps = pd.DataFrame({"phone": [None, None, "555-0100"], "sex": ["F", "F", "F"]}, dtype=object)
    records = {name: gaps.set_axis([f"{name}{row}" for row in range(3)]) for name in "ab"}
    found, _ = levels(records, {"b"}, "recordlinkage")
    assert found.index.to_list() == [(2, 5)]
