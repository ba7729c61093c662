import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.randomness import Stream
from simulator.sources import collect
from simulator.sources.attention import Attention, area_factors
from simulator.sources.events import happened
from tests.sources.life_events import scenario_with, town

AS_OF = pd.Timestamp("2026-01-01")


def stops(attention=None, **settings):
    """Return the events, and beside each the person it happened to."""
    settings = {f"stops__{name}": value for name, value in settings.items()}
    collected = collect(scenario_with(**settings), town(), attention=attention)
    truth = collected.truth.loc[collected.truth["source"] == "stops"]
    whose = truth.loc[truth["field"] == "*"].set_index("record_id")["entity_id"]
    frame = collected.records["stops"]
    return frame, whose.loc[frame.index]


@pytest.fixture(scope="module")
def base():
    return stops()


def test_counts_are_poisson():
    mean = np.full(20_000, 1.7)
    person, number = happened(mean, np.arange(20_000), Stream(5, "demo"))
    counts = np.bincount(person, minlength=len(mean))
    assert counts.mean() == pytest.approx(1.7, abs=0.04)
    assert counts.var() == pytest.approx(1.7, abs=0.08)
    assert np.bincount(counts)[0] / len(mean) == pytest.approx(np.exp(-1.7), abs=0.012)
    assert (np.sort(number[person == person[0]]) == np.arange(counts[person[0]])).all()


@given(st.lists(st.tuples(st.floats(0, 6), st.floats(1, 3)), min_size=1, max_size=30))
def test_a_higher_mean_only_adds_events(means):
    low, factor = np.array(means).T
    one, other = (
        set(zip(*happened(mean, np.arange(len(low)), Stream(5, "demo")), strict=True))
        for mean in (low, low * factor)
    )
    assert one <= other


def test_how_many_there_are_is_near_the_rate(base):
    people = town().people
    frame, whose = base
    seen = people.query("age >= 20")
    factor = np.where(seen["group"] == "black", 2.0, 1.0)
    expected = 0.9 * 0.4 * 3 * factor.sum()
    assert whose.isin(seen.index).sum() == pytest.approx(expected, abs=4 * np.sqrt(2 * expected))
    rates = whose.map(people["group"].astype(str)).value_counts() / seen["group"].value_counts()
    assert rates["black"] / rates["white"] == pytest.approx(2.0, abs=0.5)
    assert frame.index.is_unique


def test_days_are_within_the_years_and_the_ages(base):
    frame, whose = base
    day = pd.to_datetime(frame["event_date"])
    assert (frame["event_date"] == frame["record_date"]).all()
    assert day.max() < AS_OF
    assert day.min() >= AS_OF - pd.Timedelta(days=3 * 366)
    assert day.min() < AS_OF - pd.Timedelta(days=3 * 360)
    born = town().people["birth_date"].loc[whose].to_numpy()
    assert ((day.to_numpy() - born) / np.timedelta64(1, "D")).min() >= 16 * 365


def test_fields_are_as_on_the_day(base):
    frame, whose = base
    population = town()
    address = population.value_at(
        "address_id", whose.to_numpy(), pd.to_datetime(frame["event_date"])
    )
    home = population.addresses["home_area"].loc[address.to_numpy()].to_numpy()
    stated = frame["home_area"].notna().to_numpy()
    assert (frame["home_area"].to_numpy()[stated] == home[stated]).all()
    present = population.people["address_id"].loc[whose].to_numpy()
    assert (address.to_numpy() != present).mean() > 0.05
    away = frame["event_area"] != frame["home_area"]
    assert 0.1 < away.mean() < 0.35


def test_kinds_have_their_shares(base):
    kinds = base[0]["event_kind"].value_counts(normalize=True)
    assert kinds["traffic"] == pytest.approx(0.75, abs=0.05)
    assert set(kinds.index) == {"traffic", "street"}


def same_where_shared(before, after):
    assert before.index.isin(after.index).all()
    assert after.loc[before.index].equals(before)


@pytest.mark.parametrize(
    "more",
    [
        {"events__per_person_year": 0.8},
        {"events__by_group": {"black": 2.0, "white": 1.5}},
    ],
)
def test_raising_a_rate_adds_events_and_changes_none(base, more):
    after, _ = stops(**more)
    assert len(after) > 1.2 * len(base[0])
    same_where_shared(base[0], after)


def test_attention_adds_events_where_and_whom_it_means(base):
    frame, whose = base
    homes = town().people.join(town().addresses["home_area"], on="address_id")["home_area"]
    person = int(whose.iloc[0])
    nobody = pd.Series(dtype=float)
    for attention, met in (
        (Attention(pd.Series({"A1": 3.0, "B1": 2.0}), nobody), homes.isin(["A1", "B1"])),
        (Attention(nobody, pd.Series({person: 20.0})), homes.index == person),
    ):
        after, whose_after = stops(attention)
        same_where_shared(frame, after)
        fresh = whose_after.drop(frame.index)
        assert len(fresh) > 3
        assert fresh.isin(homes.index[met]).all()


def test_attention_to_another_source_changes_nothing(base):
    elsewhere = Attention(pd.Series({"A1": 9.0}), pd.Series(dtype=float), ("others",))
    assert stops(elsewhere)[0].equals(base[0])


def test_events_fall_unevenly_on_the_squares():
    _, whose = stops(areas_spread=1.5, events__per_person_year=2.0)
    people = town().people.query("age >= 20")
    homes = people.join(town().addresses["home_area"], on="address_id")["home_area"]
    rate = homes.loc[whose[whose.isin(homes.index)]].value_counts() / homes.value_counts()
    rate = rate.reindex(homes.unique(), fill_value=0.0)
    factors = area_factors(scenario_with().seed, rate.index, 1.5)
    assert np.corrcoef(rate, factors)[0, 1] > 0.9


def test_old_events_are_deleted_and_the_others_stay(base):
    kept, _ = stops(retention_days=30)
    day = pd.to_datetime(base[0]["event_date"])
    expected = base[0].loc[day >= AS_OF - pd.Timedelta(days=30)]
    assert kept.equals(expected)
    assert len(kept) > 5


def test_only_people_of_whom_a_fact_is_true():
    _, whose = stops(events__only_with="union_membership", events__per_person_year=3)
    assert len(whose) > 100
    assert town().people["union_membership"].loc[whose].notna().all()


def test_journeys_lead_abroad(base):
    assert base[0]["travelled_to"].notna().all()
    assert base[0]["travelled_to"].nunique() > 10


def test_a_source_without_events_is_refused():
    with pytest.raises(ValueError, match="'stops' is of events"):
        stops(events=None)
