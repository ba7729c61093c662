import re

import pytest

from simulator.population import populate
from simulator.scenario.schema import Haunt
from tests.population.conftest import town


def test_everyone_works_on_their_own_side_of_the_border(population):
    people = population.people
    workers = people.loc[people["employer"].notna()]
    assert workers["work_area"].notna().all()
    assert people.loc[people["employer"].isna(), "work_area"].isna().all()
    assert (workers["work_area"].str.startswith("~") == ~workers["resident"]).all()


def test_an_employer_has_one_site_a_side(population):
    sites = population.workplaces.reset_index()
    assert not sites.duplicated(["employer", "in_town"]).any()
    workers = population.people.dropna(subset=["employer"]).reset_index()
    found = workers.merge(
        sites, left_on=["employer", "resident"], right_on=["employer", "in_town"], how="left"
    )
    assert (found["work_area_x"] == found["work_area_y"]).all()
    large = sites["employer"].value_counts() == 2
    assert large.sum() > 100


def test_former_employers_have_a_site(population):
    past = population.history.query("field == 'employer'")["value"]
    assert past.isin(population.workplaces.index).all()


def test_workplaces_stand_on_the_map_and_at_nobodys_home(population):
    sites, addresses = population.workplaces, population.addresses
    assert sites["work_area"].isin(addresses["home_area"]).all()
    assert not sites["work_address"].isin(addresses["street_address"]).any()
    streets = addresses["street_address"].str.replace(r"( Apt \d+)$", "", regex=True)
    beside = set(streets + "|" + addresses["home_area"])
    lines = sites["work_address"].str.replace(r" Suite \d+$", "", regex=True)
    assert set(lines + "|" + sites["work_area"]) <= beside
    assert all(re.search(r" Suite \d+$", address) for address in sites["work_address"])


def test_local_firms_stand_in_their_own_district(population):
    sites = population.workplaces
    names = sites.index[~sites["in_town"]]
    local = population.workplaces.loc[names[~names.isin(sites.index[sites["in_town"]])]]
    # two districts of 4,000 households: the first 200 firms stand in the first half of the map
    first, second = local["work_area"].iloc[:150], local["work_area"].iloc[-150:]
    assert set(first) - set(second)
    assert set(second) - set(first)
    assert len(set(first) & set(second)) <= 2


@pytest.mark.parametrize("outsiders", [0, 1])
def test_haunts_are_in_the_town_and_keep_their_place(outsiders):
    haunts = {name: Haunt(label=name) for name in ("chapel", "gym", "clinic")}
    scenario = town(1500, outsiders_per_resident=outsiders).model_copy(update={"haunts": haunts})
    population = populate(scenario)
    assert list(population.haunts.index) == ["chapel", "gym", "clinic"]
    assert population.haunts["seen_area"].isin(population.addresses["home_area"]).all()
    assert not population.haunts["seen_area"].str.startswith("~").any()
    fewer = scenario.model_copy(update={"haunts": {"gym": haunts["gym"]}})
    assert populate(fewer).haunts.equals(population.haunts.loc[["gym"]])
