import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.population.draws import cumulative_rows, draw_from_rows, join, pick


@given(arrays(float, (3, 4), elements=st.floats(0.01, 5)), st.integers(0, 2), st.floats(0, 0.999))
def test_a_draw_is_the_column_whose_interval_holds_the_uniform(weights, row, uniform):
    cumulative = cumulative_rows(weights)
    column = draw_from_rows(cumulative, np.array([row]), np.array([uniform]))[0]
    below = cumulative[row, column - 1] if column else 0.0
    assert below - 1e-9 <= uniform <= cumulative[row, column] + 1e-9


def test_impossible_columns_are_never_drawn():
    cumulative = cumulative_rows(np.array([[0.0, 1.0, 0.0, 3.0]]))
    uniform = np.linspace(0, 0.999, 200)
    assert set(draw_from_rows(cumulative, np.zeros(200, int), uniform)) == {1, 3}


def test_pick_and_join_keep_missing_values():
    picked = pick(pa.array(["a", "b"]), np.array([1, 0]), np.array([False, True]))
    assert join(picked, "-", pa.array(["x", "y"])).to_pylist() == ["b-x", None]
