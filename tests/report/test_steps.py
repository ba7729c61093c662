from __future__ import annotations

import pytest

from simulator.report.steps import growth_steps


def test_steps_hold_everyone_and_no_single_group(steps):
    assert [step.number for step in steps] == [0, 1, 2, 3, 4]
    assert steps[4].rates["reidentified_share"].value == 0.74
    assert steps[4].rates["exposure_share"].value == 0.47  # and not the 0.5 of one group


def test_labels_come_from_the_scenario(steps):
    assert [step.row for step in steps] == [
        "No list",
        "1. Utility bills",
        "2. + Social media",
        "3. + Data broker",
        "4. + Driver's licences",
    ]


def test_an_unlabelled_source_keeps_its_name(result):
    assert growth_steps(result.exposure, {})[1].label == "utility"


def test_a_table_without_everyone_is_refused(result):
    with pytest.raises(ValueError, match="no row for group 'all'"):
        growth_steps(result.exposure.query("group == 'white'"), {})
