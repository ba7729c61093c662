from __future__ import annotations

from simulator.experiments.link_tree import link_tree
from tests.experiments.five_links import a_file


def test_what_is_left_without_each_link():
    found = link_tree(a_file())
    assert found.links[["larger", "smaller"]].to_numpy().tolist() == [
        [5, 1], [5, 1], [5, 1], [4, 2], [5, 1],
    ]  # fmt: skip


def test_leaves_of_one_list_by_one_record_share_a_place():
    records = link_tree(a_file()).records
    assert records.loc["d", "depth"] == 0  # the middle: no record is more than two links away
    assert records["count"].to_dict() == {"d": 1, "b": 1, "s": 1, "p1": 3, "p2": 0, "p3": 0}
    assert len(set(records.loc[["p1", "p2", "p3"], "row"])) == 1
    places = records.loc[records["count"] > 0, ["depth", "row"]]
    assert not places.duplicated().any()


def test_a_single_record_hangs_by_nothing():
    assert link_tree(a_file().iloc[:0]) is None


def test_numbers_of_records_stay_whole():
    links = a_file().replace({"d": 2**60 + 1, "b": 2**60 + 3})
    parents = link_tree(links).records["parent"]
    assert parents["p1"] == 2**60 + 1
    assert parents[2**60 + 1] is None
