from __future__ import annotations

import pytest

from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines.splink.engine import pairs_in
from simulator.linkage.engines.splink.on_duckdb import open_duckdb
from simulator.linkage.fields import standardise
from simulator.linkage.weights import fit
from tests.linkage.frames import invented


@pytest.fixture(scope="module")
def prepared():
    table = standardise(invented(100))
    return table, block(table, rules_for(table)), comparisons_for(table)


def test_the_folder_is_gone_afterwards(prepared, tmp_path):
    with pairs_in(open_duckdb, *prepared, tmp_path) as candidates:
        (folder,) = tmp_path.iterdir()
        assert len(candidates.links(fit(prepared[0], candidates.patterns))) > 90
        assert (folder / "links.parquet").exists()
    assert not list(tmp_path.iterdir())


def test_the_folder_is_gone_after_a_mistake_too(prepared, tmp_path):
    with pytest.raises(RuntimeError), pairs_in(open_duckdb, *prepared, tmp_path):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_folder_with_an_apostrophe_will_do(prepared, tmp_path):
    within = tmp_path / "o'neil"
    within.mkdir()
    with pairs_in(open_duckdb, *prepared, within) as candidates:
        assert candidates.patterns.counts.sum() > 100


def test_no_pair_is_held(prepared):
    with pairs_in(open_duckdb, *prepared) as candidates:
        assert len(candidates.patterns.counts) < candidates.patterns.counts.sum()
        assert len(candidates.patterns.left) == len(candidates.patterns.right) == 0
