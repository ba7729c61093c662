from __future__ import annotations

import json

import pytest

from simulator.cli.harm import MEASURES
from simulator.cli.main import main
from simulator.experiments.harm import METRICS


def test_the_measures_offered_are_those_there_are():
    assert set(MEASURES) == set(METRICS)


def test_harm_says_what_is_held_and_what_is_acted_on(capsys):
    assert main(["harm", "town", "--people", "200"]) == 0
    printed = capsys.readouterr().out
    for part in ("Held:", "Acted on:", "Overconfidence:", "Control:", "no estimate about any real"):
        assert part in printed
    assert "Gap:" not in printed


@pytest.mark.slow
def test_json_holds_every_figure_with_its_interval_and_no_nan(capsys):
    assert main(["harm", "town", "--people", "200", "--measure", "missed_share", "--gap",
                 "--format", "json"]) == 0  # fmt: skip
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert found["synthetic"] is True
    assert {row["metric"] for row in found["held"]} == {"missed_share"}
    assert {row["side"] for row in found["held"]} == {"group", "rest", "difference", "ratio"}
    assert {row["by"] for row in found["acted_on"]} >= {"clinic_visits", "benefit_use"}
    assert {row["attack"] for row in found["control"]} == {"linking", "attributes"}
    gap = {row["part"]: row["value"] for row in found["gap"] if row["group"] == "white"}
    parts = sum(gap[part] for part in ("coverage", "errors", "linking", "remainder"))
    assert parts == pytest.approx(gap["gap"])


def test_an_unknown_measure_is_refused_with_those_there_are(capsys):
    assert main(["harm", "town", "--measure", "sadness"]) == 2
    error = capsys.readouterr().err
    assert "wrongful_share" in error
    assert error.count("\n") == 1


def test_too_many_replicates_are_refused_in_one_line(capsys):
    assert main(["harm", "town", "--replicates", "0"]) == 2
    assert "--replicates must be between 1 and" in capsys.readouterr().err
