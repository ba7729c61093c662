import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure.audit import audit_links, least_threshold
from simulator.scenario.schema import Audit

CHECKED = st.lists(st.tuples(st.integers(90, 100), st.booleans()), max_size=30)


@given(CHECKED, st.floats(0, 1))
def test_the_threshold_is_the_least_that_keeps_within_the_tolerated_share(checked, tolerated):
    probability = np.array([percent / 100 for percent, _ in checked])
    wrong = np.array([is_wrong for _, is_wrong in checked], dtype=bool)

    def within(threshold):
        kept = wrong[probability >= threshold]
        return kept.sum() <= tolerated * len(kept)

    found = least_threshold(probability, wrong, 0.9, tolerated)
    assert within(found)
    lower = [value for value in (0.9, *probability) if value < found]
    assert not any(within(value) for value in lower)


def invented(pairs_count=20_000):
    """Return links between people of two groups; in b three times as many are wrong."""
    rng = np.random.default_rng(4)
    row = np.arange(pairs_count)
    in_b = rng.random(pairs_count) < 0.3
    probability = rng.uniform(0.8, 1.0, pairs_count)
    wrong = rng.random(pairs_count) < np.where(in_b, 3.0, 1.0) * (1 - probability)
    truth = pd.DataFrame(
        {
            "record_id": np.concatenate([row, row + pairs_count]),
            "field": "*",
            "entity_id": np.concatenate([row, np.where(wrong, (row + 1) % pairs_count, row)]),
        }
    )
    links = pd.DataFrame(
        {
            "record_id_l": row,
            "record_id_r": row + pairs_count,
            "match_weight": 9.0,
            "match_probability": probability,
        }
    )
    group = pd.Series(np.where(in_b, "b", "a"), index=row, dtype="category")
    return links, truth, group


def test_each_group_gets_the_threshold_that_makes_errors_equally_rare():
    links, truth, group = invented()
    audit = Audit(sample_share=0.5, wrong_links_share=0.04)
    audited = audit_links(links, truth, group, 0.9, audit, seed=1)
    found = audited.groups
    assert found.loc["a", "threshold"] < found.loc["b", "threshold"]
    assert (found["wrong_before_share"] > 0.045).all()
    assert (found["wrong_after_share"] - 0.04).abs().max() < 0.008
    assert found["links_after_count"].sum() == len(audited.links)
    of_group = group.loc[audited.links["record_id_l"]]
    least = audited.links.groupby(of_group.to_numpy())["match_probability"].min()
    assert (least >= found["threshold"]).all()


def test_who_is_checked_does_not_depend_on_other_links_nor_on_their_order():
    links, truth, group = invented(4000)
    audit = Audit(sample_share=0.2, wrong_links_share=0.05)
    before = audit_links(links, truth, group, 0.9, audit, seed=1)
    shuffled = links.sample(frac=1, random_state=2)
    after = audit_links(shuffled, truth.iloc[::-1], group, 0.9, audit, seed=1)
    assert before.groups.equals(after.groups)
    assert before.links.equals(after.links.sort_index())
    other = audit_links(links, truth, group, 0.9, audit, seed=2)
    assert not before.groups["checked_count"].equals(other.groups["checked_count"])


def test_an_audit_that_tolerates_everything_only_applies_the_threshold():
    links, truth, group = invented(500)
    audit = Audit(sample_share=1, wrong_links_share=1)
    audited = audit_links(links, truth, group, 0.9, audit, seed=1)
    assert audited.links.equals(links.loc[links["match_probability"] >= 0.9])
    assert audited.groups["threshold"].tolist() == [0.9, 0.9]


def test_a_group_whose_surest_links_are_wrong_is_left_unjoined():
    links, truth, group = invented(500)
    truth.loc[500:, "entity_id"] = (np.arange(500) + 1) % 500
    audit = Audit(sample_share=1, wrong_links_share=0.5)
    audited = audit_links(links, truth, group, 0.9, audit, seed=1)
    assert np.isinf(audited.groups["threshold"]).all()
    assert len(audited.links) == 0
    assert audited.groups["wrong_after_share"].isna().all()


def test_no_links_are_no_trouble():
    links, truth, group = invented(500)
    audited = audit_links(links.iloc[:0], truth, group, 0.9, Audit(), seed=1)
    assert len(audited.links) == 0
    assert audited.groups["threshold"].tolist() == [0.9, 0.9]
    assert audited.groups["links_before_count"].tolist() == [0, 0]
