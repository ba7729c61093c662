import pandas as pd
import pytest

from simulator.experiments.validate.coverage import coverage, people_in_sources
from simulator.scenario import load_scenario
from tests.experiments.validate.invented import evidence_of


def test_share_of_a_band():
    in_sources = pd.DataFrame({"people": [10, 50, 50], "dmv": [0, 20, 5]}, index=[15, 16, 17])
    found = coverage(evidence_of(in_sources=in_sources), "dmv", "16-17")
    assert (found.ours, found.n) == (0.25, 100)
    assert found.standard_error == pytest.approx((0.25 * 0.75 / 100) ** 0.5)


def test_second_records_count_once():
    counted = people_in_sources(load_scenario("town", people=60))
    assert counted["people"].sum() == 5 * 300
    for source in ("utility", "social", "broker", "dmv"):
        assert (counted[source] <= counted["people"]).all()
    assert counted.loc[:15, "dmv"].sum() == 0
    assert counted.loc[16:, "dmv"].sum() > 600
