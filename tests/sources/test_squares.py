import numpy as np
import pytest

from simulator.sources.squares import NOWHERE, Squares


def test_squares_beyond_column_z_lie_beside_one_another():
    squares = Squares(["Z1", "AA1"])
    z, aa = squares.code(["Z1", "AA1"])
    one, none = np.array([1]), np.array([0])
    assert squares.beside(np.array([z]), one, none).tolist() == [aa]
    assert squares.beside(np.array([aa]), -one, none).tolist() == [z]


def test_town_and_surroundings_have_maps_of_their_own():
    squares = Squares(["A1", "B1", "~A1", "~C1"])
    start = squares.code(["A1", "~A1"])
    reached = squares.beside(start, np.array([1, 1]), np.array([0, 0]))
    # beyond the edge, or where nobody lives, one stays
    assert squares.text(reached).to_pylist() == ["B1", "~A1"]


def test_nowhere_is_no_label():
    squares = Squares(["A1", None])
    assert squares.text(np.array([NOWHERE, 0])).to_pylist() == [None, "A1"]


def test_a_name_that_is_no_square_is_refused():
    with pytest.raises(ValueError, match="letters and a number"):
        Squares(["Main Street"]).beside(np.array([0]), np.array([1]), np.array([0]))
