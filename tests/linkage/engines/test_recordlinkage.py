"""The two engines share no line of joining and comparing; where they agree, neither is wrong alone.

They may differ only in pairs of texts exactly on a Jaro–Winkler threshold, where rapidfuzz drops
some that jellyfish keeps.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from jellyfish import jaro_winkler_similarity

from simulator import pipeline
from simulator.linkage import link
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines import ENGINES, comparison_vectors, level_readings
from simulator.linkage.fields import standardise
from simulator.linkage.levels import CLOSE, SIMILAR
from simulator.linkage.patterns import collect_patterns
from simulator.scenario import load_scenario
from simulator.tables import VOCABULARY

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


def every_column(count: int) -> dict[str, pd.DataFrame]:
    """Return two sources with all columns there are, filled with few values, variants and gaps."""
    values = {
        "first_name": ["William", "Bill", "W", "Ana María", "Ruby", "Capurso", "Marlene", "Marcel"],
        "middle_name": ["J", "Jane", "Janet", "Kim"],
        "last_name": ["Garcia Lopez", "Lopez", "Garcia", "G", "Capurso", "Ruby", "Smith", "Smyth"],
        "full_name": ["Bill Lopez", "Ruby Capurso", "Jane W Smith"],
        "display_name": ["Bill L", "Ruby Capurso", "Sunflower"],
        "sex": ["F", "M"],
        "birth_date": ["1985-03-07", "1985-07-03", "1985-03-08", "1985-31-02", "198503"],
        "birth_year": ["1985", "1958"],
        "birth_month_day": ["03-07", "07-03"],
        "street_address": ["12 Oak Street", "12 Oak St Apt 4", "14 Oakk Street", "Oak Street"],
        "house_number": ["12", "14"],
        "city": ["Millbrook", "Milbrook", "Ashford"],
        "zip_code": ["00101", "00102"],
        "state": ["NY"],
        "phone": ["555-0100", "555-0101", "555-1000", "550100"],
        "email": ["ruby@example.org", "rubie@example.org", "bill@example.org"],
        "handle": ["@ruby", "@ruby_c", "@bill"],
        "national_id": ["900-11-0001", "900-11-0010"],
        "licence_number": ["L100", "L101", "L1O0"],
        "national_id_last4": ["0001", "0010"],
        "plate": ["AB 123", "AB 132"],
        "device": ["syn-1", "syn-2"],
        "card": ["0000-1", "0000-2"],
        "home_area": ["A1", "B2"],
        "work_area": ["A1", "C3"],
        "employer": ["Oak Bakery", "Oak Bakeries", "Town Hall"],
        "birth_place": ["Ashford", "Ashfrod", "Millbrook"],
        "occupation": ["Baker", "Bakker", "Clerk"],
    }  # fmt: skip
    assert set(values) == set(VOCABULARY) - {"face"}  # a face is no text
    rng = np.random.default_rng(8)
    frames = {}
    for source in "ab":
        columns = {name: rng.choice([*some, None], count) for name, some in values.items()}
        index = pd.Index([f"{source}{row}" for row in range(count)], name="record_id")
        frames[source] = pd.DataFrame(columns, index=index)
    return frames


def levels(records, duplicates, engine):
    """Return the levels of every candidate pair, one column per comparison, and the table."""
    table = standardise(records, duplicates)
    comparisons = comparisons_for(table)
    blocks = block(table, rules_for(table))
    found = collect_patterns(table, comparisons, ENGINES[engine](table, blocks, comparisons))
    pairs = pd.MultiIndex.from_arrays([found.left, found.right])
    names = [comparison.name for comparison in comparisons]
    return pd.DataFrame(found.levels[found.pattern], index=pairs, columns=names), table


def on_a_threshold(table, column: str, left: int, right: int) -> bool:
    values = table.columns[column]
    texts = (values.texts[values.codes[row]] for row in (left, right))
    similarity = jaro_winkler_similarity(*texts)
    return min(abs(similarity - CLOSE), abs(similarity - SIMILAR)) < 1e-9


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


def test_the_likeliest_links_are_the_same(town):
    records, duplicates = town
    likeliest = []
    for engine in ENGINES:
        links = link(records, duplicates, engine=engine)
        floor = links["match_weight"].nlargest(1000).min()
        top = links.loc[links["match_weight"] >= floor - 1e-9]  # ties included
        assert len(top) >= min(len(links), 1000) > 300
        likeliest.append(set(zip(top["record_id_l"], top["record_id_r"], strict=True)))
    one, other = likeliest
    assert len(one & other) / len(one | other) >= 0.95


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
