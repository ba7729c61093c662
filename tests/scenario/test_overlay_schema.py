import json
import re

import jsonschema
import pytest

from simulator.locations import SCENARIOS
from simulator.scenario import packaged_policies, packaged_scenarios
from simulator.scenario.document import read_document

SCHEMA = json.loads((SCENARIOS / "overlay.schema.json").read_text(encoding="utf-8"))
HEADER = {"overlay_version": 1, "title": "A policy", "about": "A test."}
FILES = [packaged.path for packaged in (*packaged_scenarios(), *packaged_policies())]


def refused(values):
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(values)]


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_file_names_the_schema_that_fits_it(path):
    text = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read_document(text).values)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sources": None},
        {"sources": {"*": {"gate": "own"}, "dmv": None}},
        {"sources": {"dmv": {"coverage": {"by_age": {"*": 0.5, "65+": None}}}}},
        {"sources": {"dmv": {"noise": {"*": {"cells_share": None}, "typing": None}}}},
        {"facts": {"*": {"weight": 1}}},
        {"sensitive_facts": {"a": {"values": {"*": 0.1, "Any words": None}}}},
        {"adversary": {"review": {"hours_per_dossier": 2}, "targets_with": None}},
    ],
)
def test_editors_accept_sparse_settings(changes):
    assert not refused({**HEADER, "changes": changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"sorces": {}},
        {"sources": {"Not A Name": None}},
        {"sources": {"*": {"gate": "publik"}}},
        {"sources": {"dmv": {"noise": {"typng": None}}}},
        {"population": {"*": 1}},
        {"adversary": {"powers": [None]}},
        {"linkage": {"threshold": 2}},
    ],
)
def test_editors_refuse_what_no_scenario_holds(changes):
    assert refused({**HEADER, "changes": changes})


@pytest.mark.parametrize("name", HEADER)
def test_editors_want_the_whole_head(name):
    values = {key: value for key, value in HEADER.items() if key != name}
    assert refused({**values, "changes": {}})


def test_editors_accept_a_scenario_that_extends_another():
    values = {"extends": "town", "title": "Mine", "about": "A test.", "linkage": {"audit": {}}}
    assert not refused(values)
    assert refused({**values, "extends": "../town.yaml"})
    assert refused({**values, "overlay_version": 1})
    assert refused({key: value for key, value in values.items() if key != "about"})
