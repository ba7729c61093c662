from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.face_templates import face_column
from simulator.pipeline import collect_records
from simulator.report.generated import write_generated
from simulator.scenario import load_scenario
from simulator.tables import FACE, FACE_SIZE


@pytest.fixture(scope="module")
def collected():
    return collect_records(load_scenario("town", people=200))


@pytest.mark.parametrize("with_truth", [False, True])
def test_one_file_a_source_and_the_truth_only_on_request(collected, tmp_path, with_truth):
    write_generated(
        *collected, tmp_path / "out", version="0.1.0", with_truth=with_truth, force=False
    )
    found = {path.stem for path in (tmp_path / "out").glob("*.parquet")}
    sources = {"utility", "social", "broker", "dmv"}
    assert found == (sources | {"people", "truth"} if with_truth else sources)
    if with_truth:
        people = pd.read_parquet(tmp_path / "out" / "people.parquet")
        assert {
            "entity_id", "household_id", "group", "first_name", "last_name", "sex", "birth_date",
            "street_address", "city", "zip_code",
        } <= set(people.columns)  # fmt: skip
        assert people["street_address"].notna().all()
        truth = pd.read_parquet(tmp_path / "out" / "truth.parquet")
        assert set(truth["entity_id"]) <= set(people["entity_id"])
    dmv = pd.read_parquet(tmp_path / "out" / "dmv.parquet")
    assert dmv.columns[0] == "record_id"
    assert dmv["record_id"].is_unique
    assert not {"entity_id", "household_id"} & set(dmv.columns)


def test_a_face_is_told_in_words(collected, tmp_path):
    population, lists = collected
    frame = lists.records["dmv"].iloc[:3]
    templates = np.eye(2, FACE_SIZE, dtype=np.float32)
    column = face_column(templates, np.array([True, False, True]))
    with_faces = frame.assign(face=pd.array(column, dtype=FACE))
    write_generated(
        population,
        replace(lists, records={"dmv": with_faces}),
        tmp_path / "out",
        version="0.1.0",
        with_truth=False,
        force=False,
    )
    written = pd.read_parquet(tmp_path / "out" / "dmv.parquet")["face"]
    assert written.isna().tolist() == [False, True, False]
    assert written.dropna().str.fullmatch(r"face [0-9a-f]{12} \(64 synthetic numbers\)").all()
    assert written[0] != written[2]
