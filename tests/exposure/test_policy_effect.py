from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.exposure.intervals import resample_households
from simulator.exposure.policy_effect import (
    BETTER,
    CHANGES,
    WORSE,
    effect_in_town,
    over_towns,
    paired_changes,
)


def town(count=60, exposure=0.5, **columns):
    """Return `count` residents, two to a household, all alike: 40 of group a, the rest of b."""
    flags = dict.fromkeys(
        ("named", "reidentified", "outdated", "wrongful", "sensitive_wrongful", "false_dossier"),
        False,
    )
    return pd.DataFrame(
        {
            "household_id": np.arange(count) // 2,
            "group": pd.Categorical(["a"] * 40 + ["b"] * (count - 40), categories=["a", "b"]),
            "exposure_share": exposure,
            **flags,
            **columns,
        },
        index=pd.RangeIndex(count, name="entity_id"),
    )


def figures(effects, group="all"):
    return effects.loc[effects["group"] == group].set_index("metric")


def test_mean_paired_changes_by_hand():
    """Of 60, ten fall by 0.3, six rise by 0.1 and three get somebody else's sensitive fact."""
    place = np.arange(60)
    exposure = np.select([place < 10, place < 16], [0.2, 0.6], 0.5)
    untrue = (place >= 20) & (place < 23)
    after = town(exposure_share=exposure, sensitive_wrongful=untrue, wrongful=untrue)
    found = figures(effect_in_town(town(), after))
    assert found.loc["exposure_share", "value"] == pytest.approx((-10 * 0.3 + 6 * 0.1) / 60)
    assert found.loc["exposure_share", ["before", "after"]].tolist() == pytest.approx([0.5, 0.46])
    assert found.loc["wrongful_share", "value"] == pytest.approx(3 / 60)
    assert found.loc[BETTER, "value"] == pytest.approx(10 / 60)
    assert found.loc[WORSE, "value"] == pytest.approx(9 / 60)
    assert found["n"].unique().tolist() == [60]


def test_a_new_untrue_sensitive_fact_outweighs_less_exposure():
    after = town(exposure=0.1, sensitive_wrongful=True)
    found = figures(effect_in_town(town(), after))
    assert found.loc[[BETTER, WORSE], "value"].tolist() == [0.0, 1.0]
    gone = figures(effect_in_town(town(sensitive_wrongful=True), town()))
    assert gone.loc[[BETTER, WORSE], "value"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(("rise", "worse"), [(0.01, 0.0), (0.011, 1.0), (-0.01, 0.0)])
def test_a_change_of_one_in_a_hundred_is_not_noticed(rise, worse):
    found = figures(effect_in_town(town(exposure=0.7), town(exposure=0.7 + rise)))
    assert found.loc[[BETTER, WORSE], "value"].tolist() == [0.0, worse]


def test_small_groups_are_withheld():
    before = town(count=59)
    found = figures(
        effect_in_town(before, before, resample_households(before.household_id, 1)), "b"
    )
    assert found["value"].isna().all()
    assert found["before"].isna().all()
    assert set(found["interval"]) == {"none"}
    assert set(found["n"]) == {19}
    assert figures(effect_in_town(town(), town()), "b")["value"].tolist() == [0.0] * len(found)


def test_households_give_the_interval_of_one_town():
    """A household in two falls by 0.2: all changes lie between -0.2 and 0, and so do the ends."""
    before = town()
    after = town(exposure=np.where(before["household_id"] % 2 == 0, 0.3, 0.5))
    found = figures(effect_in_town(before, after, resample_households(before.household_id, 1)))
    row = found.loc["exposure_share"]
    assert row["value"] == pytest.approx(-0.1)
    assert -0.2 < row["low"] < -0.1 < row["high"] < 0
    assert row["interval"] == "household_bootstrap"


def test_other_residents_are_refused():
    with pytest.raises(ValueError, match="do not have the same residents"):
        paired_changes(town(), town().iloc[::-1])


@pytest.mark.slow
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20))
def test_over_towns_is_the_paired_t_interval(changes):
    """Against scipy's own interval of the mean."""
    one = figures(effect_in_town(town(), town())).loc[["exposure_share"]].reset_index()
    row = over_towns([one.assign(value=change) for change in changes], ["metric"]).iloc[0]
    error = stats.sem(changes)
    low = high = np.mean(changes)
    if error > 0:
        low, high = stats.t.interval(0.95, len(changes) - 1, np.mean(changes), error)
    assert row[["value", "low", "high"]].tolist() == pytest.approx(
        [np.mean(changes), low, high], abs=1e-9
    )
    assert row["n"] == len(changes)
    assert row["interval"] == "paired_t"


def test_towns_in_which_a_group_is_too_small_do_not_count():
    towns = [effect_in_town(town(count), town(count, exposure=0.4)) for count in (60, 60, 59)]
    found = figures(over_towns(towns, ["group", "metric"]), "b")
    assert set(found["n"]) == {2}
    assert found.loc["exposure_share", "value"] == pytest.approx(-0.1)


def test_one_defined_town_has_no_interval():
    towns = [effect_in_town(town(count), town(count)) for count in (60, 59)]
    found = figures(over_towns(towns, ["group", "metric"]), "b")
    assert set(found["interval"]) == {"none"}
    assert found["low"].isna().all()


def test_every_change_is_of_a_column_that_is_measured():
    assert set(CHANGES.values()) <= set(town().columns)
