import json
from dataclasses import replace

import pytest

from simulator.cli.main import main
from simulator.experiments import validate
from simulator.experiments.validate.published import published_rows


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(validate, "FULL_PEOPLE", 1000)
    monkeypatch.setattr(validate, "QUICK_PEOPLE", 600)


def test_the_table_is_printed_and_the_cost_said(capsys):
    code = main(["validate", "--quick", "--seed", "4"])
    printed = capsys.readouterr()
    assert code == ("Tested and do not agree" in " ".join(printed.out.split()))
    assert "seed 4" in printed.out
    assert "Sweeney 2000" in printed.out
    assert printed.err.startswith("600 people: about ")


@pytest.mark.slow
def test_json_has_every_row_and_no_number_that_is_none(capsys):
    main(["validate", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert [row["key"] for row in rows] == [row.key for row in published_rows()]
    assert next(row for row in rows if row["key"] == "county")["ours"] is None


@pytest.mark.slow
def test_a_page_is_written(tmp_path, capsys):
    file = tmp_path / "page.md"
    main(["validate", "--quick", "--seed", "5", "--to", str(file)])
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Validation")
    assert f"`mosaic validate --quick --seed 5 --to {file.as_posix()}` writes this page" in text
    assert capsys.readouterr().out.startswith(f"{file}: ")
    assert "](unicity.png)" in text
    assert (tmp_path / "unicity.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_that_cannot_be_written_is_refused_before_the_work(tmp_path, capsys):
    assert main(["validate", "--to", str(tmp_path / "nowhere" / "page.md")]) == 2
    error = capsys.readouterr().err
    assert "is not a file in a folder that exists" in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(("verdict", "code"), [("agrees", 0), ("does not agree", 1)])
def test_the_exit_code_tells_whether_tested_figures_agree(monkeypatch, capsys, verdict, code):
    found = validate.run_validation(600)
    table = found.table.loc[found.table["key"] == "ages"].assign(tested=True, verdict=verdict)
    monkeypatch.setattr(validate, "run_validation", lambda *_: replace(found, table=table))
    assert main(["validate"]) == code
