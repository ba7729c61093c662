import numpy as np
import pytest


def test_facts_have_the_declared_shares_among_those_old_enough(population, scenario):
    people = population.people
    for name, fact in scenario.sensitive_facts.items():
        adults = people["age"] >= fact.minimum_age_years
        assert people.loc[~adults, name].isna().all()
        for value, share in fact.values.items():
            true = (people.loc[adults, name] == value).fillna(False)
            assert true.mean() == pytest.approx(share, abs=0.008)


def test_facts_do_not_depend_on_the_group(population):
    adults = population.people.loc[population.people["age"] >= 18]
    share = adults["union_membership"].notna().groupby(adults["group"], observed=True).mean()
    count = adults["group"].value_counts()[share.index]
    error = np.sqrt(0.1 * 0.9 / count)
    assert (np.abs(share - 0.1) < 4 * error).all()


def test_birth_places_differ_by_group(population):
    people = population.people
    mexico = (people["birth_place"] == "Mexico").groupby(people["group"], observed=True).mean()
    assert mexico["hispanic"] == pytest.approx(0.22, abs=0.04)
    assert mexico["asian"] == 0
    assert (people["birth_place"] == "Millbrook").mean() > 0.3
