import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.sources import collect
from simulator.tables import RECORD_DATE
from tests.sources.conftest import scenario_with

MOVED = "2024-07-01"
PERSON_FIELDS = (
    "first_name", "middle_name", "last_name", "full_name", "sex", "birth_date", "birth_year",
    "birth_month_day", "street_address", "house_number", "city", "zip_code", "state", "phone",
    "email", "handle", "national_id", "licence_number", "plate", "employer", "birth_place",
    "occupation", "worship",
)  # fmt: skip


@pytest.fixture(scope="module")
def collected(population):
    """Every field there is, without noise: each record beside the person it is about."""
    scenario = scenario_with(
        noise_enabled=False,
        sources__licences__coverage={"share": 1.0, "minimum_age_years": 0},
        sources__licences__fields={name: {"role": "identifying"} for name in PERSON_FIELDS},
    )
    return collect(scenario, population)


@pytest.fixture(scope="module")
def records(collected):
    return collected.records["licences"]


@pytest.fixture(scope="module")
def people(collected, records, population):
    about = collected.truth.set_index("record_id").loc[records.index, "entity_id"]
    return population.people.loc[about].set_axis(records.index)


def spelled(records, people, population, field):
    """Return the value each record should hold where `field` has one past value until MOVED."""
    past = population.history.loc[population.history["field"] == field]
    national_id = population.people.loc[past["entity_id"], "national_id"].to_numpy()
    was = people["national_id"].map(pd.Series(past["value"].to_numpy(), index=national_id))
    return people[field].astype("object").where(was.isna() | (records[RECORD_DATE] >= MOVED), was)


def test_columns_are_the_fields_in_order_and_the_day(records):
    assert tuple(records.columns) == (*PERSON_FIELDS, RECORD_DATE)
    assert (records[RECORD_DATE].str.len() == 10).all()


@pytest.mark.parametrize(
    "field",
    ["first_name", "middle_name", "sex", "email", "national_id", "licence_number", "plate",
     "employer", "birth_place", "occupation", "worship"],
)  # fmt: skip
def test_what_never_changed_is_as_in_people(records, people, field):
    pd.testing.assert_series_equal(records[field], people[field], check_names=False)


def test_a_second_account_has_a_handle_of_its_own(collected, records, people):
    subject = collected.truth.set_index("record_id").loc[records.index, "entity_id"]
    twice = subject.duplicated(keep=False).to_numpy()
    pd.testing.assert_series_equal(
        records["handle"][~twice], people["handle"][~twice], check_names=False
    )
    known = records.assign(subject=subject)[twice].dropna(subset="handle")
    handles = known.groupby("subject")["handle"].agg(set)
    of = people.assign(subject=subject).groupby("subject")[["handle", "second_handle"]].first()
    assert len(handles) > 100
    for column in ("handle", "second_handle"):
        here = of.loc[handles.index, column]
        assert all(handle in told for handle, told in zip(here, handles, strict=True))


@pytest.mark.parametrize("field", ["last_name", "phone"])
def test_what_changed_is_as_on_the_day_of_the_record(records, people, population, field):
    expected = spelled(records, people, population, field)
    assert (records[field] == expected).all()
    assert 0.02 < (records[field] != people[field]).mean() < 0.3


def test_birth_fields(records, people):
    assert (records["birth_date"] == people["birth_date"].dt.strftime("%Y-%m-%d")).all()
    assert (records["birth_year"] == people["birth_date"].dt.strftime("%Y")).all()
    assert (records["birth_month_day"] == people["birth_date"].dt.strftime("%m-%d")).all()


def test_full_name_is_first_and_last_as_on_the_day_in_the_persons_own_order(records, people):
    first, last = records["first_name"], records["last_name"]
    expected = (first + " " + last).where(~people["family_name_first"], last + " " + first)
    assert (records["full_name"] == expected).all()


def test_display_names_stand_in_the_persons_own_order(population):
    styles = {"legal": 0.5, "nickname_and_surname": 0.5}
    collected = collect(
        scenario_with(noise_enabled=False, sources__profiles__fields__display_name__styles=styles),
        population,
    )
    shown = collected.records["profiles"]["display_name"]
    about = collected.truth.set_index("record_id").loc[shown.index, "entity_id"]
    people = population.people.loc[about].set_axis(shown.index)
    given = "(" + people["first_name"] + "|" + people["nickname"] + ")"
    in_front = pd.Series(
        [re.match(pattern, name) is not None for pattern, name in zip(given, shown, strict=True)],
        index=shown.index,
    )
    assert (in_front != people["family_name_first"]).all()


def test_the_parts_of_an_address_go_together(records, people, population):
    address_id = spelled(records, people, population, "address_id").astype(np.int64)
    home = population.addresses.loc[address_id].set_axis(records.index)
    for part in ("street_address", "house_number", "city", "zip_code", "state"):
        assert (records[part] == home[part]).all()


def test_a_stale_address_stands_in_old_records_only(records, people, population):
    home = population.addresses.loc[people["address_id"], "street_address"].set_axis(records.index)
    stale = records["street_address"] != home
    old = records[RECORD_DATE] < MOVED
    assert stale.sum() > 100
    assert old[stale].all()
    assert not stale[~old].any()


def test_a_sensitive_fact_is_as_of_now(population):
    spell = population.history.loc[population.history["field"] == "phone"].assign(
        field="worship", value="Former chapel"
    )
    converted = replace(population, history=pd.concat([population.history, spell]))
    scenario = scenario_with(noise_enabled=False, sources__profiles__staleness_years=9.0)
    records = collect(scenario, converted).records["profiles"]
    assert (records[RECORD_DATE] < MOVED).any()
    assert set(records["worship"].dropna()) == {"Chapel"}
