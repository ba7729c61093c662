from __future__ import annotations

import json
import re

import pytest

from simulator.cli.main import main

FIELDS = "zip_code,sex,birth_date"


def test_the_crowds_of_what_is_known(capsys):
    assert main(["anonymity", "town", "--people", "300"]) == 0
    printed = capsys.readouterr().out
    assert "With the name crossed out" in printed
    assert "Facts that count: sex, birth date" in printed
    assert "phone" not in printed
    assert "An invented town" in printed


def test_the_sentence_has_the_figure_of_the_json(capsys):
    assert main(["anonymity", "town", "--people", "300", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["synthetic"]
    assert found["population_count"] == 1500
    alone = next(
        row["value"]
        for row in found["measures"]
        if (row["group"], row["metric"]) == ("all", "unique_of_named_share")
    )
    assert main(["anonymity", "town", "--people", "300"]) == 0
    said = re.search(r"(\d+) in\s+100 of the named\s+residents are alone", capsys.readouterr().out)
    assert said is not None
    assert int(said[1]) == round(100 * alone)


def test_the_risk_of_a_release(capsys):
    # spaces and a column named twice do no harm
    fields = "zip_code, sex,birth_date,sex"
    assert main(["anonymity", "town", "--people", "300", "--fields", fields]) == 0
    printed = capsys.readouterr().out
    assert "a file of all residents, showing ZIP code, sex and birth date" in printed
    assert "Prosecutor: 1 / people of the file" in printed


def test_a_source_is_a_file_of_its_people(capsys):
    command = ["anonymity", "town", "--people", "300", "--fields", FIELDS, "--format", "json"]
    assert main([*command, "--source", "utility"]) == 0
    of_source = json.loads(capsys.readouterr().out)
    assert main(command) == 0
    of_all = json.loads(capsys.readouterr().out)
    assert (of_all["file_count"], of_all["population_count"]) == (300, 1500)
    assert of_source["source"] == "utility"
    assert of_source["file_count"] > next(row["n"] for row in of_source["measures"])
    assert {row["interval"] for row in of_all["measures"]} == {"none"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fields", "zip,sex"], "no quasi-identifier 'zip'. "),
        (["--fields", "zipcode"], "no quasi-identifier 'zipcode'. Did you mean 'zip_code'?"),
        (["--fields", "phone"], "The quasi-identifiers are: sex, birth_date, "),
        (["--fields", ","], "--fields names no column of: sex, "),
        (["--source", "utility"], "--source needs --fields"),
        (["--fields", "sex", "--source", "utilty"], "Did you mean 'utility'?"),
    ],
)
def test_a_mistake_is_one_line(options, said, capsys):
    assert main(["anonymity", "town", "--people", "300", *options]) == 2
    error = capsys.readouterr().err.strip()
    assert "\n" not in error
    assert error.startswith("mosaic anonymity: ")
    assert said in error


def test_a_list_that_nobody_keeps_holds_nobody(tmp_path, capsys):
    law = tmp_path / "law.yaml"
    law.write_text(
        "overlay_version: 1\ntitle: A law\nabout: A test.\n"
        "changes: {sources: {utility: {exists: false}}}\n"
    )
    command = ["anonymity", "town", "--overlay", str(law), "--fields", "sex"]
    assert main([*command, "--source", "utility"]) == 2
    assert "nobody keeps 'utility'" in capsys.readouterr().err
