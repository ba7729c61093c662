import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import true_codes
from simulator.dossiers.ground import ground
from simulator.exposure.release_risk import measure_release, release_risks
from tests.dossiers.five_people import population, scenario_with_roles


def risks(fields, in_file):
    codes = true_codes(ground(scenario_with_roles(), population()), fields)
    return release_risks(codes, np.array(in_file))


def test_the_worked_town():
    # ZIP 55501: Ann, Robert, Cara; 55502: Dan; 55509: Eve. Women: Ann, Cara, Eve
    found = risks(["zip_code", "sex"], [1, 2, 3, 4])
    assert found["prosecutor_risk"].tolist() == [1 / 2, 1, 1 / 2, 1]
    assert found["journalist_risk"].tolist() == [1 / 2, 1, 1 / 2, 1]
    # a year alone: 1990 is Ann's and Cara's, 1970 Dan's and Eve's, who is not in the file
    found = risks(["birth_year"], [1, 3, 4])
    assert found["prosecutor_risk"].tolist() == [1 / 2, 1 / 2, 1]
    assert found["journalist_risk"].tolist() == [1 / 2, 1 / 2, 1 / 2]


def test_having_no_employer_is_a_value_too():
    # Acme: Ann and Robert; Cara has none
    found = risks(["employer"], [1, 2, 3])
    assert found["prosecutor_risk"].tolist() == [1 / 2, 1 / 2, 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 60))
def test_knowing_who_is_in_the_file_never_helps_less(seed, columns, people_count):
    rng = np.random.default_rng(seed)
    codes = pd.DataFrame(rng.integers(0, 3, (people_count, columns)))
    in_file = np.flatnonzero(rng.random(people_count) < 0.6)
    found = release_risks(codes, in_file)
    assert (found["prosecutor_risk"] >= found["journalist_risk"]).all()
    assert found["journalist_risk"].gt(0).all()
    assert found["prosecutor_risk"].le(1).all()
    # the expected number of records found is the number of classes, in the file
    classes = len(codes.iloc[in_file].drop_duplicates())
    assert found["prosecutor_risk"].sum() == pytest.approx(classes)
    # a file of everyone is the population
    everyone = release_risks(codes, np.arange(people_count))
    assert everyone["prosecutor_risk"].equals(everyone["journalist_risk"].rename("prosecutor_risk"))


def test_figures_are_about_residents_in_the_file():
    codes = pd.DataFrame({"sex": np.arange(60) % 2}, index=np.arange(60))
    group = pd.Series(["a"] * 40 + ["b"] * 10, index=np.arange(50))
    # 40 of a, 10 of b and 10 outsiders: each sex has 30 of the 60
    found = measure_release(release_risks(codes, np.arange(60)), group)
    of = found.set_index(["group", "metric"])
    assert of.loc[("all", "prosecutor_mean_risk"), ["value", "n"]].tolist() == [1 / 30, 50]
    assert of.loc[("a", "marketer_risk"), "value"] == pytest.approx(1 / 30)
    assert np.isnan(of.loc[("b", "marketer_risk"), "value"])
    assert set(found["interval"]) == {"none"}


def test_alone_in_the_file_and_not_in_the_population():
    codes = pd.DataFrame({"year": np.tile(np.arange(30), 2)}, index=np.arange(60))
    group = pd.Series("a", index=np.arange(60))
    found = measure_release(release_risks(codes, np.arange(30)), group)
    value = found.loc[found["group"] == "all"].set_index("metric")["value"]
    assert value.to_dict() == {
        "prosecutor_mean_risk": 1,
        "prosecutor_max_risk": 1,
        "journalist_max_risk": 0.5,
        "marketer_risk": 0.5,
        "unique_in_file_share": 1,
        "unique_in_population_share": 0,
    }
