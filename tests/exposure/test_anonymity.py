import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure import anonymity
from simulator.exposure.anonymity import NOT_STATED, crowds, measure_anonymity
from simulator.exposure.person import measure_people
from tests.dossiers.five_people import (
    COLUMNS,
    collected,
    membership,
    population,
    scenario_with_roles,
)
from tests.dossiers.random_town import random_membership, random_population, random_records

SETTINGS = settings(max_examples=40, deadline=None)


def measured(sources=tuple(COLUMNS), clusters=None):
    town = ground(scenario_with_roles(), population())
    said = statements(town, collected())
    clusters = membership() if clusters is None else clusters
    return measure_people(assemble(town, said, clusters, sources), population())


def test_the_worked_town():
    people = measured()
    # Ann: sex F, 3 Feb 1990, 1 Oak St, Acme: herself. Robert: M, 9 Jul 1988 (year and day), Acme.
    # Cara: sex F and the year 1990 are right, her home and phone outdated: she or Ann.
    # Dan: sex M and 3 Fir St are right; Eve's employer, and a birth date with one digit wrong.
    assert people["crowd_count"].tolist() == [1, 1, 2, 1]
    assert people["unique"].tolist() == [True, True, False, True]
    assert people["anonymity_bits"].tolist() == pytest.approx(np.log2([5, 5, 5 / 2, 5]))


def test_by_one_list_alone():
    # the utility names Ann at 1 Oak St, where Robert lives too, Cara at 3 Fir St, where Dan does
    people = measured(sources=("utility",))
    assert people["named"].tolist() == [True, False, True, True]
    # of Cara nothing is right; her former home leads to Dan, who lives there now
    assert people["crowd_count"].tolist() == [2, 5, 5, 1]
    assert people["misdirected"].tolist() == [False, False, True, False]


def test_a_file_with_only_somebody_elses_facts_leads_to_them():
    clusters = membership()
    # Robert's two records are the dossier; without his own birth facts, Ann's would fit Ann
    clusters[:] = np.arange(len(clusters))
    clusters[[302, 301, 201]] = 2
    people = measured(sources=("social", "broker"), clusters=clusters)
    # the broker has Robert Lee, M 1988, and Ann, F 1990, on one day: the smaller record_id, Ann's,
    # stands, so sex F, year 1990, day 02-03 (Ann's own date) and Acme: all of them Ann's
    assert people.loc[2, "misdirected"]
    assert people.loc[2, "crowd_count"] == 2  # Acme is right, and Ann works there too


def test_nobody_stands_out_whom_nothing_is_stated_of():
    people = measured(sources=())
    assert people["crowd_count"].tolist() == [5] * 4
    assert (people["anonymity_bits"] == 0).all()
    assert not people[["unique", "misdirected"]].any(axis=None)


def test_names_identifiers_and_sensitive_facts_do_not_count():
    town = ground(scenario_with_roles(), population())
    assert town.quasi_identifiers == (
        *("sex", "birth_date", "birth_year", "birth_month_day"),
        *("street_address", "home_area", "zip_code", "city", "employer"),
    )


@st.composite
def codes(draw):
    """Draw people's codes, a column apart from the other, and some of them as queries."""
    columns = draw(st.integers(1, 4))
    people = draw(st.integers(1, 30))
    values = st.lists(st.integers(-1, 3), min_size=columns, max_size=columns)
    rows = draw(st.lists(values, min_size=people, max_size=people))
    true = np.array(rows, dtype=np.int64)
    true[true >= 0] += np.broadcast_to(4 * np.arange(columns), true.shape)[true >= 0]
    return true


@SETTINGS
@given(codes(), st.integers(0, 2**32 - 1), st.integers(1, 50))
def test_crowds_are_those_counted_one_by_one(true, seed, at_once):
    rng = np.random.default_rng(seed)
    asked = true[rng.integers(0, len(true), 12)]
    strange = rng.random(asked.shape)
    asked = np.where(strange < 0.1, 99, np.where(strange < 0.4, NOT_STATED, asked))
    counted = [
        sum(all(a in (NOT_STATED, t) for a, t in zip(row, person, strict=True)) for person in true)
        for row in asked.tolist()
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anonymity, "_PAIRS_AT_ONCE", at_once)
        assert crowds(asked, true).tolist() == counted


@SETTINGS
@given(codes(), st.integers(0, 2**32 - 1))
def test_a_right_value_more_never_makes_the_crowd_larger(true, seed):
    rng = np.random.default_rng(seed)
    known = rng.random(true.shape)
    before = np.where(known < 0.4, true, NOT_STATED)
    after = np.where(known < 0.7, true, NOT_STATED)
    fewer, more = crowds(after, true), crowds(before, true)
    assert (fewer <= more).all()
    assert (fewer >= 1).all()
    assert (more <= len(true)).all()
    assert (fewer == 1).mean() >= (more == 1).mean()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_in_any_town_a_crowd_is_between_one_and_everybody(seed, errors_share):
    rng = np.random.default_rng(seed)
    town_people = random_population(rng)
    held = random_records(rng, town_people, errors_share)
    town = ground(scenario_with_roles(), town_people)
    found = assemble(town, statements(town, held), random_membership(rng, held), tuple(COLUMNS))
    people = measure_people(found, town_people)
    assert people["crowd_count"].between(1, len(town_people.people)).all()
    assert people.loc[~people["named"], "crowd_count"].eq(len(town_people.people)).all()
    facts = found.facts.loc[found.facts["form"].isin(town.quasi_identifiers)]
    wrong = facts.loc[facts["status"] != "right", "entity_id"]
    assert people.index[people["misdirected"]].isin(wrong).all()


def twenty_and_ten():
    return pd.DataFrame(
        {
            "group": pd.Categorical(["a"] * 24 + ["b"] * 10),
            "named": [True] * 20 + [False] * 4 + [True] * 10,
            "unique": [True] * 5 + [False] * 29,
            "misdirected": [False] * 34,
            "crowd_count": [1] * 5 + [4] * 10 + [9] * 5 + [100] * 4 + [2] * 10,
        }
    )


def test_the_distribution_is_over_residents_with_a_file():
    found = measure_anonymity(twenty_and_ten())
    of_a = found.loc[found["group"] == "a"].set_index("metric")
    crowd = {share: of_a.loc[f"crowd_{share}_count", "value"] for share in (10, 25, 50, 75, 90)}
    assert crowd == {10: 1, 25: 1, 50: 4, 75: 4, 90: 9}
    assert of_a.loc["unique_of_named_share", ["value", "n"]].tolist() == [0.25, 20]
    # Wilson's interval of one half of 20 is 0.299 to 0.701: both ends stand in a crowd of four
    assert of_a.loc["crowd_50_count", ["low", "high", "interval"]].tolist() == [4, 4, "wilson"]
    assert (of_a["low"] <= of_a["value"]).all()
    assert (of_a["value"] <= of_a["high"]).all()


def test_a_group_under_twenty_is_withheld():
    found = measure_anonymity(twenty_and_ten())
    of_b = found.loc[found["group"] == "b"]
    assert of_b["value"].isna().all()
    assert set(of_b["n"]) == {10}
