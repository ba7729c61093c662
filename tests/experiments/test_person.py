from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.experiments.person import STRANGER, assemble_steps, follow, written_fields
from simulator.experiments.picks import pick
from simulator.experiments.reasons import joining_of, reasons_for
from simulator.face_templates import face_column
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.tables import FACE, FACE_SIZE


@pytest.fixture(scope="module")
def assembly():
    return assemble_steps(run(load_scenario("town", people=400)))


def test_the_last_step_is_what_the_run_measured(assembly):
    people = assembly.result.people
    for which in ("most", "typical", "least"):
        entity_id = pick(assembly, which)
        last = follow(assembly, entity_id).steps[-1]
        measured = people.loc[entity_id]
        assert last.exposure_share == pytest.approx(measured["exposure_share"])
        assert (last.named, last.reidentified) == (measured["named"], measured["reidentified"])
        assert last.records["in_dossier"].sum() == measured["dossier_records_count"]


def test_nothing_is_known_before_the_first_list(assembly):
    first = follow(assembly, pick(assembly, "most")).steps[0]
    assert not first.named
    assert (first.facts["status"] == "unknown").all()
    assert first.records.empty


def test_someone_wrongly_joined_has_a_strangers_record(assembly):
    entity_id = pick(assembly, "wrong")
    if entity_id is None:
        assert not assembly.result.people["false_dossier"].any()
        return
    records = follow(assembly, entity_id).steps[-1].records
    assert (records.loc[records["in_dossier"], "whose"] == STRANGER).any()


def test_why_records_were_joined_adds_up(assembly):
    entity_id = pick(assembly, "most")
    links = joining_of(assembly, entity_id, len(assembly.steps) - 1)
    assert len(links) >= 1
    for _, link in links.iterrows():
        bits = reasons_for(assembly, link)["bits"].sum()
        probability = link["match_probability"]
        assert bits == pytest.approx(
            np.log2(probability / max(1 - probability, 2.0**-60)), rel=1e-6
        )


def test_somebody_who_does_not_live_there_is_refused(assembly):
    with pytest.raises(ValueError, match="no resident has the number -5"):
        follow(assembly, -5)


def test_a_face_is_told_by_the_name_of_its_template(assembly):
    collected = assembly.result.collected
    frame = collected.records["dmv"].iloc[:1]
    face = pd.array(face_column(np.eye(1, FACE_SIZE, dtype=np.float32), np.array([True])), FACE)
    records = {"dmv": frame.assign(face=face)}
    result = replace(assembly.result, collected=replace(collected, records=records))
    fields = written_fields(result, "dmv", frame.index[0])
    assert re.fullmatch("template [0-9a-f]{4}", fields.pop("face"))
    assert fields == written_fields(assembly.result, "dmv", frame.index[0])
