from math import nan

import pandas as pd
import pytest

from simulator.report.validation import (
    validation_page,
    validation_summary,
    validation_text,
)
from simulator.report.validation_document import read_validation

COLUMNS = [
    "section", "key", "result", "check", "unit", "published", "figure", "source", "mark", "ours",
    "n", "how", "low", "high", "tested", "verdict", "why",
]  # fmt: skip


@pytest.fixture
def table():
    rows = [
        ("Moves", "moved", "Moved in a year", "input", "share", 0.084, "", "Census", "seen",
         0.0853, 2000, "counted", 0.074, 0.094, True, "agrees", ""),
        ("Moves", "alone", "Live alone", "emerges", "share", 0.258, "", "Census", "seen",
         0.24, 900, "counted", 0.248, 0.268, False, "does not agree", "Groups | differ."),
        ("Lists", "old", "Drivers over 75", "input", "share", nan, "older falls", "FHWA", "seen",
         nan, 0, "", nan, nan, False, "cannot say", ""),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def test_text_fits_a_terminal(table):
    text = validation_text(table, "mosaic 0.0, seed 1")
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "8.4 %                   8.5 %" in text
    assert "Groups | differ." in text
    assert "Census (seen)" in text
    assert text.index("Moves") < text.index("Lists")


def test_what_is_not_tested_stands_in_brackets(table):
    text = validation_text(table, "")
    assert "(cannot say)" in text
    assert "(agrees)" not in text


def test_the_page_is_a_table_per_section(table):
    page = validation_page(table, "seed 1", "mosaic validate --to docs/validation.md")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len(rows) == 2 * 2 + 3
    # a bar within a cell does not end it
    assert {line.replace("\\|", "").count("|") for line in rows} == {7}
    assert "`mosaic validate --to docs/validation.md`" in page
    assert "older falls<br>FHWA (seen)" in page
    assert page.endswith("|\n")


def test_the_page_can_be_read_back(table):
    document = read_validation(
        validation_page(table, "seed 1", "mosaic validate", {"Moves": "moves.png"})
    )
    assert (document.command, document.heading) == ("mosaic validate", "seed 1")
    assert document.summary == validation_summary(table)
    assert [section.title for section in document.sections] == ["Moves", "Lists"]
    moved, alone = document.sections[0].rows
    assert document.sections[0].headings[0] == "result"
    assert moved.cells[0] == ("Moved in a year", "put in")
    assert moved.why == ""
    assert alone.why == "Groups | differ."


def test_another_page_is_not_read_as_a_validation():
    with pytest.raises(ValueError, match="not written by mosaic validate"):
        read_validation("# Another\n\none\n\ntwo\n\nthree\n\n## Part\n")


def test_the_summary_names_what_does_not_agree(table):
    assert validation_summary(table) == (
        "Figures tested: 1 (1 put in); of them 1 agree. "
        "Not tested, and do not agree: Live alone; the table says why."
    )
    table.loc[0, "verdict"] = "does not agree"
    assert "Tested and do not agree: Moved in a year." in validation_summary(table)
