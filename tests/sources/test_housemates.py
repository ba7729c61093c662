from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.randomness import Stream
from simulator.sources import collect
from simulator.sources.housemates import NOBODY, OF_A_PERSON, draw_housemates
from tests.sources.conftest import scenario_with

COPYING = {"copied_from_household": {"cells_share": 0.3}}
SEEN = {
    "sources__licences__coverage": {"share": 1.0, "minimum_age_years": 0},
    "sources__licences__noise": COPYING,
    "sources__licences__staleness_years": 0.5,
}


def licences(population, fields, **settings):
    """Return the licences without errors and with copied values, and the copied cells."""
    setting = {name: {"role": "identifying"} for name in fields}
    changes = {**SEEN, "sources__licences__fields": setting, **settings}
    clean = collect(scenario_with(noise_enabled=False, **changes), population)
    noisy = collect(scenario_with(**changes), population)
    truth = noisy.truth.loc[noisy.truth["source"] == "licences"]
    subject = truth.loc[truth["field"] == "*"].set_index("record_id")["entity_id"]
    copied = truth.loc[truth["field"] != "*"]
    return clean.records["licences"], noisy.records["licences"], subject, copied


def test_a_housemate_is_another_member_of_the_same_household_each_as_likely():
    people = pd.DataFrame({"household_id": [5, 3, 5, 5, 9]}, index=[1, 2, 3, 4, 6])
    rows, keys = np.zeros(3000, dtype=np.int64), np.arange(3000, dtype=np.uint64)
    drawn = draw_housemates(people, rows, keys, Stream(1, "x"))
    assert set(drawn) == {2, 3}
    assert (drawn == 2).mean() == pytest.approx(0.5, abs=0.04)
    assert draw_housemates(people, np.array([1, 4]), keys[:2], Stream(1, "x")).tolist() == [
        NOBODY, NOBODY,
    ]  # fmt: skip


def test_the_order_of_the_table_of_people_leaves_no_trace(population):
    people = population.people
    mixed = people.sample(frac=1, random_state=np.random.default_rng(2))
    who = people.index.to_numpy()[:500]
    keys = np.arange(500, dtype=np.uint64)
    drawn = [
        table.index.to_numpy()[
            draw_housemates(table, table.index.get_indexer(who), keys, Stream(1, "x"))
        ]
        for table in (people, mixed)
    ]
    assert np.array_equal(*drawn)


def test_copied_values_are_the_housemates_own_at_the_declared_share(population):
    clean, noisy, subject, copied = licences(population, ["birth_date", "phone"])
    people = population.people
    for field in ("birth_date", "phone"):
        changed = (clean[field] != noisy[field]).to_numpy(dtype=bool)
        assert changed.mean() == pytest.approx(0.3, abs=0.03)
        of_field = copied.loc[copied["field"] == field].set_index("record_id")["entity_id"]
        # the truth names exactly the cells that changed
        assert sorted(of_field.index) == sorted(noisy.index[changed])
        about = subject.loc[of_field.index]
        assert (about.to_numpy() != of_field.to_numpy()).all()
        homes = [people.loc[who, "household_id"].to_numpy() for who in (about, of_field)]
        assert np.array_equal(*homes)
    born = copied.loc[copied["field"] == "birth_date"].set_index("record_id")["entity_id"]
    their_days = people.loc[born, "birth_date"].astype(str).to_numpy()
    assert np.array_equal(noisy.loc[born.index, "birth_date"].to_numpy(dtype=str), their_days)
    assert (noisy["birth_date"] <= noisy["record_date"]).all()
    assert set(copied["role"]) == {"subject"}


def test_a_number_is_copied_as_it_was_on_the_day_of_the_record(population):
    _, noisy, _, copied = licences(population, ["phone"], sources__licences__staleness_years=6.0)
    of = copied.set_index("record_id")["entity_id"]
    then = [
        population.value_at("phone", np.array([who]), np.array([day], "datetime64[D]")).iloc[0]
        for who, day in zip(of.head(80), noisy.loc[of.index[:80], "record_date"], strict=True)
    ]
    assert noisy.loc[of.index[:80], "phone"].tolist() == then
    assert "5559999999" in then


def test_all_copied_values_of_a_record_come_from_one_housemate(population):
    _, _, _, copied = licences(population, ["first_name", "phone", "email"])
    once = copied.drop_duplicates(["record_id", "entity_id"])
    assert once["record_id"].is_unique
    assert len(once) < len(copied)


def test_nothing_is_copied_in_a_household_of_one(population):
    alone = population.people.assign(household_id=np.arange(len(population.people)))
    clean, noisy, _, copied = licences(replace(population, people=alone), sorted(OF_A_PERSON))
    pd.testing.assert_frame_equal(clean, noisy)
    assert copied.empty


def test_a_copied_value_that_is_then_missing_leaves_no_truth(population):
    gaps = {"phone": {"role": "identifying", "missing_share": 0.5}}
    _, noisy, _, copied = licences(population, [], sources__licences__fields=gaps)
    assert noisy.loc[copied["record_id"], "phone"].notna().all()
    assert len(copied) / len(noisy) == pytest.approx(0.15, abs=0.03)
