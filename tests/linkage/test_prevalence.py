from __future__ import annotations

import numpy as np
import pytest

from simulator.linkage import learn
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
