from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage.blocking import block, rules_for
from simulator.linkage.engines.vectorised import compare
from simulator.linkage.fields import standardise
from simulator.linkage.learnt import learn
from simulator.linkage.patterns import collect_patterns
from simulator.linkage.rarity import frequencies, most_rarity_bits, rarity_bits
from tests.linkage.frames import invented


@pytest.mark.parametrize(
    ("matches", "strangers"),
    [
        (0.0, 4.5),  # a second record of the same entity is always allowed for: 6 - 2 and a half
        (12.0, 2.5),  # 12 matches among 6 records: each has 4 more of its own; 3 agree on the name
    ],
)
def test_records_of_ones_own_do_not_make_a_name_common(matches, strangers):
    names = pd.DataFrame({"last_name": ["Zwicky"] * 6}, index=[str(row) for row in range(6)])
    table = standardise({"list": names}, {"list"})
    m = {"surname": np.array([[0.25, 0, 0, 0, 0, 0, 0.75]])}
    found = frequencies(table, {}, np.array([matches]), m)["surname"]
    assert found.share == pytest.approx([strangers / 6])
    assert found.unseen_share == pytest.approx(0.5 / 6)


def test_no_pair_is_lifted_by_more_than_its_pattern_allows():
    records = invented(600)
    for copy in records.values():
        copy["street_address"] = [f"{row % 9 + 1} Elm {row // 3}" for row in range(len(copy))]
    learnt = learn(records)
    table, model = learnt.table, learnt.model
    blocks = block(table, rules_for(table))
    found = collect_patterns(table, learnt.comparisons, compare(table, blocks, learnt.comparisons))
    moved = rarity_bits(
        table, found, model.chance, model.counted, found.pattern, found.left, found.right
    )
    most = most_rarity_bits(found, model.chance, model.counted)[found.pattern]
    assert (most >= 0).all()
    assert (moved <= most + 1e-9).all()
    # where one value alone is shared, the rarest one reaches the bound
    assert np.isclose(moved, most)[most > 0].any()
