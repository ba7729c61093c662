import numpy as np
import pyarrow as pa
import pytest

from simulator.dossiers.names import legal_names
from tests.dossiers.five_people import population


@pytest.mark.parametrize(
    ("written", "row", "present", "ever"),
    [
        ("ann lee", 0, True, True),
        ("ann marie lee", 0, True, True),
        ("ann m lee", 0, True, True),
        ("annie lee", 0, False, False),
        ("a lee", 0, False, False),
        ("ann leee", 0, False, False),
        ("ann lee", 1, False, False),
        ("lee ann", 0, True, True),
        ("lee ann marie", 0, False, False),
        ("lee annie", 0, False, False),
        ("lee robert", 0, False, False),
        ("cara diaz vega", 2, True, True),
        ("diaz vega cara", 2, True, True),
        ("vega cara", 2, False, False),
        ("stone cara", 2, False, True),
        ("cara luz diaz vega", 2, True, True),
        ("cara diaz", 2, False, False),
        ("cara stone", 2, False, True),
        ("cara luz stone", 2, False, True),
        (None, 2, False, False),
    ],
)
def test_only_a_legal_name_is_one(written, row, present, ever):
    names = legal_names(population().people, np.array([2]), pa.array(["Stone"], pa.large_string()))
    code, is_present = names.read(pa.array([written], pa.large_string()), np.array([row]))
    assert (code >= 0).tolist() == [ever]
    assert is_present.tolist() == [present]


def test_a_name_taken_back_is_the_present_one():
    names = legal_names(population().people, np.array([0]), pa.array(["Lee"], pa.large_string()))
    _, is_present = names.read(pa.array(["ann lee"], pa.large_string()), np.array([0]))
    assert is_present.tolist() == [True]


def test_either_order_states_one_and_the_same_name():
    names = legal_names(population().people, np.array([2]), pa.array(["Stone"], pa.large_string()))
    written = pa.array(["ann lee", "lee ann", "cara stone", "stone cara"], pa.large_string())
    code, _ = names.read(written, np.array([0, 0, 2, 2]))
    assert names.names.take(pa.array(code)).to_pylist() == ["ann lee"] * 2 + ["cara stone"] * 2
