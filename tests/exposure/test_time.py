from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.person import measure_people
from simulator.exposure.time import (
    are_near,
    days_until_located,
    first_near_home,
    half_by,
    kaplan_meier,
)
from tests.dossiers import five_people

FIRST_DAY = np.datetime64("2025-11-02")
DAYS = 10


def seen(*rows):
    """Return sightings from (record_id, day of the window, hour, square)."""
    record_id, day, hour, area = zip(*rows, strict=True)
    when = FIRST_DAY + np.array(day) - 1
    when = when.astype("datetime64[s]") + np.array(hour) * np.timedelta64(3600, "s")
    return pd.DataFrame({"record_id": record_id, "seen_area": area, "seen_at": when})


@pytest.fixture(scope="module")
def town():
    """The five people's dossiers, who they are, and where they live."""
    scenario, population = five_people.scenario(), five_people.population()
    true_facts = ground(scenario, population)
    stated = statements(true_facts, five_people.collected())
    dossiers = assemble(true_facts, stated, five_people.membership(), list(five_people.COLUMNS))
    people = population.people
    home = population.addresses["home_area"].loc[people["address_id"]]
    home = pd.Series(home.to_numpy(dtype=object), index=people.index)
    return dossiers, measure_people(dossiers, population), home


def test_the_five_people_are_located_by_what_lies_in_their_files(town):
    """Ann and Robert live in A1, Cara in A1, Dan in B1; Eve's records lie in Dan's file."""
    dossiers, people, home = town
    sightings = seen(
        (101, 3, 9, "C1"),  # Ann, two squares away: not near
        (101, 5, 9, "B2"),  # Ann, across the corner: near
        (201, 4, 23, "~A1"),  # Ann, in the surroundings: not near
        (203, 2, 8, "A2"),  # Eve, in Dan's file, near Dan's home
        (402, 2, 9, "B1"),  # Dan himself, an hour later
        (401, 1, 9, "A1"),  # Cara's, in the smaller of her clusters, which is not her dossier
        (999, 1, 9, "A1"),  # of nobody within reach
        (302, 11, 9, "A1"),  # Robert, after the window
    )
    first = first_near_home(sightings, dossiers.records, people, home, FIRST_DAY, DAYS)
    assert first.index.tolist() == [1, 2, 3, 4]
    assert first["day"].tolist() == [5, 10, 10, 2]
    assert first["located"].tolist() == [True, False, False, True]
    assert first["of_another"].tolist() == [False, False, False, True]


def test_without_a_sighting_nobody_is_located(town):
    dossiers, people, home = town
    nothing = seen((101, 1, 0, "A1")).iloc[:0]
    first = first_near_home(nothing, dossiers.records, people, home, FIRST_DAY, DAYS)
    assert not first["located"].any()
    assert (first["day"] == DAYS).all()


def test_a_square_touches_eight_and_none_of_the_other_map():
    around = pd.Series(["B2", "A1", "C3", "A3", "B3", "B4", "D2", "~B2", "AB2"], dtype=object)
    home = pd.Series(["B2"] * len(around), dtype=object)
    assert are_near(around, home).tolist() == [True] * 5 + [False] * 4


def test_kaplan_meier_of_a_trial_by_hand():
    """Six people: days 2, 2, 3+, 5, 5+ and 8; S = 4/6, then 4/6 x 2/3, then 0."""
    day = np.array([2, 2, 3, 5, 5, 8])
    happened = np.array([True, True, False, True, False, True])
    curve = kaplan_meier(day, happened, 9).set_index("day")
    assert curve["at_risk"].tolist() == [6, 6, 4, 3, 3, 1, 1, 1, 0]
    expected = [1, 2 / 3, 2 / 3, 2 / 3, 4 / 9, 4 / 9, 4 / 9, 0, 0]
    assert curve["survival"].tolist() == pytest.approx(expected)
    variance = 2 / (6 * 4) + 1 / (3 * 2)
    reach = 1.959964 * math.sqrt(variance) / math.log(4 / 9)
    low, high = curve.loc[5, ["low", "high"]]
    assert low == pytest.approx((4 / 9) ** math.exp(-reach), abs=1e-6)
    assert high == pytest.approx((4 / 9) ** math.exp(reach), abs=1e-6)
    # nobody yet of six, and nobody left of one: Wilson's upper end for 0 of 6 and of 1
    square = 1.959964**2
    assert curve.loc[1, "low"] == pytest.approx(1 - square / (6 + square), abs=1e-6)
    assert curve.loc[1, "high"] == 1
    assert curve.loc[8, "low"] == 0
    assert curve.loc[8, "high"] == pytest.approx(high * square / (1 + square), abs=1e-6)


