import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.randomness import Stream
from simulator.sources import collect
from simulator.sources.carelessness import CARELESS_SHARE, careless_records, shares_by_record
from tests.sources.conftest import scenario_with

SHARE = st.floats(0, 1)
FIELDS = ("licence_number", "plate")


@given(SHARE, SHARE)
def test_the_mean_over_records_stays_what_was_declared(share, correlation):
    careless = np.array([True, False])
    of_careless, of_others = shares_by_record(np.full(2, share), careless, correlation)
    mean = CARELESS_SHARE * of_careless + (1 - CARELESS_SHARE) * of_others
    assert mean == pytest.approx(share, abs=1e-12)
    assert 0 <= of_others <= share + 1e-12
    assert share - 1e-12 <= of_careless <= 1


def test_one_record_in_ten_is_careless():
    keys = np.arange(20_000, dtype=np.uint64)
    assert careless_records(keys, Stream(3, "x")).mean() == pytest.approx(0.1, abs=0.01)


def errors(population, correlation, cells_share=0.08):
    """Return which records have an error, field by field."""
    changes = {
        "sources__licences__noise": {"typing": {"cells_share": cells_share}},
        "sources__licences__fields": {name: {"role": "identifying"} for name in FIELDS},
        "sources__licences__coverage": {"share": 1.0, "minimum_age_years": 0},
        "sources__licences__duplicates_share": 1.0,
        "sources__licences__noise_correlation": correlation,
    }
    clean = collect(scenario_with(noise_enabled=False, **changes), population).records["licences"]
    noisy = collect(scenario_with(**changes), population).records["licences"]
    return [(clean[name] != noisy[name]).to_numpy(dtype=bool) for name in FIELDS]


@pytest.mark.parametrize(("correlation", "together"), [(0.0, 1.0), (0.5, 3.25), (1.0, 10.0)])
def test_errors_keep_company_and_are_as_many(population, correlation, together):
    one, other = errors(population, correlation)
    for hit in (one, other):
        assert hit.mean() == pytest.approx(0.08, abs=0.015)
    # both in one record: the square of the share, times the mean square of the factor
    assert (one & other).mean() == pytest.approx(0.08**2 * together, rel=0.35)


def test_the_setting_changes_nothing_but_which_cells_are_hit(population):
    gathered = collect(scenario_with(sources__licences__noise_correlation=0.7), population)
    spread = collect(scenario_with(), population)
    for name in ("bills", "profiles"):
        assert gathered.records[name].equals(spread.records[name])
    one, other = gathered.records["licences"], spread.records["licences"]
    assert one.index.equals(other.index)
    same = one["birth_year"].fillna("") == other["birth_year"].fillna("")
    assert 0.5 < same.mean() < 1
    assert gathered.truth.equals(spread.truth)
