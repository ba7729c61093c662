from __future__ import annotations

import math

import pandas as pd

from simulator.report.definitions import DEFINITIONS
from simulator.report.harm import (
    HARMS,
    GroupRates,
    cell,
    rates_by_group,
    what_stands_out,
    wrongly_joined,
)
from simulator.tables import Rate

HEADINGS = {metric: DEFINITIONS[metric].heading for metric in HARMS}


def group(label, low, high, *, n=1000, interval="wilson"):
    return GroupRates(
        label, {metric: Rate((low + high) / 2, low, high, n, interval) for metric in HARMS}
    )


def test_only_the_last_step_counts_and_groups_keep_their_order():
    rows = [
        (1, "all", 0.1), (2, "all", 0.2), (2, "b", 0.3), (2, "a", 0.4),
    ]  # fmt: skip
    exposure = pd.DataFrame(
        [
            {"step": step, "group": name, "metric": "missed_share", "value": value, "low": value,
             "high": value, "n": 50, "interval": "wilson"}
            for step, name, value in rows
        ]
    )  # fmt: skip
    found = rates_by_group(exposure, {"a": "Aa", "b": "Bb", "c": "Cc"})
    assert [one.label for one in found] == ["Everyone", "Aa", "Bb", "Cc"]
    assert [one.rates["missed_share"].value for one in found[:3]] == [0.2, 0.4, 0.3]
    assert cell(found[3].rates, "missed_share") == ("–", "0")


def test_a_group_whose_interval_lies_apart_stands_out():
    said = what_stands_out(
        [group("Everyone", 0.10, 0.12), group("Left", 0.20, 0.24), group("Right", 0.11, 0.2)],
        {"missed_share": "Records missed"},
    )
    assert "In 2 comparisons" in said
    assert "Left: records missed 220 (200–240), everyone 110 (100–120)." in said
    assert "Right" not in said


def test_nothing_notable_is_a_finding():
    said = what_stands_out([group("Everyone", 0.1, 0.12), group("Left", 0.11, 0.2)], HEADINGS)
    assert said == (
        "No group stands out: in all 4 comparisons a group's interval overlaps everyone's. "
        "That is a finding too."
    )


def test_few_events_are_said():
    said = what_stands_out([group("Everyone", 0, 0.004), group("Left", 0, 0.02)], HEADINGS)
    assert "(2 false files): a small gap would not be seen here" in said


def test_groups_too_small_are_not_compared():
    nothing = Rate(math.nan, math.nan, math.nan, 12, "none")
    small = GroupRates("Small", dict.fromkeys(HARMS, nothing))
    assert what_stands_out([group("Everyone", 0.1, 0.2), small], HEADINGS) == (
        "No group is large enough to be compared."
    )
    assert cell(small.rates, "missed_share") == ("withheld", "12")


def test_a_few_towns_are_not_compared():
    groups = [
        group("Everyone", 0.1, 0.2, n=3, interval="replicates"),
        group("Left", 0.4, 0.5, n=3, interval="replicates"),
    ]
    assert "needs 20 towns or more" in what_stands_out(groups, HEADINGS)


def test_counts_are_said_as_counted_and_means_of_towns_in_hundred():
    counted = {
        "false_dossier_share": Rate(0.002, 0.001, 0.004, 3000, "wilson"),
        "wrongful_share": Rate(0.001, 0.0004, 0.0023, 5000, "wilson"),
        "sensitive_wrongful_share": Rate(0.0, 0.0, 0.0008, 5000, "wilson"),
    }
    said = wrongly_joined(counted)
    assert said.startswith("6 of 3,000 files hold a record of somebody else")
    assert "5 of 5,000 residents have somebody else's fact" in said
    assert "0 of 5,000 (95 % interval 0 to 1 in 1,000)" in said
    towns = {name: Rate(0.02, 0.01, 0.03, 30, "replicates") for name in counted}
    assert wrongly_joined(towns).startswith("2 in 100 files")
