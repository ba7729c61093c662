from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.febrl import febrl_entity
from benchmarks.side_by_side import KnownRecords, rates
from benchmarks.splink_linkers import splink_links
from simulator.linkage import link
from simulator.linkage.fields import standardise
from tests.linkage.frames import febrl_like

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def records():
    return febrl_like(400, ("a", "b", "c"))


@pytest.fixture(scope="module", params=["over all", "per pair"])
def found(request, records):
    return splink_links(records, duplicates=["b"], shape=request.param)


def test_splink_trained_by_itself_links_easy_records(records, found):
    table = standardise(records)
    entity = febrl_entity(pd.Index(table.record_id))
    assert rates(KnownRecords("easy", records, {"b"}, entity), found)["best_f1"] > 0.95
    row = dict(zip(table.record_id, range(len(table)), strict=True))
    assert (found["record_id_l"].map(row) < found["record_id_r"].map(row)).all()
    assert not found.duplicated(["record_id_l", "record_id_r"]).any()


def test_it_brings_no_pair_that_the_default_engine_does_not(found):
    """Of lists that hold everybody once, none is linked within."""
    lists = found["record_id_l"].str[-1] + found["record_id_r"].str[-1]
    assert not {"aa", "cc"} & set(lists)


def test_what_it_finds_sure_is_sure_to_us(records):
    ours, theirs = (
        links.loc[links["match_probability"] >= 0.99].set_index(["record_id_l", "record_id_r"])
        for links in (link(records), splink_links(records))
    )
    assert len(ours.index.intersection(theirs.index)) > 0.95 * len(theirs)
