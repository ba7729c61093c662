from __future__ import annotations

import math

import pandas as pd
import pytest

from simulator.report.triage_table import COLUMNS, LEGEND, triage_finding, triage_table

LABELS = {"a": "A group whose name is very long indeed", "b": "Group B", "c": "Group C"}
NOTHING = (math.nan, math.nan, math.nan)
FLAGGED = {"all": (0.05, 0.04, 0.06), "a": (0.1, 0.08, 0.12), "b": (0.02, 0.01, 0.03),
           "c": NOTHING}  # fmt: skip
RIGHT = (0.07, 0.05, 0.1)


def measures(rounds=(0.2, 0.5), flagged=FLAGGED, right=RIGHT):
    """Return rounds with one figure of feedback each; shares of flagged stay as they are."""
    rows = []
    for number, feedback in enumerate(rounds, 1):
        for group, share in flagged.items():
            told = (share, share, right, (feedback, feedback, 1.0))
            rows += [
                [number, group, metric, *(NOTHING if group == "c" else figure)]
                for metric, figure in zip(COLUMNS, told, strict=True)
            ]
    return pd.DataFrame(rows, columns=["round", "group", "metric", "value", "low", "high"])


def finding(table, ranks="people"):
    return " ".join(triage_finding(table, LABELS, ranks))


def test_the_columns_never_run_together():
    lines = triage_table(measures(rounds=(1.0,)), LABELS).splitlines()
    assert all(len(line) <= 100 for line in lines)
    heading = " ".join(" ".join(lines[:3]).split())
    assert "wrongly flagged, right, of flagged about flagged" in heading
    cells = next(line for line in lines if line.startswith("Group B"))
    assert " ".join(cells.split()) == "Group B 2.0 (1.0–3.0) 2.0 (1.0–3.0) 7.0 (5.0–10.0) 100.0"
    assert lines[lines.index(cells) + 1].split() == ["(100.0–100.0)"]


def test_every_round_has_everyone_first_and_every_group():
    lines = triage_table(measures(), LABELS).splitlines()
    starts = [line.split("  ")[0] for line in lines if line and line[0] not in " ─"]
    assert starts[:10] == [
        *("Round 1", "everyone", "A group whose name is", "very long indeed", "Group B"),
        *("Group C", "Round 2", "everyone", "A group whose name is", "very long indeed"),
    ]


def test_what_is_withheld_is_a_dash_and_the_table_says_why():
    text = triage_table(measures(), LABELS)
    small = next(line for line in text.splitlines() if line.startswith("Group C"))
    assert small.split() == ["Group", "C", "–", "–", "–", "–"]
    assert "fewer than 20 people, or in a group fewer than five flagged" in LEGEND[1]
    assert all(line in text for line in LEGEND)


def test_the_error_is_said_of_the_last_round():
    said = finding(measures())
    assert "Of the people flagged in round 2, 93 in 100 are flagged wrongly" in said
    assert "the rule finds who has many records, not whom it looks for" in said


def test_of_areas_it_is_said_who_is_flagged():
    said = finding(measures(), "areas")
    assert said.startswith("Flagged are the people who live in a flagged square")
    assert "the rule finds where many records are made" in said


def test_the_groups_wrongly_flagged_most_and_least_are_named():
    said = finding(measures())
    assert f"{LABELS['a']} is wrongly flagged most often (10 in 100) and Group B least" in said
    assert "overlap" not in said
    near = FLAGGED | {"b": (0.09, 0.07, 0.11)}
    assert "Their intervals overlap: it may be luck." in finding(measures(flagged=near))


def test_attention_makes_records_only_where_it_does():
    said = finding(measures())
    assert "20 in 100 are about flagged people in round 1 and 50 in 100 in round 2" in said
    assert said.endswith("attention makes records.")
    assert "attention makes records" not in finding(measures(rounds=(0.5, 0.5)))
    assert "round 1 and" not in finding(measures(rounds=(0.5,)))
    assert "Too few people have a record" in finding(measures(rounds=(math.nan, 0.5)))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"right": NOTHING}, "too few people are flagged to say how many of them wrongly"),
        ({"flagged": {"all": (0.05, 0.04, 0.06), "b": (0.02, 0.01, 0.03)}},
         "Too few people of each group are flagged to compare"),
        ({"flagged": {"all": (0.0, 0.0, 0.01)}}, "Nobody is flagged in round 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said_so(changed, expected):
    assert expected in finding(measures(**changed))
