import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.exposure.differences import (
    DIFFERENCE,
    GROUP,
    RATIO,
    REST,
    compare_groups,
    difference_of_means,
    newcombe,
)
from simulator.exposure.differences_over_towns import groups_over_towns
from simulator.exposure.intervals import Resamples, resample_households, wilson

SHARES = {"wrongful_share": ("wrongful", None), "false_dossier_share": ("false", "named")}


def town(wrongful=(10, 5), people=(40, 60)):
    """Return two groups, a with 40 people and b with 60, each person a household."""
    flags = [np.arange(n) < count for n, count in zip(people, wrongful, strict=True)]
    everyone = np.concatenate(flags)
    return pd.DataFrame(
        {
            "group": pd.Categorical(np.repeat(["a", "b"], people)),
            "household_id": np.arange(sum(people)),
            "wrongful": everyone,
            "named": np.arange(sum(people)) % 2 == 0,
            "false": everyone,
            "missed_share": np.where(everyone, 0.5, 0.0),
        }
    )


def compared(people, means=("missed_share",)):
    return compare_groups(people, SHARES, means, resample_households(people["household_id"], 1))


def of(frame, group, metric):
    chosen = (frame["group"] == group) & (frame["metric"] == metric)
    return frame.loc[chosen].set_index("side")


@st.composite
def two_shares(draw):
    sizes = draw(st.tuples(st.integers(20, 5000), st.integers(20, 5000)))
    return [(draw(st.integers(0, n)), n) for n in sizes]


@given(two_shares())
def test_newcombes_interval_holds_the_difference_and_turns_with_it(shares):
    one, other = (wilson(*share) for share in shares)
    there, back = newcombe(one, other), newcombe(other, one)
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe (1998), table II, method 10, examples (b), (d) and (h)
    [
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_own_examples(monkeypatch, one, other, low, high):
    monkeypatch.setattr("simulator.exposure.intervals.FEWEST_PEOPLE", 1)
    rate = newcombe(wilson(*one), wilson(*other))
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)


def test_a_group_stands_beside_everyone_else_and_not_beside_all():
    figures = of(compared(town()), "a", "wrongful_share")
    assert figures["value"].to_dict() == pytest.approx(
        {GROUP: 10 / 40, REST: 5 / 60, DIFFERENCE: 10 / 40 - 5 / 60, RATIO: 3}
    )
    assert figures["n"].to_dict() == {GROUP: 40, REST: 60, DIFFERENCE: 100, RATIO: 100}
    assert figures["interval"].tolist() == ["wilson", "wilson", "newcombe", "none"]
    assert of(compared(town()), "all", "wrongful_share")["value"].to_dict() == {GROUP: 0.15}


def test_a_share_counts_only_those_among_whom_it_is_taken():
    figures = of(compared(town()), "a", "false_dossier_share")
    assert figures.loc[GROUP, ["value", "n", "events"]].tolist() == [5 / 20, 20, 5]


@pytest.mark.parametrize(("events", "has_ratio"), [((5, 5), True), ((4, 30), False)])
def test_no_ratio_under_five_events_on_either_side(events, has_ratio):
    figures = of(compared(town(wrongful=events)), "a", "wrongful_share")
    assert np.isnan(figures.loc[RATIO, "value"]) != has_ratio


def test_fewer_than_twenty_people_are_withheld_and_so_is_the_difference():
    figures = of(compared(town(people=(19, 60))), "a", "wrongful_share")
    assert np.isnan(figures.loc[[GROUP, DIFFERENCE, RATIO], "value"]).all()
    assert figures.loc[REST, "value"] == pytest.approx(5 / 60)
    means = of(compared(town(people=(19, 60))), "a", "missed_share")
    assert np.isnan(means.loc[[GROUP, DIFFERENCE, RATIO], "value"]).all()


def test_a_difference_of_means_by_hand():
    """Two resamples: as it is, and with each household of the members' twice as often."""
    values = np.repeat([0.6, 0.2, 0.1], 20)
    members = np.arange(60) < 40
    weights = np.array([np.ones(60), np.where(np.arange(60) < 20, 3.0, 1.0)])
    resamples = Resamples(pd.Series(np.arange(60)), weights)
    one, other, apart = difference_of_means(values, members, np.arange(60), resamples)
    assert (one.value, other.value, apart.value) == pytest.approx((0.4, 0.1, 0.3))
    drawn = [0.3, (3 * 0.6 + 0.2) / 4 - 0.1]
    assert (apart.low, apart.high) == pytest.approx(tuple(np.percentile(drawn, [2.5, 97.5])))


def test_over_towns_differences_are_paired_and_events_added_up():
    towns = [compared(town(wrongful=(count, 6))) for count in (2, 4, 6)]
    figures = of(groups_over_towns(towns), "a", "wrongful_share")
    assert figures.loc[GROUP, "value"] == pytest.approx(0.1)
    assert figures.loc[GROUP, "interval"] == "replicates"
    # mean 0, s = 0.05, t with two degrees of freedom is 4.303
    assert figures.loc[DIFFERENCE, ["low", "high"]].tolist() == pytest.approx(
        [-0.1242, 0.1242], abs=1e-4
    )
    assert figures.loc[DIFFERENCE, ["interval", "n"]].tolist() == ["paired_t", 3]
    assert figures["events"].to_dict() == {GROUP: 12, REST: 18, DIFFERENCE: 30, RATIO: 30}
    assert figures.loc[RATIO, "value"] == pytest.approx(1.0)


def test_everyone_else_is_taken_from_the_towns_in_which_there_is_a_group():
    towns = [compared(town(people=(40, 60))), compared(town(people=(19, 60), wrongful=(0, 60)))]
    figures = of(groups_over_towns(towns), "a", "wrongful_share")
    assert figures.loc[[GROUP, REST], "value"].tolist() == pytest.approx([10 / 40, 5 / 60])
    assert figures.loc[[GROUP, REST, DIFFERENCE], "n"].tolist() == [1, 1, 1]
