import numpy as np
import pandas as pd
import pytest

from simulator.population import populate
from simulator.population.people_only import populate_people_only
from tests.population.conftest import town


@pytest.fixture(scope="module")
def both():
    scenario = town(3000, outsiders_per_resident=0.0)
    return populate_people_only(scenario), populate(scenario)


@pytest.mark.parametrize(
    "column", ["household_id", "group", "sex", "age", "birth_date", "first_name", "last_name"]
)
def test_they_are_the_same_people(both, column):
    bare, full = both
    pd.testing.assert_series_equal(
        bare[column],
        full.people[column],
        check_dtype=column not in {"sex"},
        check_categorical=False,
    )


def test_homes_agree(both):
    bare, full = both
    households = full.households.loc[bare["household_id"]]
    np.testing.assert_array_equal(bare["owner"], households["tenure"] == "owner")
    zip_code = full.addresses.loc[full.people["address_id"], "zip_code"]
    pairs = pd.DataFrame({"area": bare["zip_area"].to_numpy(), "code": zip_code.to_numpy()})
    assert len(pairs.drop_duplicates()) == pairs["area"].nunique() == pairs["code"].nunique()


def test_who_moved_agrees_with_the_history(both):
    bare, full = both
    homes = full.history.loc[full.history["field"] == "address_id"]
    recent = homes.loc[homes["valid_to"] >= np.datetime64("2025-01-01"), "entity_id"]
    # the newborn have no earlier home, though their household has
    older = bare["age"] >= 1
    assert set(recent) >= set(bare.index[bare["moved"] & older])
    assert set(recent) <= set(bare.index[bare["moved"]])
    assert bare["moved"].mean() == pytest.approx(0.084, abs=0.03)
