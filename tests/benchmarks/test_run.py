"""A very small run of the whole benchmark; no time is asserted."""

from __future__ import annotations

from dataclasses import fields
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from benchmarks import run
from benchmarks.accuracy import accuracy, best_threshold
from benchmarks.linkers import LINKERS
from benchmarks.measurement import Measurement
from benchmarks.results import as_markdown
from simulator.linkage import engines

# a linker per pair takes a minute however few the records: test_splink_linkers has it
QUICK = {name: linker for name, linker in LINKERS.items() if "per pair" not in name}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    out = tmp_path_factory.mktemp("bench") / "RESULTS.md"
    with patch.object(run, "LINKERS", QUICK):
        run.main(["--sizes", "500", "--out", str(out)])
    return out.read_text(encoding="utf-8")


def rows(page: str, title: str) -> list[list[str]]:
    section = page.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.slow
def test_every_way_is_measured_at_every_size(page):
    assert set(engines.ENGINES) - set(LINKERS) == {"splink_spark"}
    expected = [["500", linker] for linker in QUICK]
    assert [row[:2] for row in rows(page, "Speed")] == expected
    assert [row[:2] for row in rows(page, "Accuracy")] == expected
    assert [row[:2] for row in rows(page, "Ratio")] == expected[1:]


@pytest.mark.slow
def test_the_engines_bring_the_same_pairs(page):
    brought = {tuple(row[2:4]) for row in rows(page, "Speed") if row[1] in engines.ENGINES}
    assert len(brought) == 1


def test_ratio_and_growth_by_hand():
    """Ten times the people: vectorised takes ten times as long, recordlinkage a hundred times."""
    zeros = {field.name: 0.0 for field in fields(Measurement)}
    found = [
        Measurement(
            **zeros | {"linker": linker, "people": people, "wall_seconds": wall}
            | {"engine_seconds": engine, "peak_mib": wall}
        )
        for people, walls in ((1000, (1.0, 2.0, 4.0)), (10_000, (10.0, 200.0, 40.0)))
        for linker, wall, engine in zip("abc", walls, (0.5, 2.0, None), strict=True)
    ]  # fmt: skip
    page = as_markdown(found, {})
    assert rows(page, "Ratio") == [
        ["1,000", "b", "2.0", "4.0", "2.0"],
        ["1,000", "c", "4.0", "–", "4.0"],
        ["10,000", "b", "20.0", "4.0", "20.0"],
        ["10,000", "c", "4.0", "–", "4.0"],
    ]
    assert rows(page, "Growth") == [["a", "10.0"], ["b", "100.0"], ["c", "10.0"]]


@pytest.mark.slow
def test_the_machine_is_described_and_no_place_on_it_named(page):
    for what in ("Processor", "Memory", "Python", "recordlinkage 0.16"):
        assert what in page
    assert "/home" not in page
    assert "/tmp" not in page


def test_accuracy_by_hand():
    """Records 1, 2 and 3 are of one person: three true pairs. One right link, one wrong."""
    truth = pd.DataFrame({"record_id": [1, 2, 3, 4], "field": "*", "entity_id": [7, 7, 7, 8]})
    records = {
        name: pd.DataFrame(index=pd.Index(ids, name="record_id"))
        for name, ids in {"a": [1], "b": [2, 4], "c": [3]}.items()
    }
    links = pd.DataFrame(
        {
            "record_id_l": [1, 1, 1],
            "record_id_r": [2, 4, 3],
            "match_weight": [9.0, 6.0, 3.0],
            "match_probability": [0.99, 0.95, 0.6],
        }
    )
    found = accuracy(links, records, set(), truth)
    assert found["precision"] == pytest.approx(1 / 2)
    assert found["recall"] == pytest.approx(1 / 3)
    assert found["f1"] == pytest.approx(2 / 5)
    assert found["best_threshold"] == pytest.approx(0.6)
    assert found["best_f1"] == pytest.approx(4 / 6)
    assert found["cluster_precision"] == 1.0  # record 1 keeps only the better of its two in b
    assert found["cluster_recall"] == pytest.approx(1 / 3)


def test_links_of_one_probability_stay_together():
    probability, is_right = np.array([0.5, 0.5]), np.array([True, False])
    assert best_threshold(probability, is_right, 1) == 0.5
    assert best_threshold(probability[:0], is_right[:0], 1) == 1.0
