import pytest


def test_the_scenarios_share_of_the_working_ages_is_employed(population):
    people = population.people
    employed = people["employer"].notna()
    assert employed[people["age"].between(18, 69)].mean() == pytest.approx(0.74, abs=0.02)
    assert not employed[~people["age"].between(18, 69)].any()
    assert (people["occupation"].notna() == employed).all()


def test_a_few_firms_are_large_and_most_are_small(population):
    sizes = population.people["employer"].value_counts()
    workers = sizes.sum()
    assert sizes.iloc[0] / workers > 0.02
    assert sizes.iloc[:10].sum() / workers > 0.15
    assert sizes.median() < 15
    assert len(sizes) > 300


def test_occupations_are_many(population):
    shares = population.people["occupation"].value_counts(normalize=True)
    assert len(shares) > 150
    assert shares.iloc[0] < 0.05
