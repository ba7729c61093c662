import numpy as np
import pytest

from simulator.population.given_names import _listed as listed_first_names
from simulator.population.household_library import CHILD
from simulator.population.names import name_people
from simulator.population.surnames import _listed as listed_surnames


@pytest.fixture(scope="module")
def names(scenario, roster, birth_date):
    return name_people(scenario, roster, birth_date)


def test_most_full_names_of_20_000_adults_are_unique(population):
    adults = population.people.loc[population.people["age"] >= 18]
    assert len(adults) > 19_000
    # 96.9 % by the Census tables
    full = adults["first_name"].str.cat(adults["last_name"], sep=" ").iloc[:20_000]
    assert (~full.duplicated(keep=False)).mean() == pytest.approx(0.969, abs=0.03)


def test_common_names_are_as_common_as_in_the_tables(population):
    people = population.people
    # Smith 2.37 million of 298.8 million with a known surname
    assert (people["last_name"] == "Smith").mean() == pytest.approx(0.0079, abs=0.003)
    born_1950s = people.loc[people["birth_date"].dt.year.between(1950, 1959)]
    men = born_1950s.loc[born_1950s["sex"] == "M", "first_name"]
    assert (men == "Michael").mean() > 0.02
    assert (men == "Jayden").mean() < 0.005


def test_the_rare_tail_has_its_share(roster, names):
    adults = roster.partners() < 0
    rare = ~names.surname.to_pandas()[adults].isin(listed_surnames().to_pandas())
    assert rare.mean() == pytest.approx(0.273, abs=0.03)


def test_rare_first_names_stay_the_exception(names):
    rare = ~names.first_name.to_pandas().isin(listed_first_names().to_pandas())
    assert 0.02 < rare.mean() < 0.15


def test_groups_have_names_of_their_own(population):
    people = population.people
    garcia = people["last_name"].str.split(" ").str[0] == "Garcia"
    share = garcia.groupby(people["group"], observed=True).mean()
    assert share["hispanic"] > 5 * share["white"]


def test_families_share_a_surname(roster, names):
    surname = names.surname.to_numpy(zero_copy_only=False)
    father, mother = roster.parents()
    child = np.flatnonzero(roster.role == CHILD)
    np.testing.assert_array_equal(
        surname[child][mother[child] >= 0], surname[father[child]][mother[child] >= 0]
    )
    partner = roster.partners()
    wives = np.flatnonzero((partner >= 0) & (roster.sex == 0))
    assert 0.5 < (surname[wives] == surname[partner[wives]]).mean() < 0.85


def test_two_surnames_are_the_fathers_first_and_the_mothers_first(roster, names):
    last = names.last_name.to_pandas()
    two = last.str.contains(" ")
    father, mother = roster.parents()
    child = np.flatnonzero((roster.role == CHILD) & (mother >= 0) & two.to_numpy())
    assert len(child) > 50
    surname = names.surname.to_pandas().to_numpy()
    expected = surname[father[child]] + " " + surname[mother[child]]
    np.testing.assert_array_equal(last.to_numpy()[child], expected)


def test_only_the_groups_that_use_two_surnames_have_them(population):
    people = population.people
    share = people["last_name"].str.contains(" ").groupby(people["group"], observed=True).mean()
    assert share["hispanic"] == pytest.approx(0.3, abs=0.04)
    assert share.drop("hispanic").max() == 0


def test_the_family_name_goes_first_in_the_share_of_the_group(population):
    people = population.people
    share = people["family_name_first"].groupby(people["group"], observed=True).mean()
    assert share["asian"] == pytest.approx(0.15, abs=0.04)
    assert share.drop("asian").max() == 0


def test_names_are_ascii_in_usual_case(population):
    people = population.people
    assert people["first_name"].str.fullmatch("[A-Z][a-z]+").all()
    assert people["last_name"].str.fullmatch("[A-Z][a-z]+( [A-Z][a-z]+)?").all()
    assert people["middle_name"].isna().mean() == pytest.approx(0.15, abs=0.02)


def test_nicknames_are_known_for_the_formal_name(population):
    people = population.people
    assert set(people.loc[people["first_name"] == "Jose", "nickname"]) == {"Pepe"}
    assert "Bill" in set(people.loc[people["first_name"] == "William", "nickname"])
    assert people["nickname"].notna().all()
