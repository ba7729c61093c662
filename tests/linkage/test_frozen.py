"""A frozen model: what both designs hold is weighed alike in both."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import learn
from simulator.linkage.weights import Model
from simulator.population import populate
from simulator.scenario import load_scenario
from simulator.sources import collect
from simulator.tables import VOCABULARY

DUPLICATES = {"social", "broker"}


@pytest.fixture(scope="module")
def records():
    scenario = load_scenario("town", people=200)
    frames = collect(scenario, populate(scenario)).records
    return {
        name: frame[[column for column in frame.columns if column in VOCABULARY]]
        for name, frame in frames.items()
    }


@pytest.fixture(scope="module")
def base(records):
    return learn(records, DUPLICATES)


def within(names):
    return DUPLICATES & set(names)


def only(links, records):
    """Return the links between `records`."""
    ids = np.concatenate([frame.index.to_numpy() for frame in records.values()])
    chosen = links["record_id_l"].isin(ids) & links["record_id_r"].isin(ids)
    return links.loc[chosen].reset_index(drop=True)


def test_the_records_it_was_learnt_from_give_the_same_links(records, base):
    again = learn(records, DUPLICATES, given=base.model)
    pd.testing.assert_frame_equal(again.links, base.links, check_exact=True)
    for part in fields(Model):
        if part.name in ("matches", "odds"):
            assert np.array_equal(getattr(again.model, part.name), getattr(base.model, part.name))


@pytest.mark.parametrize("gone", ["utility", "social", "broker", "dmv"])
def test_a_source_that_goes_changes_no_link_between_the_others(records, gone):
    """Display names aside: how they are read depends on the names in other sources."""
    plain = records | {"social": records["social"].drop(columns="display_name")}
    base = learn(plain, DUPLICATES)
    left = {name: frame for name, frame in plain.items() if name != gone}
    frozen = learn(left, within(left), given=base.model)
    pd.testing.assert_frame_equal(frozen.links, only(base.links, left), check_exact=True)


def test_sources_may_stand_in_another_order(records, base):
    turned = dict(reversed(records.items()))
    links = learn(turned, DUPLICATES, given=base.model).links
    sides = ["record_id_l", "record_id_r"]
    both = [
        found.assign(**dict(zip(sides, np.sort(found[sides].to_numpy(), axis=1).T, strict=True)))
        .sort_values(sides)
        .reset_index(drop=True)
        for found in (links, base.links)
    ]
    pd.testing.assert_frame_equal(*both, rtol=1e-9)


def test_what_was_never_learnt_is_trained_anew(records, base):
    """A source unknown to the first model: its pairs are learnt, all others stay as they were."""
    few = {name: frame for name, frame in records.items() if name != "dmv"}
    given = learn(few, within(few)).model
    frozen = learn(records, DUPLICATES, given=given).model
    for place, sources in enumerate(frozen.between):
        if "dmv" in sources:
            assert frozen.odds[place] == base.model.odds[place]
            assert np.array_equal(frozen.m["given"][place], base.model.m["given"][place])
        else:
            old = given.between.index(sources)
            assert frozen.odds[place] == given.odds[old]
            assert np.array_equal(frozen.m["given"][place], given.m["given"][old])


def test_what_was_declared_is_said_and_so_is_what_is_declared_anew(records, base):
    assert "occupation" in base.model.declared
    said = replace(base.model, declared=("sex",))
    assert learn(records, DUPLICATES, given=said).model.declared == ("sex",)
    without = records | {"broker": records["broker"].drop(columns="occupation")}
    given = learn(without, DUPLICATES).model
    assert "occupation" not in given.declared
    frozen = learn(records, DUPLICATES, given=given).model
    assert set(frozen.declared) == {*given.declared, "occupation"}


def test_a_comparison_that_a_source_could_not_make_is_trained_anew(records, base):
    without = records | {"dmv": records["dmv"].drop(columns="birth_date")}
    given = learn(without, DUPLICATES).model
    frozen = learn(records, DUPLICATES, given=given).model
    place = frozen.between.index(frozenset({"broker", "dmv"}))
    assert not given.possible["birth_date"][given.between.index(frozen.between[place])]
    assert np.array_equal(frozen.m["birth_date"][place], base.model.m["birth_date"][place])
    assert np.array_equal(frozen.m["surname"][place], given.m["surname"][place])


def test_a_field_that_goes_leaves_the_weights_of_the_others(records, base):
    fewer = records | {"dmv": records["dmv"].drop(columns="birth_date")}
    frozen = learn(fewer, DUPLICATES, given=base.model)
    place = frozen.model.between.index(frozenset({"broker", "dmv"}))
    assert np.array_equal(frozen.model.m["surname"][place], base.model.m["surname"][place])
    assert not frozen.model.possible["birth_date"][place]


def test_values_that_were_never_counted_are_rare(records, base):
    counted = base.model.counted["surname"]
    changed = records["dmv"].copy()
    changed.loc[changed.index[:3], "last_name"] = "Zyxwvut"
    table = learn(records | {"dmv": changed}, DUPLICATES).table
    share = counted.of(table.columns["surname"])
    unknown = table.columns["surname"].texts.tolist().index("zyxwvut")
    assert share[unknown] == counted.unseen_share
    assert counted.unseen_share <= counted.share.min()
