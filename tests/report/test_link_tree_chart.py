from __future__ import annotations

import pytest

from simulator.experiments.link_tree import link_tree
from simulator.report.link_tree_chart import link_tree_chart, link_tree_in_words
from tests.experiments.five_links import a_file

LABELS = {"broker": "Data broker", "dmv": "Licences", "social": "Social", "plates": "Plates"}


def drawn(**kwargs):
    tree = link_tree(a_file())
    how = {"title": "What holds it together", "subtitle": "Synthetic", **kwargs}
    return link_tree_chart(tree.records, tree.links, LABELS, {"s"}, **how)


def test_right_wrong_and_weakest_links_are_told_apart_by_shape():
    right, wrong, weakest, own, strangers, words, *_ = (
        layer["data"]["values"] for layer in drawn()["layer"]
    )
    assert [len(right), len(wrong), len(weakest)] == [2, 1, 1]
    assert weakest[0]["words"] == "60 in 100"
    assert [each["words"] for each in strangers] == ["Social\n≠ somebody else"]
    assert "Plates × 3" in {each["words"] for each in own}
    assert {each["words"] for each in words} == {"60 in 100", "70 in 100", "90 in 100"}


def test_on_a_slope_the_words_stand_beyond_the_name_that_it_leaves():
    right, wrong, _, _, _, words, *_ = (layer["data"]["values"] for layer in drawn()["layer"])
    lines = {line["words"]: line for line in (*right, *wrong)}
    assert {line["y"] == line["y2"] for line in lines.values()} == {True, False}
    for each in words:
        line = lines[each["words"]]
        gone = (each["x"] - line["x"]) / (line["x2"] - line["x"])
        assert gone == pytest.approx(1 / 2 if line["y"] == line["y2"] else 2 / 3)


def test_it_says_that_it_is_synthetic_and_is_told_in_words():
    assert drawn()["title"]["subtitle"] == "Synthetic"
    tree = link_tree(a_file())
    said = link_tree_in_words(tree.records, tree.links, LABELS)
    assert said.startswith("Synthetic records. In the middle: Licences.")
    assert "Data broker and Social, 70 in 100 sure, wrong" in said
