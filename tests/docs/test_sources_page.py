"""docs/sources.md says what scenarios/modern.yaml says."""

from simulator.scenario import load_scenario
from tests.docs.sources_page import PAGE, SCENARIO, tables, with_tables

PAGE_TEXT = PAGE.read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_scenario():
    same = with_tables(PAGE_TEXT) == PAGE_TEXT
    assert same, "write the tables anew: python -m tests.docs.sources_page"


def test_every_list_has_a_row_in_every_table():
    labels = [source.label for source in load_scenario(SCENARIO).sources.values()]
    for table in tables().values():
        rows = [line.split(" | ") for line in table.splitlines()[2:]]
        assert [row[1] for row in rows] == labels


def test_a_row_says_record_gate_and_coverage():
    row = next(line for line in tables()["lists"].splitlines() if "Utility bills" in line)
    assert "a household, in one adult's name | for sale | 75 in 100 households" in row


def test_a_row_says_where_its_figures_come_from():
    row = next(line for line in tables()["origins"].splitlines() if "Social media" in line)
    assert "**whom it sees**: Pew 2021" in row
    assert "assumption" in row
