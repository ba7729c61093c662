from dataclasses import replace

import numpy as np
import pytest

from simulator.sources import collect
from simulator.sources.listed_ties import MOST_LISTED
from tests.sources.life_events import scenario_with, town


@pytest.fixture(scope="module")
def collected():
    return collect(scenario_with(), town())


@pytest.fixture(scope="module")
def mentions(collected):
    truth = collected.truth
    return truth.loc[(truth["role"] == "mention") & (truth["source"] == "profiles")]


def test_the_truth_names_everyone_listed_and_nobody_else(collected, mentions):
    friends = collected.records["profiles"]["friends"].dropna().str.split("; ")
    assert friends.str.len().between(1, MOST_LISTED).all()
    assert (friends.str.len() == MOST_LISTED).any()
    stated = friends.explode()
    listed = mentions.assign(handle=town().people["handle"].loc[mentions["entity_id"]].to_numpy())
    assert set(zip(stated.index, stated, strict=True)) == set(
        zip(listed["record_id"], listed["handle"], strict=True)
    )
    assert len(stated) == len(mentions)


def test_friends_and_relatives_are_listed_and_no_others(collected, mentions):
    ties = town().ties
    ties = ties.loc[ties["tie"].isin(["friend", "kin"])]
    low, high = ties["entity_id_l"].to_numpy(), ties["entity_id_r"].to_numpy()
    truth = collected.truth
    own = truth.loc[(truth["field"] == "*") & (truth["source"] == "profiles")]
    whose = own.set_index("record_id")["entity_id"].loc[mentions["record_id"]].to_numpy()
    one, other = np.minimum(whose, mentions["entity_id"]), np.maximum(whose, mentions["entity_id"])
    assert set(zip(one, other, strict=True)) <= set(zip(low, high, strict=True))


def test_a_second_account_lists_the_same_people(collected, mentions):
    truth = collected.truth
    own = truth.loc[(truth["field"] == "*") & (truth["source"] == "profiles")]
    twice = own.loc[own["entity_id"].duplicated(keep=False)]
    listed = mentions.groupby("record_id")["entity_id"].agg(frozenset)
    seen = twice.assign(listed=twice["record_id"].map(listed)).dropna(subset=["listed"])
    assert len(seen) > 50
    assert (seen.groupby("entity_id")["listed"].nunique() == 1).all()


def test_an_empty_cell_mentions_nobody(collected, mentions):
    friends = collected.records["profiles"]["friends"]
    assert friends.isna().mean() > 0.1
    assert not mentions["record_id"].isin(friends.index[friends.isna()]).any()


def test_without_ties_nobody_is_listed():
    alone = replace(town(), ties=town().ties.iloc[:0])
    collected = collect(scenario_with(), alone)
    assert collected.records["profiles"]["friends"].isna().all()
    assert (collected.truth["role"] == "subject").all()
