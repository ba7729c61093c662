from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments import attribution
from simulator.experiments.attribution import attribute, subsets_needed
from simulator.experiments.holdings import who_holds_what
from simulator.experiments.joined_subsets import JoinedSubsets
from simulator.experiments.subsets import TooMuchWork, players, values_of
from simulator.pipeline import run
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def result():
    return run(load_scenario("town", people=300))


@pytest.fixture(scope="module")
def exact(result):
    return attribute(result)


@pytest.fixture(scope="module")
def drawn(result):
    return attribute(result, permutations=6)


def of_metric(found, metric):
    table = found.attribution
    return table.loc[table["metric"] == metric].set_index("player")


def test_the_shares_add_up_to_what_the_run_says(result, exact, drawn):
    last = result.exposure.query("step == 4 and group == 'all'").set_index("metric")["value"]
    for found in (exact, drawn):
        assert found.whole.value == last["exposure_share"]
        for metric in ("exposure_share", "wrongful_share"):
            shares = of_metric(found, metric)["value"]
            assert shares.sum() == pytest.approx(last[metric], abs=1e-12)


def test_an_exact_share_is_the_mean_of_the_residents_own(result, exact):
    shares = of_metric(exact, "exposure_share")
    assert exact.by_person.mean().to_dict() == pytest.approx(shares["value"].to_dict())
    own = exact.by_person.sum(axis=1)
    assert own.to_numpy() == pytest.approx(result.people["exposure_share"].to_numpy(), abs=1e-9)
    assert set(shares["interval"]) == {"household_bootstrap"}
    assert (shares["low"] < shares["value"]).all()
    assert (shares["value"] < shares["high"]).all()
    assert set(shares["n"]) == {300}


def test_a_drawn_share_is_near_the_exact_one_and_says_how_near(exact, drawn):
    true, found = (of_metric(each, "exposure_share") for each in (exact, drawn))
    assert set(found["interval"]) == {"permutations"}
    assert set(found["n"]) == {6}
    assert (found["value"] - true["value"]).abs().max() < 5 * drawn.standard_error
    assert 0 < drawn.standard_error < 0.02
    assert drawn.permutations_count == 6
    assert exact.permutations_count == exact.standard_error == 0
    assert exact.subsets_count == subsets_needed(4) == 16


def test_what_needs_no_orders_is_the_same_either_way(exact, drawn):
    for metric in ("alone_share", "last_share"):
        one, other = (of_metric(found, metric)["value"] for found in (exact, drawn))
        assert one.to_dict() == pytest.approx(other.to_dict(), abs=1e-12)
    keys = ["first", "second", "metric"]
    both = exact.removals.merge(drawn.removals, on=keys, suffixes=("", "_drawn"))
    assert len(both) == len(exact.removals) == 20  # four lists, six pairs, two metrics
    for name in ("left", "value"):
        assert both[name].to_numpy() == pytest.approx(both[f"{name}_drawn"].to_numpy())
    assert exact.closing_order["closed"].tolist() == drawn.closing_order["closed"].tolist()


def test_removals_are_ranked_and_the_first_ones_carry_an_interval(exact):
    table = exact.removals.query("metric == 'exposure_share'")
    for count, rows in table.groupby("removed_count"):
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert rows["value"].is_monotonic_decreasing
        sure = rows if count == 1 else rows.head(3)
        assert set(sure["interval"]) == {"household_bootstrap"}
        assert (sure["low"] <= sure["value"]).all()
        assert (sure["value"] <= sure["high"]).all()
    assert (table["left"] + table["value"]).to_numpy() == pytest.approx(
        np.full(len(table), exact.whole.value)
    )


def test_joined_subsets_are_those_of_the_engine(result):
    joined = JoinedSubsets(result)
    exposure, wrongful = values_of(result, range(16))
    assert joined.exposure(np.arange(16)) == pytest.approx(exposure)
    assert joined.wrongful(np.arange(16)) == pytest.approx(wrongful)
    assert len(joined) == 16


def test_the_own_order_is_the_growth_of_the_run(result, exact):
    growth = result.exposure.query("metric == 'exposure_share' and group == 'all'")
    assert exact.orders["own_order"].to_numpy() == pytest.approx(growth["value"].to_numpy())
    assert (exact.orders["least"] <= exact.orders["own_order"] + 1e-12).all()
    assert (exact.orders["own_order"] <= exact.orders["most"] + 1e-12).all()


def test_where_every_subset_would_take_too_long_orders_are_drawn(monkeypatch, result):
    def refuses(*_args):
        raise TooMuchWork("too much")

    monkeypatch.setattr(attribution, "all_subsets", refuses)
    monkeypatch.setattr(attribution, "DEFAULT_PERMUTATIONS", 2)
    assert attribute(result).permutations_count == 2


def test_the_same_seed_draws_the_same_orders(result, drawn):
    again = attribute(result, permutations=6)
    assert again.attribution.equals(drawn.attribution)


def test_who_holds_what_is_a_share_of_those_of_whom_it_is_true(result):
    table = who_holds_what(result)
    labels = [player.label for player in players(result.scenario)]
    assert list(dict.fromkeys(table["player"])) == labels
    wide = table.pivot_table("value", ["player", "fact"], "metric", dropna=False).fillna(0)
    assert (wide["named_share"] <= wide["right_share"]).all()
    assert (wide["right_share"] + wide["coarse_share"] <= 1).all()
    people = result.population.people
    residents = people.loc[people["resident"]]
    row = table.query("player == 'Social media' and fact == 'handle' and metric == 'right_share'")
    assert row["n"].item() == residents["handle"].notna().sum()
    # not in that list, whoever else knows it
    assert wide.loc[("Utility bills", "handle"), "right_share"] == 0
    few = table.loc[table["n"] < 20]
    assert len(few)
    assert few["value"].isna().all()
