import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from simulator.population.demography import birthdays


def _age(born: pd.Timestamp, as_of: dt.date) -> int:
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 105))
def test_a_day_later_one_would_be_a_year_younger(as_of, years):
    latest = pd.Timestamp(birthdays(as_of, np.array([years]))[0])
    assert _age(latest, as_of) == years
    assert _age(latest + pd.Timedelta(days=1), as_of) == years - 1


def test_birth_dates_agree_with_ages(population, scenario):
    people = population.people
    born = people["birth_date"].dt
    before = (scenario.as_of.month, scenario.as_of.day) < (12, 31)
    assert before
    had_birthday = (born.month < scenario.as_of.month) | (
        (born.month == scenario.as_of.month) & (born.day <= scenario.as_of.day)
    )
    age = scenario.as_of.year - born.year - (~had_birthday).astype(int)
    np.testing.assert_array_equal(age, people["age"])


def test_birth_days_are_spread_over_the_year(birth_date):
    month = birth_date.astype("datetime64[M]").astype(int) % 12
    assert np.bincount(month).min() > 0.06 * len(month)


def test_twins_share_a_birth_date(roster, birth_date):
    twin = np.flatnonzero(roster.twin)
    assert len(twin) > 10
    np.testing.assert_array_equal(birth_date[twin], birth_date[twin - 1])
