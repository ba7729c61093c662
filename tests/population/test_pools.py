"""The pools are the same for every scenario, whatever ran before."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from simulator.population import pools

POOLS = (
    pools.family_words,
    pools.streets,
    pools.towns,
    pools.large_employers,
    pools.occupations,
    pools.words,
    pools.mail_domains,
)


def forget():
    for drawn in (pools._drawn, *POOLS):
        drawn.cache_clear()


def all_of_them():
    return {pool.__name__: pool().to_pylist() for pool in POOLS}


@pytest.fixture(autouse=True)
def leave_none_behind():
    yield
    forget()


@pytest.mark.parametrize("first", POOLS, ids=lambda pool: pool.__name__)
def test_no_pool_depends_on_which_is_asked_for_first(first):
    before = all_of_them()
    forget()
    first()
    assert all_of_them() == before


def test_two_towns_at_one_time_get_the_same_pools():
    before = all_of_them()
    forget()
    with ThreadPoolExecutor(4) as towns:
        found = list(towns.map(lambda _: all_of_them(), range(4)))
    assert found == [before] * 4


def test_a_seed_that_somebody_else_sets_plays_no_part():
    from faker import Faker  # noqa: PLC0415

    before = all_of_them()
    forget()
    Faker.seed(1)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    assert all_of_them() == before


@pytest.mark.parametrize("pool", POOLS, ids=lambda pool: pool.__name__)
def test_every_pool_holds_many_values_and_no_empty_one(pool):
    values = pool().to_pylist()
    assert len(set(values)) >= 30
    assert all(values)
