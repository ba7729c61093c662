import numpy as np
import pandas as pd
import pytest

from simulator.population import populate
from tests.population.conftest import town


def test_addresses_end_in_domains_kept_for_examples(population):
    email = population.people["email"].dropna()
    assert email.str.fullmatch(r"[a-z0-9._]+@([a-z]+\.)?example\.(com|net|org)").all()
    np.testing.assert_array_equal(
        population.people["email"].notna(), population.people["age"] >= 13
    )


def test_local_parts_are_seldom_mended(population):
    local = population.people["email"].dropna().str.split("@").str[0]
    assert local.is_unique
    assert local.str.contains(r"\.\d+$").mean() < 0.02


@pytest.mark.parametrize(
    ("share", "low", "high"), [(0.0, 0.0, 0.06), (0.5, 0.45, 0.56), (1.0, 0.97, 1.0)]
)
def test_handles_come_from_the_email_as_often_as_the_scenario_says(share, low, high):
    people = populate(town(2000, handle_from_email_share=share)).people
    # a handle in the same style can come out equal
    same = people["handle"] == people["email"].str.split("@").str[0]
    assert low <= same[people["handle"].notna()].mean() <= high


def test_some_handles_say_nothing_of_their_owner(population):
    people = population.people.loc[population.people["handle"].notna()]
    handle = people["handle"].to_numpy()
    surname = people["last_name"].str.lower().str.split(" ").str[0].to_numpy()
    inside = np.array([name in text for name, text in zip(surname, handle, strict=True)])
    assert 0.15 < (~inside).mean() < 0.7


def test_second_handles_are_shared_with_nobody_and_are_nobodys_first(population):
    people = population.people
    assert (people["second_handle"].isna() == people["handle"].isna()).all()
    both = pd.concat([people["handle"], people["second_handle"]]).dropna()
    assert both.is_unique
