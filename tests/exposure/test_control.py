import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.control import (
    ATTACK,
    BEYOND,
    CONTROL,
    beyond_control,
    control_of_linking,
    control_rows,
)
from simulator.exposure.intervals import resample_households
from tests.dossiers import five_people


def dossiers():
    known = ground(five_people.scenario(), five_people.population())
    return assemble(
        known,
        statements(known, five_people.collected()),
        five_people.membership(),
        tuple(five_people.COLUMNS),
    )


def control(records, household_id, stratum):
    people = pd.DataFrame({"household_id": household_id})
    people.index = pd.Index(np.arange(1, len(people) + 1), name="entity_id")
    resamples = resample_households(people["household_id"], 1)
    return control_of_linking(records, people, np.asarray(stratum), resamples)


def test_the_five_people_by_hand(monkeypatch):
    """Six records are assigned: two to Ann, one to Robert, one to Cara, two of Eve's to Dan.

    Four are right. Dealt out anew among the four residents, each record of Ann's comes to her with
    2 in 6, Robert's and Cara's to them with 1 in 6: one is right in the mean.
    """
    monkeypatch.setattr("simulator.exposure.intervals.FEWEST_PEOPLE", 1)
    found = control(dossiers().records, [1, 1, 2, 3], [0, 0, 0, 0])
    shares = {metric: rate.value for metric, rate in found.items()}
    assert shares == pytest.approx(
        {ATTACK: 4 / 6, CONTROL: 1 / 6, BEYOND: (4 / 6 - 1 / 6) / (1 - 1 / 6)}
    )
    assert {rate.n for rate in found.values()} == {6}


def test_whoever_is_alone_in_the_stratum_is_no_success_of_linking(monkeypatch):
    """Each resident a stratum: dealing changes nothing, and nothing is beyond the control."""
    monkeypatch.setattr("simulator.exposure.intervals.FEWEST_PEOPLE", 1)
    found = control(dossiers().records, [1, 1, 2, 3], [0, 1, 2, 3])
    assert found[CONTROL].value == found[ATTACK].value
    assert found[BEYOND].value == 0


def test_the_mean_over_all_ways_to_deal_is_that_of_many_deals():
    rng = np.random.default_rng(1)
    owner = rng.integers(1, 41, 300)
    about = np.where(rng.random(300) < 0.7, owner, rng.integers(1, 41, 300))
    stratum = np.arange(40) // 8
    records = pd.DataFrame(
        {"entity_id": about, "owner_id": owner, "states_name": False, "person_level": True}
    )
    found = control(records, np.arange(40), stratum)
    dealt = []
    for _ in range(2000):
        new = owner.copy()
        for one in range(5):
            among = np.flatnonzero(stratum[owner - 1] == one)
            new[among] = rng.permutation(owner[among])
        dealt.append((new == about).mean())
    assert found[CONTROL].value == pytest.approx(np.mean(dealt), abs=0.002)


def test_a_linking_without_a_mistake_still_has_an_interval():
    people = np.arange(1, 41)
    records = pd.DataFrame(
        {"entity_id": people, "owner_id": people, "states_name": False, "person_level": True}
    )
    found = control(records, people, np.zeros(40, dtype=int))
    assert found[ATTACK].value == 1
    assert found[BEYOND].low < 1 == found[BEYOND].high


SHARES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=20, max_size=40)


@settings(max_examples=50, deadline=None)
@given(SHARES)
def test_what_is_beyond_control_is_never_clipped_and_at_most_all(pairs):
    right, guessed = np.array(pairs, dtype=float).T
    tried = np.full(len(right), 10.0)
    household = pd.Series(np.arange(len(right)))
    found = beyond_control(tried, right, guessed, household, resample_households(household, 1))
    a, c, beyond = (found[metric].value for metric in (ATTACK, CONTROL, BEYOND))
    assert beyond == pytest.approx((a - c) / (1 - c))
    assert beyond <= 1
    assert (beyond < 0) == (right.sum() < guessed.sum())
    assert found[BEYOND].low <= found[BEYOND].high


def test_fewer_than_twenty_are_withheld():
    ones, household = np.ones(19), pd.Series(np.arange(19))
    found = beyond_control(ones, ones, ones * 0, household, resample_households(household, 1))
    rows = control_rows({("attributes", "dmv"): found})
    assert rows["value"].isna().all()
    assert rows["n"].tolist() == [19] * 3
