import numpy as np
import pytest

from simulator.randomness import Stream
from simulator.scenario.schema import Coverage, Source
from simulator.sources.coverage import account_holders, covered, share_by_age


def source(coverage, record_of="person"):
    fields = {"sex": {"role": "quasi-identifier"}}
    return Source.model_validate(
        {
            "label": "S",
            "gate": "public",
            "record_of": record_of,
            "coverage": coverage,
            "fields": fields,
        }
    )


def seen(coverage, people, record_of="person"):
    return covered(source(coverage, record_of), people, Stream(3, "list"))


def within_binomial_error(count, total, share):
    return abs(count - total * share) < 4 * np.sqrt(total * share * (1 - share))


def test_share_by_age_reads_every_form_of_band():
    shares = share_by_age(Coverage(by_age={"16": 0.1, "18-29": 0.2, "65+": 0.3}))
    assert [shares[age] for age in (15, 16, 17, 18, 29, 30, 64, 65, 110)] == [
        0, 0.1, 0, 0.2, 0.2, 0, 0, 0.3, 0.3,
    ]  # fmt: skip


def test_share_starts_at_the_minimum_age(population):
    people = population.people
    entities = seen({"share": 0.6, "minimum_age_years": 21}, people)
    assert people.loc[entities, "age"].min() == 21
    assert within_binomial_error(len(entities), (people["age"] >= 21).sum(), 0.6)


def test_bands_are_covered_at_their_share(population):
    people = population.people
    entities = seen({"by_age": {"18-29": 0.84, "65+": 0.45}}, people)
    age = people.loc[entities, "age"]
    young, old = people["age"].between(18, 29), people["age"] >= 65
    assert age.isin([*range(18, 30), *range(65, 131)]).all()
    assert within_binomial_error((age < 30).sum(), young.sum(), 0.84)
    assert within_binomial_error((age >= 65).sum(), old.sum(), 0.45)


def test_group_factor_multiplies_and_stops_at_one(population):
    people = population.people
    for factor, share in ((0.5, 0.3), (5.0, 1.0)):
        entities = seen({"share": 0.6, "by_group": {"b": factor}}, people)
        adults = people.loc[people["age"] >= 18, "group"]
        counts = people.loc[entities, "group"].value_counts()
        assert within_binomial_error(counts["a"], (adults == "a").sum(), 0.6)
        if share == 1.0:
            assert counts["b"] == (adults == "b").sum()
        else:
            assert within_binomial_error(counts["b"], (adults == "b").sum(), share)


def test_residents_and_outsiders_are_covered_alike(population):
    people = population.people
    entities = seen({"share": 0.6}, people)
    for resident in (True, False):
        adults = people.loc[(people["age"] >= 18) & (people["resident"] == resident)]
        assert within_binomial_error(adults.index.isin(entities).sum(), len(adults), 0.6)


def test_one_account_per_household_in_an_adults_name(population):
    people = population.people
    entities = seen({"share": 0.75}, people, "household_account")
    holders = people.loc[entities]
    assert not holders["household_id"].duplicated().any()
    assert holders["age"].min() >= 18
    households_count = people.loc[people["age"] >= 18, "household_id"].nunique()
    assert within_binomial_error(len(holders), households_count, 0.75)


def test_a_household_of_children_has_no_account(population):
    children = population.people.loc[population.people["age"] < 18]
    assert len(seen({"share": 1.0}, children, "household_account")) == 0


def test_every_adult_holds_equally_often(population):
    people = population.people.loc[population.people["age"] >= 18]
    sizes = people.groupby("household_id")["age"].transform("size")
    pairs = people.loc[sizes == 2]
    holders = account_holders(pairs, 18, Stream(3, "holder"))
    first_listed = (~pairs["household_id"].duplicated()).to_numpy()
    assert len(holders) == len(pairs) // 2
    assert within_binomial_error(first_listed[holders].sum(), len(holders), 0.5)


@pytest.mark.parametrize("record_of", ["person", "household_account"])
def test_whom_a_source_sees_grows_with_its_share(population, record_of):
    few = seen({"share": 0.3}, population.people, record_of)
    many = seen({"share": 0.5}, population.people, record_of)
    assert set(few) < set(many)


def test_whether_a_household_has_an_account_does_not_depend_on_its_holder(population):
    people = population.people
    adults = people.loc[people["age"] >= 18]
    holder = adults.loc[seen({"share": 0.5}, adults, "household_account")]
    # without its holder the household has its account all the same, in another adult's name
    others = adults.drop(holder.index)
    still = others.loc[seen({"share": 0.5}, others, "household_account"), "household_id"]
    with_other_adult = set(holder["household_id"]) & set(others["household_id"])
    assert len(with_other_adult) > 100
    assert with_other_adult <= set(still)
