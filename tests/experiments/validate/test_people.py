import pandas as pd
import pytest

from simulator.experiments.validate import people
from tests.experiments.validate.invented import evidence_of

FIVE = pd.DataFrame(
    {
        "household_id": [1, 1, 2, 3, 3],
        "group": ["white", "white", "white", "black", "black"],
        "owner": [True, True, False, False, False],
        "age": [40, 0, 30, 50, 51],
        "sex": ["F", "M", "F", "M", "F"],
        "moved": [True, True, False, False, True],
    }
)


@pytest.fixture
def evidence():
    return evidence_of(people=FIVE, households=people.households(FIVE))


def test_households(evidence):
    assert evidence.households["size"].tolist() == [2, 1, 2]
    assert people.households_of_one(evidence).ours == pytest.approx(1 / 3)
    assert people.owner_share(evidence).ours == pytest.approx(1 / 3)


def test_infants_did_not_move(evidence):
    found = people.moved_share(evidence)
    assert (found.ours, found.n) == (0.5, 4)


def test_the_largest_difference_names_its_class(evidence):
    found = people.household_sizes(evidence, "white")
    # half live alone against 27.3 / 102.2; half in twos against 35.6 / 102.2
    assert found.ours == pytest.approx(0.5 - 27.3 / 102.2)
    assert found.how == "households of 1: 50.00 %, published 26.71 %"
    assert found.n == 2


def test_the_pyramid(evidence):
    found = people.ages(evidence)
    # each of the five is alone in a class that should hold 0.2 at most
    assert found.ours == pytest.approx(0.2, abs=0.04)
    assert found.n == 5
