import datetime as dt

import numpy as np
import pytest

from simulator.randomness import Stream
from simulator.sources.subjects import RECORD_ID_BITS, subjects_of
from tests.sources.conftest import AS_OF, scenario_with

DAY = dt.date.fromisoformat(AS_OF)


def subjects(population, **settings):
    settings = {f"sources__licences__{name}": value for name, value in settings.items()}
    source = scenario_with(**settings).sources["licences"]
    return subjects_of(source, population.people, Stream(3, "licences"), DAY, history_years=10)


def ages_years(drawn):
    return (np.datetime64(AS_OF) - drawn.record_date).astype(int) / 365.25


def test_record_age_is_exponential_and_stops_at_the_history(population):
    age = ages_years(subjects(population, staleness_years=2.0))
    assert age.min() >= 0
    assert age.max() <= 10
    # mean of an exponential of mean 2 capped at 10, less half a day of rounding down
    expected = 2 * (1 - np.exp(-5)) - 0.5 / 365.25
    assert age.mean() == pytest.approx(expected, abs=4 * 2 / np.sqrt(len(age)))
    assert np.median(age) == pytest.approx(2 * np.log(2), abs=0.2)


def test_no_staleness_means_today(population):
    assert (ages_years(subjects(population, staleness_years=0.0)) == 0).all()


def test_nobody_has_a_record_before_birth(population):
    drawn = subjects(
        population, staleness_years=30.0, coverage={"share": 1.0, "minimum_age_years": 0}
    )
    birth = population.people.loc[drawn.entity_id, "birth_date"].to_numpy()
    assert (drawn.record_date >= birth).all()
    assert (drawn.record_date == birth).any()


def test_a_share_of_those_seen_have_a_second_record_of_its_own(population):
    drawn = subjects(population, duplicates_share=0.2)
    first, second = drawn.entity_id[drawn.copy == 0], drawn.entity_id[drawn.copy == 1]
    assert len(np.unique(first)) == len(first)
    assert set(second) < set(first)
    assert len(second) / len(first) == pytest.approx(0.2, abs=0.04)
    date_of_first = drawn.record_date[np.searchsorted(first, second)]
    assert np.mean(date_of_first != drawn.record_date[drawn.copy == 1]) > 0.9


def test_record_id_is_wide_and_says_nothing_of_the_entity(population):
    drawn = subjects(population)
    assert drawn.record_id.min() >= 0
    assert drawn.record_id.max() < 2**RECORD_ID_BITS
    assert abs(np.corrcoef(drawn.entity_id, drawn.record_id.astype(float))[0, 1]) < 0.1
