import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiments.validate import uniqueness
from simulator.experiments.validate.uniqueness import crowd, expected_unique
from tests.experiments.validate.invented import evidence_of


def people(rows):
    frame = pd.DataFrame(rows, columns=["zip_area", "sex", "birth_date", "age"])
    frame["sex"] = frame["sex"].astype("category")
    frame["birth_date"] = frame["birth_date"].astype("datetime64[s]")
    return frame


FOUR = people(
    [
        (0, "F", "1980-05-01", 45),
        (0, "F", "1980-05-02", 45),
        (0, "M", "1980-05-01", 45),
        (2, "F", "1980-05-01", 45),
    ]
)


@pytest.mark.parametrize(("birth", "unique"), [("day", 1.0), ("month", 0.5), ("year", 0.5)])
def test_counted_by_hand(birth, unique):
    found = uniqueness.unique_share(evidence_of(people=FOUR), birth)
    assert found.ours == unique
    assert found.n == 4


def test_the_pigeonhole_count_takes_a_whole_band_or_nothing():
    # children under 12: 2 x 365 x 12 = 8,760 dates and sexes
    for children, said in ((8760, 1.0), (8761, 0.0)):
        rows = pd.DataFrame({"zip_area": 0, "sex": "F", "age": 5}, index=range(children))
        rows["sex"] = rows["sex"].astype("category")
        assert uniqueness.pigeonhole_share(evidence_of(people=rows)).ours == said


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2)), max_size=30))
def test_a_crowd_is_how_many_are_equal(rows):
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    expected = [rows.count(row) for row in rows]
    assert crowd(table[:, 0], table[:, 1]).tolist() == expected


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_more_people_are_less_unique(few, more):
    daily = np.full(40, 1 / 40 / 1825)
    one, other = (expected_unique(np.array([float(n)]), daily) for n in (few, few + more))
    assert 0 < other < one < 1 + 1e-9


def test_the_expectation_over_every_area_is_near_golle():
    assert uniqueness.unique_everywhere(evidence_of()).ours == pytest.approx(0.64, abs=0.03)
