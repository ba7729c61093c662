import json

import jsonschema
import pytest

from simulator.cli import schema
from simulator.cli.main import main
from simulator.locations import SCENARIOS
from simulator.scenario.document import read_document

SCHEMA = json.loads((SCENARIOS / "scenario.schema.json").read_text(encoding="utf-8"))


def test_the_committed_schema_is_the_generated_one(capsys):
    assert main(["schema", "--check"]) == 0
    assert capsys.readouterr().out == (
        "scenario.schema.json: up to date\noverlay.schema.json: up to date\n"
    )


def test_a_stale_schema_is_an_error_and_writing_mends_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(schema, "SCENARIOS", tmp_path)
    assert main(["schema", "--check"]) == 2
    assert "are out of date; run 'mosaic schema'" in capsys.readouterr().err
    assert main(["schema"]) == 0
    for name in ("scenario.schema.json", "overlay.schema.json"):
        assert main(["schema", "--check"]) == 0
        written = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text("{}", encoding="utf-8")
        assert main(["schema", "--check"]) == 2
        assert f"{name} is out of date" in capsys.readouterr().err
        (tmp_path / name).write_text(written, encoding="utf-8")


def test_editors_accept_the_town_and_refuse_a_wrong_name():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    values = read_document((SCENARIOS / "town.yaml").read_text(encoding="utf-8")).values
    validator.validate(values)
    values["sources"]["Utility Bills"] = values["sources"].pop("utility")
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(values)


def test_every_setting_is_explained():
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert part["description"]
        for name, setting in part["properties"].items():
            explained = "description" in setting or "$ref" in setting
            assert explained, f"{part['title']}.{name}"
