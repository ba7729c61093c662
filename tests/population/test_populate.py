import os
import subprocess
import sys

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from simulator.population import populate
from simulator.tables import TEXT
from tests.population.conftest import town

COLUMNS = [
    "household_id", "resident", "group", "household_role", "sex", "birth_date", "age",
    "first_name", "nickname", "middle_name", "last_name", "family_name_first", "address_id",
    "phone", "email", "handle", "second_handle", "employer", "work_area", "occupation",
    "national_id", "licence_number", "plate", "device", "card", "birth_place",
]  # fmt: skip

TABLES = ("people", "households", "addresses", "ties", "history", "workplaces", "haunts")


def test_tables_are_as_documented(population, scenario):
    people = population.people
    assert list(people.columns) == COLUMNS + list(scenario.sensitive_facts)
    assert people.index.name == "entity_id"
    assert people.index.dtype == "int64"
    assert people.index.is_unique
    assert people.index.is_monotonic_increasing
    assert people.index.max() < 2**53
    assert people["birth_date"].dtype == "datetime64[s]"
    assert people["email"].dtype == TEXT
    assert people["family_name_first"].dtype == bool
    assert people["resident"].sum() == 5000
    assert (~people["resident"]).sum() == 20000
    assert list(population.households.columns) == ["address_id", "tenure", "resident", "size_count"]
    assert list(population.history.columns) == [
        "entity_id", "field", "value", "valid_from", "valid_to",
    ]  # fmt: skip
    assert list(population.workplaces.columns) == ["in_town", "work_area", "work_address"]
    assert population.workplaces.index.name == "employer"
    assert list(population.haunts.columns) == ["seen_area"]
    counted = people["household_id"].value_counts().reindex(population.households.index)
    assert (counted == population.households["size_count"]).all()


def test_the_same_scenario_gives_the_same_people():
    one, two = populate(town()), populate(town())
    for name in TABLES:
        assert_frame_equal(getattr(one, name), getattr(two, name))


def test_a_small_town_is_the_beginning_of_a_large_one():
    small, large = (populate(town(people)).people.query("resident") for people in (301, 1500))
    # there are more places to work at in the larger one
    small, large = (people.drop(columns="work_area") for people in (small, large))
    assert_frame_equal(small, large.iloc[:301])


def test_residents_do_not_depend_on_the_outsiders():
    alone, among = (
        populate(town(outsiders_per_resident=share)).people.query("resident") for share in (0, 3)
    )
    assert_frame_equal(alone, among)


def test_another_seed_gives_other_people():
    one, two = populate(town(seed=1)).people, populate(town(seed=2)).people
    assert (one["last_name"].to_numpy() == two["last_name"].to_numpy()).mean() < 0.05


@pytest.mark.parametrize(
    ("setting", "value", "may_change"),
    [
        ("phone_changed_share", 0.5, set()),
        ("owners_moved_share", 0.3, set()),
        ("employed_share", 0.3, {"employer", "work_area", "occupation"}),
        ("handle_from_email_share", 0.1, {"handle"}),
        ("homeowners_share", 0.2, set()),
    ],
)
def test_one_setting_changes_nothing_else(setting, value, may_change):
    base, other = populate(town()), populate(town(**{setting: value}))
    for column in base.people:
        if column not in may_change:
            assert_series_equal(base.people[column], other.people[column])
    if setting == "phone_changed_share":
        kept = [frame.history.query("field != 'phone'") for frame in (base, other)]
        assert_frame_equal(*(frame.reset_index(drop=True) for frame in kept))
        assert len(other.history) > len(base.history)
        assert_frame_equal(base.ties, other.ties)


def test_the_order_of_names_changes_nothing_else():
    base, other = (
        populate(
            town(
                groups={
                    name: group.model_copy(update={"family_name_first_share": share})
                    for name, group in town().population.groups.items()
                }
            )
        )
        for share in (0.0, 0.5)
    )
    assert not base.people["family_name_first"].any()
    assert other.people["family_name_first"].mean() == pytest.approx(0.5, abs=0.05)
    rest = base.people.columns.drop("family_name_first")
    assert_frame_equal(base.people[rest], other.people[rest])
    for name in ("households", "addresses", "ties", "history"):
        assert_frame_equal(getattr(base, name), getattr(other, name))


def test_a_fact_can_be_added_without_touching_the_others(scenario):
    small = town()
    fewer = dict(list(small.sensitive_facts.items())[1:])
    base, other = populate(small), populate(small.model_copy(update={"sensitive_facts": fewer}))
    assert_frame_equal(base.people[other.people.columns], other.people)


@pytest.mark.slow
def test_another_process_with_another_hash_seed_gives_the_same_people():
    code = (
        "import pandas as pd; from simulator.population import populate;"
        "from simulator.scenario import load_scenario;"
        "p = populate(load_scenario('town', people=60));"
        "print(pd.util.hash_pandas_object(p.people.astype(str)).sum(),"
        "pd.util.hash_pandas_object(p.history.astype(str)).sum(),"
        "pd.util.hash_pandas_object(p.ties.astype(str)).sum())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_birth_dates_are_days(population):
    assert (population.people["birth_date"] == population.people["birth_date"].dt.normalize()).all()
    assert population.people["birth_date"].max() <= pd.Timestamp("2026-01-01")
