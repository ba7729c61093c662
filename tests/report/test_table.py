from __future__ import annotations

from simulator.report.table import WIDTH, finding, growth_table
from simulator.report.wording import CAVEAT


def test_the_table_fits_a_terminal(steps):
    assert all(len(line) <= WIDTH for line in growth_table(steps).splitlines())


def test_one_row_a_list_with_half_intervals(steps):
    lines = growth_table(steps).splitlines()
    assert lines[3].split() == [
        "1.", "Utility", "bills", "41.0±1.2", "0.0±0.0", "–", "12.0±1.2", "12.0±1.2", "0.0±0.0",
        "–", "–",
    ]  # fmt: skip
    assert "5,000" in next(line for line in lines if line.startswith("n "))
    assert "No list" not in growth_table(steps)


def test_a_long_label_is_wrapped_and_not_cut(steps):
    lines = growth_table(steps).splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("4. + Driver's"))
    assert lines[row + 1].strip() == "licences"


def test_the_finding_is_said_in_natural_frequencies(steps):
    found, uncertain, caveat = finding(steps)
    assert "74 in 100 residents are re-identified" in found
    assert "47 in 100 is known by name, against 36 in 100" in found
    assert "73 to 75 in 100" in uncertain
    assert caveat == CAVEAT
