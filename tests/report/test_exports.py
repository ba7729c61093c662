from __future__ import annotations

import json

import pandas as pd
import pytest

from simulator.report.exports import exposure_rows, result_header, write_result
from simulator.report.wording import CAVEAT
from simulator.scenario import load_scenario, scenario_hash

FILES = [
    "effort.csv",
    "exposure.csv",
    "growth.png",
    "growth.svg",
    "links.parquet",
    "manifest.json",
    "people.csv",
    "result.json",
    "scenario.json",
]


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory):
    target = tmp_path_factory.mktemp("exports") / "town"
    write_result(result, target)
    return target


def test_every_file_is_there(folder):
    assert sorted(path.name for path in folder.iterdir()) == FILES


def test_exposure_has_the_promised_columns(folder, result):
    table = pd.read_csv(folder / "exposure.csv")
    assert list(table.columns) == [
        "step", "source_added", "group", "metric", "value", "low", "high", "n", "interval",
    ]  # fmt: skip
    assert len(table) == len(result.exposure)


def test_the_header_holds_what_a_reader_needs(folder):
    header = json.loads((folder / "result.json").read_text())
    assert header["caveat"] == CAVEAT
    assert header["synthetic"] is True
    assert header["seed"] == 20260101
    assert header["scenario_hash"] == "0123456789ab"
    assert header["command"] == "mosaic run scenario.json"
    assert header["counts"]["records"] == {"utility": 1, "social": 1, "broker": 1, "dmv": 1}
    assert header["headline"]["reidentified_share"]["value"] == 0.74


def test_the_exported_scenario_is_the_scenario(folder, result):
    again = load_scenario(folder / "scenario.json")
    assert scenario_hash(again) == scenario_hash(result.scenario)


def test_the_picture_says_synthetic(folder):
    assert "Synthetic" in (folder / "growth.svg").read_text()


def test_two_writings_are_the_same_bytes(folder, result, tmp_path):
    write_result(result, tmp_path / "again")
    for name in FILES:
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_json_has_null_and_never_nan(result):
    text = json.dumps([exposure_rows(result), result_header(result)], allow_nan=False)
    assert "null" in text
