import numpy as np
import pandas as pd
import pytest

from simulator.population import populate
from tests.population.conftest import town

YEAR = pd.Timedelta(days=365.25)


@pytest.fixture(scope="module")
def history(population):
    return population.history


def test_spells_are_whole_and_do_not_overlap(history, scenario):
    as_of = pd.Timestamp(scenario.as_of)
    assert (history["valid_from"] < history["valid_to"]).all()
    assert (history["valid_to"] < as_of).all()
    assert history["valid_from"].min() >= as_of - 10 * YEAR - pd.Timedelta(days=2)
    ordered = history.sort_values(["field", "entity_id", "valid_from"])
    same = (ordered["entity_id"].diff() == 0) & (ordered["field"] == ordered["field"].shift())
    assert (ordered["valid_from"] >= ordered["valid_to"].shift())[same].all()


def test_nothing_was_true_before_birth(history, population):
    born = population.people["birth_date"].reindex(history["entity_id"]).to_numpy()
    assert (history["valid_from"].to_numpy() >= born).all()


@pytest.mark.parametrize(
    ("field", "share", "tolerance"),
    [("address_id", 0.084, 0.012), ("phone", 0.08, 0.006), ("employer", 0.15, 0.012)],
)
def test_a_years_changes_have_the_scenarios_share(
    history, population, scenario, field, share, tolerance
):
    people = population.people
    of = {"address_id": people.index, "phone": people.index[people["age"] >= 14]}
    eligible = of.get(field, people.index[people["employer"].notna() & (people["age"] >= 19)])
    recent = history.loc[
        (history["field"] == field) & (history["valid_to"] >= pd.Timestamp(scenario.as_of) - YEAR)
    ]
    changed = eligible.isin(recent["entity_id"]).mean()
    assert changed == pytest.approx(share, abs=tolerance)


def test_households_move_as_one_to_a_home_they_had_not(history, population):
    moves = history.loc[history["field"] == "address_id"]
    grown = moves.loc[population.people["age"].reindex(moves["entity_id"]).to_numpy() >= 18]
    household = population.people["household_id"].reindex(grown["entity_id"]).to_numpy()
    homes = grown.groupby([household, grown["valid_to"].to_numpy()])["value"].nunique()
    assert (homes == 1).all()
    latest = moves.sort_values("valid_to").groupby("entity_id").tail(1)
    now = population.people["address_id"].reindex(latest["entity_id"]).to_numpy()
    assert (latest["value"].astype("int64").to_numpy() != now).all()


def test_earlier_homes_exist_and_mostly_belong_to_somebody_else_now(history, population):
    homes = history.loc[history["field"] == "address_id", "value"].astype("int64")
    assert homes.isin(population.addresses.index).all()
    assert homes.isin(population.households["address_id"]).mean() > 0.85


def test_wives_names_before_marriage_are_kept(history, population):
    before = history.loc[history["field"] == "last_name"].set_index("entity_id")
    people = population.people.loc[before.index]
    assert len(before) > 300
    assert (people["sex"] == "F").all()
    assert (before["value"] != people["last_name"]).mean() > 0.99
    age = (before["valid_to"] - people["birth_date"]) / YEAR
    assert age.min() > 17.9


def test_value_at_reads_the_history(history, population):
    one = history.loc[history["field"] == "phone"].iloc[0]
    entity_id = np.array([one["entity_id"]])
    day = np.array([one["valid_to"] - pd.Timedelta(days=1)], dtype="datetime64[s]")
    assert population.value_at("phone", entity_id, day).iloc[0] == one["value"]


def test_no_years_of_history_means_no_history():
    assert populate(town(history_years=0)).history.empty
