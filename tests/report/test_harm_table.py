from __future__ import annotations

import pytest

from simulator.experiments.harm import METRICS, measure_harm
from simulator.report.harm_table import INTERVALS_OVER_TOWNS, harm_text
from simulator.report.wording import CAVEAT
from simulator.scenario import load_scenario


@pytest.fixture(scope="module")
def town():
    return load_scenario("town", people=300)


@pytest.fixture(scope="module")
def harm(town):
    return measure_harm(town, gap_metrics=("missed_share",))


@pytest.mark.slow
def test_every_line_fits_a_terminal_and_the_caveat_ends_it(harm):
    lines = harm_text(harm, METRICS).split("\n")
    assert max(map(len, lines)) <= 100
    assert lines[-1] == CAVEAT
    assert "all invented" in lines[0]


def test_every_group_list_and_part_is_there(town, harm):
    printed = harm_text(harm, METRICS)
    for group in town.population.groups.values():
        assert printed.count(f"  {group.label}") >= len(METRICS) + 1
    for fact in town.sensitive_facts.values():
        assert f"\n{fact.label} " in printed
    for source in town.sources.values():
        assert f"\n{source.label} " in printed
    assert "left over" in printed
    assert "withheld" in printed  # a group of 300 people has fewer than 20


def test_what_is_not_asked_for_is_not_written(harm):
    printed = harm_text(harm, ("missed_share",))
    held = printed.partition("Held:")[2].partition("Acted on:")[0]
    assert "Records missed" in held
    assert "False file" not in held


@pytest.mark.slow
def test_over_towns_n_counts_towns(town):
    printed = harm_text(measure_harm(town, replicates=2), ("wrongful_share",))
    assert "means over two towns" in printed
    assert " ".join(printed.split()).count(INTERVALS_OVER_TOWNS) == 1
    assert "20 towns or more" in printed
    row = next(line for line in printed.split("\n") if line.startswith("Linking"))
    assert row.split()[1] == "2"
