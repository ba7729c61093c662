from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.report.compare_figures import MEANINGS, NAMES
from simulator.report.compare_page import comparison_page
from simulator.report.compare_wording import findings, how_sure
from simulator.report.wording import CAVEAT
from tests.report import compared

COMMAND = "mosaic compare town --to x.md"


def parts(page):
    """Return the text of each section by its heading; what stands before the first has none."""
    start, *rest = re.split(r"^## ", page, flags=re.MULTILINE)
    return {"": start} | dict(part.split("\n", 1) for part in rest)


@pytest.mark.parametrize(
    "comparison", [compared.comparison(), compared.comparison("ban"), compared.scenarios()]
)
def test_every_page_says_what_it_is_and_every_finding(comparison):
    page = comparison_page(comparison, COMMAND)
    assert f"`{COMMAND}` writes this page" in page
    for said in (CAVEAT, how_sure(comparison), *findings(comparison)):
        assert said in page
    assert page.endswith("\n")
    assert "\n\n\n" not in page


@pytest.mark.parametrize(
    "comparison", [compared.comparison(), compared.comparison("ban"), compared.scenarios()]
)
def test_every_table_has_as_many_cells_in_every_row(comparison):
    page = comparison_page(comparison, COMMAND)
    tables = re.findall(r"(?:^\|.*\n?)+", page, flags=re.MULTILINE)
    assert len(tables) == (2 if len(comparison.policies) > 1 else 3)
    for table in tables:
        assert len({line.count(" | ") for line in table.splitlines()}) == 1


def test_several_policies_are_described_ranked_and_told_in_full():
    found = parts(comparison_page(compared.comparison(), COMMAND, ["Some law"]))
    assert "- Ban on sharing. Lists stay where they are." in found["The policies"]
    assert "Privacy shield" not in found["The policies"]  # nothing is said of it
    assert "| Ban on sharing | 1 | −10.0±2.0 |" in found["The policies beside one another"]
    assert "| Ban on sharing | −10.0 (−12.0 to −8.0) |" in found["In full"]
    assert found["In full"].count("| 20.0 | 0.0 |") == 3  # records and cells taken
    reading = found["How to read it"]
    for word in (*MEANINGS, "beyond chance", "records taken", "cells taken"):
        assert f"\n- *{word}*: " in reading
    assert "Left out, for this town has nothing they change: Some law." in reading


def test_one_policy_is_shown_by_measure_by_group_and_list_by_list():
    page = comparison_page(compared.comparison("ban"), COMMAND)
    found = parts(page)
    assert page.startswith("# Ban on sharing: what changes, person by person\n")
    assert "- With: Ban on sharing. Lists stay where they are." in found[""]
    changes = found["What changes"]
    assert "| facts known by name | 50.0 | 40.0 | −10.0 (−12.0 to −8.0) | −5.0±1.0 |" in changes
    assert all(f"| {name} |" in changes for name in NAMES.values())
    by_group = found["Facts known by name, by group"]
    assert "| Two or more or other | – | – | withheld | – |" in by_group
    assert "| Data broker | 31.0 | 15.5 | 44.0 | 22.0 |" in found["List by list"]
    assert "rank" not in found["How to read it"]


def test_two_scenarios_are_a_and_b_and_no_policy():
    page = comparison_page(compared.scenarios(), COMMAND)
    assert page.startswith("# A town of 5,000 and Another town: what changes, person by person\n")
    assert "- A: A town of 5,000\n- B: Another town\n" in page
    assert "| in 100 | A | B | B − A (95 % interval) |" in page
    assert "policy" not in page
    assert "REVERSED" not in page


def test_a_bar_in_a_name_does_not_break_the_table():
    comparison = compared.comparison()
    labels = comparison.labels | {"ban": "Ban | sharing"}
    page = comparison_page(replace(comparison, labels=labels), COMMAND)
    assert "| Ban \\| sharing | 1 |" in page
