from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.report.compare_figures import EVERYONE, Figure, changes
from simulator.report.compare_wording import findings, how_sure, verdict
from tests.report import compared


@pytest.fixture(scope="module")
def said():
    comparison = compared.comparison()
    return dict(zip(comparison.policies, findings(comparison), strict=True))


def test_a_fall_is_said_with_both_figures_and_its_interval(said):
    assert said["ban"].startswith(
        "Ban on sharing: exposure falls from 50.0 to 40.0 in 100 of what there is to know about a "
        "resident (−10.0, 95 % interval −12.0 to −8.0)."
    )


def test_a_null_finding_is_called_one(said):
    assert "no effect on exposure can be told (null finding)" in said["shield"]
    assert "−0.10, 95 % interval −0.50 to +0.30" in said["shield"]


def test_a_reversed_finding_is_called_one(said):
    assert said["reform"].startswith("Access reform: REVERSED, exposure rises from 50.0 to 52.0")


def test_a_rise_is_no_reversal_where_the_adversary_holds_more():
    """A new list is not there to protect."""
    comparison = compared.comparison("reform")
    more = comparison.removed.assign(records_share=-0.1)
    (said,) = findings(replace(comparison, removed=more))
    assert said.startswith("Access reform: exposure rises from 50.0 to 52.0")
    assert "REVERSED" not in said


@pytest.mark.parametrize("name", ["ban", "shield", "reform"])
def test_two_scenarios_are_told_apart_without_a_judgement(name):
    (said,) = findings(compared.scenarios(name))
    before, after = 50.0, 50.0 + 100 * compared.CHANGES[name][0]
    assert said.startswith(
        f"Another town: exposure is {after:.1f} in 100 of what there is to know about a resident, "
        f"against {before:.1f} in A town of 5,000: "
    )
    assert "REVERSED" not in said
    assert "LESS" not in said
    assert ("No difference can be told (null finding)." in said) == (name == "shield")
    assert "at random" not in said  # the other adversary holds more: there is nothing to take
    assert "In it 30.0 in 100 residents are better off, 1.2 in 100 worse off." in said


def test_a_scenario_that_holds_less_is_set_beside_chance():
    (said,) = findings(compared.scenarios("ban", records_share=0.4))
    assert "Beside as much taken away at random it is −5.0, 95 % interval −8.0 to −2.0." in said


def test_a_scenario_in_which_nothing_differs_says_so():
    (said,) = findings(compared.scenarios("moot"))
    assert said == "Another town: nothing differs from A town of 5,000 for anybody."


def test_a_policy_that_touches_nothing_says_so(said):
    assert said["moot"] == (
        "Rule for nobody: nothing changes for anybody. It does not touch what this adversary uses."
    )


def test_each_is_set_beside_chance(said):
    assert "does more than as much taken away at random (by −5.0" in said["ban"]
    assert "does LESS than as much taken away at random (by +7.0" in said["reform"]
    assert "at random" not in said["moot"]


def test_more_wrongful_facts_are_a_reversal_too(said):
    assert "REVERSED: more residents have somebody else's fact in their file: +0.10" in said["ban"]
    assert "Fewer residents have somebody else's fact" in said["reform"]


def test_whom_it_makes_worse_off_is_never_left_out(said):
    for name in ("ban", "shield", "reform"):
        assert "30.0 in 100 residents are better off, 1.2 in 100 worse off" in said[name]


def test_a_finding_that_learning_anew_would_change_says_so():
    comparison = compared.comparison("ban")
    table = comparison.effects.copy()
    table.loc[table["run"] == "retrained", ["low", "high"]] = [-0.3, 0.1]
    (said,) = findings(replace(comparison, effects=table))
    assert "An adversary that learns anew changes the finding" in said


def test_few_towns_make_no_headline():
    comparison = compared.comparison()
    assert "headline" not in how_sure(comparison)
    assert "A headline needs 20 towns" in how_sure(replace(comparison, seeds=(1, 2, 3)))
    one = how_sure(replace(comparison, seeds=(1,)))
    assert one.startswith("One town: the 95 % intervals are the luck of the draw")
    assert "--replicates 20" in one


def test_verdicts_follow_the_interval():
    known = changes(compared.comparison())
    found = {
        name: verdict(known[Figure(name, "frozen", EVERYONE, "exposure_share")])
        for name in compared.CHANGES
    }
    assert found == {"ban": "falls", "shield": "null", "reform": "rises", "moot": "nothing"}