def test_half_is_reached_on_the_day_and_its_interval_may_run_out():
    day = np.array([1] * 10 + [4] * 10 + [9] * 20)
    curve = kaplan_meier(day, day < 9, 9)
    value, low, high = half_by(curve)
    assert (value, low) == (4, 4)
    assert math.isnan(high)
    assert all(math.isnan(part) for part in half_by(kaplan_meier(day, day < 4, 9))[::2])


@st.composite
def lives(draw):
    people = draw(st.integers(1, 60))
    day = draw(st.lists(st.integers(1, DAYS), min_size=people, max_size=people))
    happened = draw(st.lists(st.booleans(), min_size=people, max_size=people))
    return np.array(day), np.array(happened)


@given(lives())
def test_survival_stays_within_its_interval_and_never_rises(life):
    day, happened = life
    curve = kaplan_meier(day, happened, DAYS)
    ends = [curve[name].to_numpy() for name in ("low", "survival", "high")]
    assert all(((part >= 0) & (part <= 1)).all() for part in ends)
    assert (ends[0] <= ends[1] + 1e-9).all()
    assert (ends[1] <= ends[2] + 1e-9).all()
    assert (np.diff(ends[1]) <= 0).all()
    assert curve["events"].sum() == happened.sum()


@given(lives())
def test_without_early_losses_it_is_the_share_still_waiting(life):
    day, happened = life
    day = np.where(happened, day, DAYS)
    curve = kaplan_meier(day, happened, DAYS)
    waiting = [1 - np.mean(happened & (day <= t)) for t in curve["day"]]
    assert curve["survival"].tolist() == pytest.approx(waiting)


@st.composite
def files(draw):
    """Thirty files in one square each, and what was seen of the records in them."""
    count = draw(st.integers(1, 80))
    record = draw(st.lists(st.integers(0, 39), min_size=count, max_size=count))
    day = draw(st.lists(st.integers(1, DAYS), min_size=count, max_size=count))
    area = draw(st.lists(st.sampled_from(["A1", "B2", "D4"]), min_size=count, max_size=count))
    return seen(*zip(record, day, [12] * count, area, strict=True))


@settings(deadline=None, max_examples=50)
@given(files(), st.integers(1, DAYS), st.integers(1, DAYS))
def test_a_shorter_memory_locates_nobody_sooner(sightings, one, other):
    """Of the same dossiers, with the sightings of the last days only."""
    shorter, longer = sorted([one, other])
    owner = [*range(30), *range(5), *[-1] * 5]
    records = pd.DataFrame({"record_id": range(40), "entity_id": 0, "owner_id": owner})
    people = pd.DataFrame({"named": True, "group": "a"}, index=range(30))
    home = pd.Series(["A1"] * 30)

    def remembered(memory):
        kept = sightings["seen_at"] >= FIRST_DAY + DAYS - memory
        first = first_near_home(sightings.loc[kept], records, people, home, FIRST_DAY, DAYS)
        table = days_until_located(first, DAYS)
        everyone = table.loc[(table["group"] == "all") & (table["metric"] == "located_share")]
        return first, everyone["value"].to_numpy()

    (first_short, share_short), (first_long, share_long) = map(remembered, (shorter, longer))
    assert (first_short["day"] >= first_long["day"]).all()
    assert (first_long["located"] | ~first_short["located"]).all()
    assert (share_short <= share_long + 1e-9).all()
    assert ((share_long >= 0) & (share_long <= 1)).all()


def test_figures_about_few_people_are_withheld_and_n_is_not():
    first = pd.DataFrame(
        {
            "group": pd.Categorical(["a"] * 25 + ["b"] * 5),
            "day": [2] * 20 + [4] * 10,
            "located": [True] * 20 + [False] * 10,
            "of_another": [True] + [False] * 29,
        }
    )
    table = days_until_located(first, 4).set_index(["group", "metric", "day"]).sort_index()
    assert table.loc[("b", "located_share", 4), "n"] == 5
    assert math.isnan(table.loc[("b", "located_share", 4), "value"])
    everyone = table.loc[("all", "located_share")]
    assert everyone["value"].tolist() == pytest.approx([0, 2 / 3, 2 / 3, 2 / 3])
    assert set(everyone["interval"]) == {"greenwood"}
    half = table.loc[("all", "half_located_days", 4)]
    assert (half["value"], half["low"]) == (2, 2)
    assert math.isnan(half["high"])  # 10 of 30 wait: the interval of S reaches one half
    another = table.loc[("all", "located_by_another_share", 4)]
    assert (another["value"], another["n"], another["interval"]) == (0.05, 20, "wilson")
