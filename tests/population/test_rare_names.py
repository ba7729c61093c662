import numpy as np
import pyarrow as pa
import pytest

from simulator.population.rare_names import LONGEST, SHORTEST, learn, letters_of, rare_names
from simulator.population.reference import CENSUS_GROUPS
from simulator.population.surnames import _listed_lower, _model
from simulator.randomness import Stream


def test_letters_of_leaves_out_everything_but_letters():
    assert letters_of(pa.array(["O'Ab"]))[0, :4].tolist() == [15, 1, 2, 0]


def test_a_model_of_one_name_can_only_spell_that_name():
    model = learn(pa.array(["Maria"]), np.ones((1, 1)))
    made = rare_names(
        model, np.zeros(2, int), np.array([1, 2], np.uint64), Stream(1, "t"), pa.array(["other"])
    )
    assert made.to_pylist() == ["Maria", "Maria"]


def test_models_do_not_mix():
    model = learn(pa.array(["Maria", "Olufemi"]), np.eye(2))
    made = rare_names(
        model, np.array([0, 1]), np.array([1, 2], np.uint64), Stream(1, "t"), pa.array(["other"])
    )
    assert made.to_pylist() == ["Maria", "Olufemi"]


@pytest.mark.parametrize("group", range(len(CENSUS_GROUPS)))
def test_rare_surnames_are_spelt_sanely_and_nearly_all_different(group):
    keys = np.arange(3000, dtype=np.uint64)
    row = np.full(3000, group)
    made = rare_names(_model(), row, keys, Stream(5, "t"), _listed_lower()).to_pandas()
    assert made.str.fullmatch("[A-Z][a-z]+").all()
    assert made.str.len().max() <= LONGEST
    assert (made.str.len() >= SHORTEST).mean() > 0.99
    assert (~made.duplicated(keep=False)).mean() > 0.9
    assert made.str.lower().isin(_listed_lower().to_pandas()).mean() < 0.02


def test_equal_keys_get_equal_names():
    keys = np.array([7, 8, 7], np.uint64)
    made = rare_names(_model(), np.zeros(3, int), keys, Stream(5, "t"), _listed_lower())
    one, two, three = made.to_pylist()
    assert one == three != two
