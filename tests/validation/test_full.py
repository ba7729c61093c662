"""Published figures beside those of two million people: slow, run by `make test-slow`."""

import pytest

from simulator.cli.validate import PICTURES, heading
from simulator.experiments.validate import QUICK_PEOPLE, passes, run_validation
from simulator.experiments.validate.published import published_rows
from simulator.report.validation import validation_page
from tests.packaging.test_wheel import CHECKOUT

pytestmark = pytest.mark.slow

KNOWN_NOT_TO_AGREE = {
    "names_200000", "names_2000000", "names_white", "names_hispanic", "names_black", "names_asian",
    "living_alone", "utility_holders",
}  # fmt: skip
UNSEEN_SEED = 20260102


@pytest.mark.parametrize("key", [row.key for row in published_rows() if row.tested])
def test_it_agrees(table, key):
    row = table.loc[key]
    assert row["tested"]
    assert row["verdict"] == "agrees", f"{row['ours']} is not in {row['low']} to {row['high']}"


def test_what_is_not_tested_and_does_not_agree_is_known(table):
    """A difference that goes away must be taken off the list, and a new one explained."""
    differs = table["verdict"] == "does not agree"
    assert set(table.index[differs]) == KNOWN_NOT_TO_AGREE
    assert table.loc[differs, "why"].ne("").all()


def test_uniqueness_is_counted_in_whole_areas(table):
    assert 2_000_000 <= table.loc["unique_by_day", "n"] < 2_200_000


def test_the_page_in_the_repository_is_the_one_the_command_writes(table):
    written = (CHECKOUT / "docs" / "validation.md").read_text(encoding="utf-8")
    command = "mosaic validate --to docs/validation.md"
    assert validation_page(table, heading(None), command, PICTURES) == written


def test_the_classroom_version_agrees_too_and_leaves_out_what_it_cannot_say():
    table = run_validation(QUICK_PEOPLE, UNSEEN_SEED).table.set_index("key")
    assert passes(table)
    assert table.loc["unique_by_day", "verdict"] == "shown only"
    assert table.loc["names_200000_closed", "verdict"] == "agrees"
    assert table.loc["names_2000000_closed", "verdict"] == "cannot say"
