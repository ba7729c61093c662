import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from simulator.randomness import Stream, combine
from simulator.sources.fields import TrueValues
from simulator.sources.housemates import NOBODY
from simulator.sources.noisy_columns import add_noise, other_records
from simulator.sources.subjects import Subjects
from tests.sources.conftest import scenario_with


def true_of(population, **settings):
    """Return what is true of the first hundred people, of each of whom a source has a record."""
    source = scenario_with(**settings).sources["licences"]
    entity_id = population.people.index.to_numpy()[:100]
    keys = combine(entity_id, 0)
    subjects = Subjects(
        entity_id=entity_id,
        copy=np.zeros(100, dtype=np.int64),
        keys=keys,
        record_id=np.arange(100),
        record_date=np.full(100, np.datetime64("2026-01-01", "D")),
        group=population.people["group"].array[:100],
    )
    return TrueValues(population, subjects, source, Stream(1, "licences"))


@given(st.integers(2, 40), st.integers(0, 9))
def test_another_record_is_never_the_same_and_does_not_depend_on_order(count, seed):
    stream = Stream(seed, "guess")
    keys = combine(np.arange(count), 0)
    drawn = other_records(keys, np.arange(count), stream)
    assert (drawn != np.arange(count)).all()
    turned = other_records(keys[::-1].copy(), np.arange(count), stream)
    assert np.array_equal(keys[drawn], keys[::-1][turned][::-1])


def test_the_only_record_is_its_own_guess():
    assert other_records(combine(np.array([5]), 0), np.zeros(1, np.int64), Stream(1, "a")) == 0


def test_whose_value_a_cell_holds_survives_errors_but_not_a_guess(population):
    true = true_of(population)
    whose = {"phone": np.full(100, 7)}
    settings = scenario_with(
        sources__licences__noise={
            "typing": {"cells_share": 1.0},
            "wrong_guess": {"cells_share": 1.0},
        }
    ).sources["licences"]
    columns = {"phone": true.column("phone")}
    typed = add_noise(columns, {"phone": {"typing": settings.noise["typing"]}}, true, whose)
    assert (typed.copied_from["phone"] == 7).all()
    guess = {"phone": {"wrong_guess": settings.noise["wrong_guess"]}}
    guessed = add_noise(columns, guess, true, whose)
    assert (guessed.copied_from["phone"] == NOBODY).all()
    assert (whose["phone"] == 7).all()


def test_corrected_records_have_no_error(population):
    settings = {"typing": {"cells_share": 1.0}}
    noise = scenario_with(sources__licences__noise=settings).sources["licences"].noise
    true = true_of(population, sources__licences__corrected_share=0.5)
    columns = {"phone": true.column("phone")}
    noisy = add_noise(columns, {"phone": noise}, true).columns["phone"]
    same = pa.compute.equal(columns["phone"], noisy).to_numpy(zero_copy_only=False)
    assert np.array_equal(same, true.corrected)
    assert 20 < same.sum() < 80
