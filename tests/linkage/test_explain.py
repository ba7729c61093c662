from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import explain_links, learn
from simulator.linkage.explain import PRIOR, RIVALS
from tests.linkage.frames import invented


@pytest.fixture(scope="module")
def learnt():
    records = invented(400)
    for frame in records.values():
        house = np.arange(400) // 2  # two to a door
        frame["street_address"] = [f"{number} Oak Street" for number in house]
        frame["zip_code"] = "00123"
    return learn(records)


def test_the_bits_of_a_link_add_up_to_its_probability(learnt):
    links = learnt.links
    explained = explain_links(learnt, links)
    total = explained.groupby(["record_id_l", "record_id_r"])["bits"].sum()
    probability = links.set_index(["record_id_l", "record_id_r"])["match_probability"]
    expected = np.log2(probability / (1 - probability).clip(lower=2.0**-60))
    pd.testing.assert_series_equal(
        total.sort_index(), expected.sort_index(), check_names=False, rtol=1e-6
    )


def test_the_bits_of_the_comparisons_add_up_to_the_match_weight(learnt):
    explained = explain_links(learnt, learnt.links)
    compared = explained.loc[~explained["comparison"].isin([PRIOR, RIVALS])]
    total = compared.groupby(["record_id_l", "record_id_r"])["bits"].sum().sort_index()
    weight = learnt.links.set_index(["record_id_l", "record_id_r"])["match_weight"].sort_index()
    pd.testing.assert_series_equal(total, weight, check_names=False, rtol=1e-6)


def test_each_step_says_what_was_compared_and_found(learnt):
    one = explain_links(learnt, learnt.links.head(1)).set_index("comparison")
    assert one.index[0] == PRIOR
    assert one.index[-1] == RIVALS
    assert one.loc["birth_date", "level"] == "exact"
    assert one.loc["birth_date", "value_l"] == one.loc["birth_date", "value_r"]
    assert one.loc["residence", "value_l"].startswith("00123, ")


def test_no_links_need_no_explanation(learnt):
    assert explain_links(learnt, learnt.links.head(0)).empty


def test_a_link_from_elsewhere_is_refused(learnt):
    strange = learnt.links.head(1).assign(record_id_l="nobody")
    with pytest.raises(ValueError, match="rows of learnt"):
        explain_links(learnt, strange)
