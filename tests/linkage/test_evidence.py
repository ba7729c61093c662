"""What linkage goes by, and who says too little: held against records made for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import learn
from simulator.linkage.evidence import level_shares, too_little_said


def two_lists(count=300):
    """Two lists of the same people, each told apart by name and birth date; the last has a sex."""
    numbers = np.arange(count)
    people = pd.DataFrame(
        {
            "first_name": [f"Given{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in numbers],
            "last_name": [f"Family{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in numbers],
            "birth_date": pd.date_range("1950-01-01", periods=count, freq="37D").strftime(
                "%Y-%m-%d"
            ),
            "sex": np.where(numbers % 2, "F", "M"),
        }
    )
    people.loc[count - 1, ["first_name", "last_name", "birth_date"]] = None
    return {
        name: people.set_index(f"{name}-" + people.index.astype(str)) for name in ("one", "two")
    }


def test_a_record_that_says_its_sex_alone_could_not_be_joined_to_its_own_copy():
    found = too_little_said(learn(two_lists()), 0.9).set_index("source")
    assert found["records_count"].to_dict() == {"one": 300, "two": 300}
    assert found["too_little_count"].to_dict() == {"one": 1, "two": 1}


def test_a_higher_threshold_never_asks_for_less():
    learnt = learn(two_lists())
    counts = [
        too_little_said(learnt, threshold)["too_little_count"].sum()
        for threshold in (0.01, 0.5, 0.9, 0.999999)
    ]
    assert counts == sorted(counts)


def test_agreement_is_seen_about_one_person_and_weighs_what_the_shares_say():
    shares = level_shares(learn(two_lists())).set_index(["comparison", "level"])
    exact = shares.loc[("birth_date", "exact")]
    assert exact["match_share"] > 0.9
    assert exact["chance_share"] < 0.01
    assert exact["bits"] == pytest.approx(np.log2(exact["match_share"] / exact["chance_share"]))
    assert shares.loc[("birth_date", "differ"), "bits"] < 0
    assert "residence" not in shares.index.get_level_values("comparison")


def test_where_nothing_can_be_compared_nothing_is_said():
    empty = pd.DataFrame({"first_name": pd.Series([], dtype=object)})
    learnt = learn({"one": empty, "two": empty.copy()})
    assert level_shares(learnt).empty
    assert too_little_said(learnt, 0.9)["too_little_count"].sum() == 0
