from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage.fields import standardise
from simulator.linkage.rarity import frequencies


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
