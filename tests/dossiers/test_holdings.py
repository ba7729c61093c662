"""What the lists of the five people state rightly, worked by hand."""

import numpy as np
import pytest

from simulator.dossiers.ground import ground
from simulator.dossiers.holdings import find_holdings
from simulator.dossiers.statements import statements
from tests.dossiers.five_people import COLUMNS, collected, population, scenario

RESIDENTS = np.array([1, 2, 3, 4])


@pytest.fixture(scope="module")
def found():
    town = ground(scenario(), population())
    return find_holdings(
        town, statements(town, collected()), [[name] for name in COLUMNS], RESIDENTS
    )


def counts_of(found, source, fact):
    rows = found.counts()
    row = rows[(rows["holder"] == list(COLUMNS).index(source)) & (rows["fact"] == fact)].iloc[0]
    return [row[f"{name}_count"] for name in ("true", "right", "named", "coarse")]


def test_a_right_fact_counts_once_a_person_whoever_else_is_in_the_list(found):
    # Ann and Dan; Cara's address and phone are former ones, Eve is no resident
    assert counts_of(found, "utility", "home_address") == [4, 2, 2, 0]
    assert counts_of(found, "utility", "phone") == [4, 2, 2, 0]


def test_a_record_without_the_name_tells_the_fact_but_not_by_name(found):
    # Ann's and Robert's employer, on profiles called Annie and Blue Heron 42
    assert counts_of(found, "social", "employer") == [3, 2, 0, 0]
    # the broker knows Ann, Robert and Cara; it does not name Ann
    assert counts_of(found, "broker", "sex") == [4, 3, 2, 0]
    assert counts_of(found, "broker", "clinic_visits") == [2, 1, 0, 0]


def test_a_part_of_a_date_is_no_date(found):
    assert counts_of(found, "social", "birth_date") == [4, 0, 0, 2]
    assert counts_of(found, "broker", "birth_date") == [4, 0, 0, 3]
    assert counts_of(found, "dmv", "birth_date") == [4, 1, 1, 0]  # Dan's is garbled


def test_two_lists_together_hold_what_either_does_and_no_more():
    town = ground(scenario(), population())
    stated = statements(town, collected())
    both = find_holdings(town, stated, [["social", "broker"]], RESIDENTS)
    apart = find_holdings(town, stated, [["social"], ["broker"]], RESIDENTS)
    assert (both.right[0] == apart.right.any(axis=0)).all()
    assert both.credit[0] == pytest.approx(apart.credit.max(axis=0))
    date = both.facts.index("birth_date")
    assert not both.right[0, :, date].any()  # year here and day there: only joining makes a date


def test_a_former_name_names_and_an_invented_one_does_not(found):
    names = dict(zip(COLUMNS, found.names.tolist(), strict=True))
    assert names["utility"] == [True, False, True, True]  # Cara by her former name
    assert names["social"] == [False, False, False, False]
    assert names["broker"] == [False, True, True, False]


def test_credit_is_a_share_of_what_is_true_of_the_person(found):
    facts = found.facts
    utility, broker = found.credit[0], found.credit[2]
    assert utility[0, facts.index("home_address")] == pytest.approx(3 / 14)
    assert broker[0, facts.index("clinic_visits")] == pytest.approx(5 / 14)
    assert (found.credit.sum(axis=2) <= 1 + 1e-12).all()
