import itertools

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure.linkage_quality import pairs_by_person

RECORD = st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 3))


@given(st.lists(RECORD, max_size=12))
def test_parts_add_up_to_the_pairs_one_would_list(rows):
    residents = pd.Index([0, 1, 2, 3])  # 4 and 5 are outsiders
    joined = rightly = true = 0
    for (source, entity, cluster), (source_r, entity_r, cluster_r) in itertools.combinations(
        rows, 2
    ):
        if source != source_r and min(entity, entity_r) < 4:
            joined += cluster == cluster_r
            rightly += cluster == cluster_r and entity == entity_r
            true += entity == entity_r
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    records = pd.DataFrame(
        {
            "source": pd.Categorical.from_codes(columns[0], categories=["a", "b", "c"]),
            "entity_id": columns[1],
            "cluster_id": columns[2],
        }
    )
    parts = pairs_by_person(records, residents)
    assert parts.sum().tolist() == [joined, rightly, true]
