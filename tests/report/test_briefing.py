from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from simulator.exposure.growth import METRICS
from simulator.report.assumptions import assumptions
from simulator.report.briefing import GROWTH, briefing_chart, briefing_html, needs_annex
from simulator.report.definitions import DEFINITIONS
from simulator.report.harm import HARMS
from simulator.report.steps import Step
from simulator.report.table import finding
from simulator.scenario import load_notes, load_scenario
from tests.report.pages import Outline, assert_is_readable, assert_stands_alone

COMMAND = "mosaic briefing town --out briefing.html"


@pytest.fixture(scope="module")
def whole(result):
    """The invented result with a figure for every group: a tenth of everyone, equal shares."""
    last = result.exposure.loc[result.exposure["group"] == "all"]
    groups = [last.assign(group=name, n=500) for name in result.scenario.population.groups]
    return replace(result, exposure=pd.concat([last, *groups], ignore_index=True))


@pytest.fixture(scope="module")
def page(whole):
    return briefing_html(whole, notes=load_notes("town"), command=COMMAND)


@pytest.fixture(scope="module")
def text(page):
    return Outline(page).text


def test_it_stands_alone_and_is_readable(page):
    assert_stands_alone(page)
    assert_is_readable(page)
    assert "<script" not in page


def test_the_finding_is_the_one_of_the_terminal(text, steps):
    assert " ".join(finding(steps)) in text


def test_it_says_what_it_is_and_how_to_get_it_again(text, result):
    assert "Synthetic. The town and everyone in it are invented" in text
    for said in (COMMAND, str(result.seed), result.version, result.scenario_hash):
        assert said in text


def test_every_figure_of_the_growth_is_in_the_table(text):
    assert "4. + Driver's licences 94.0 (92.8–95.2) 74.0 (72.8–75.2) 47.0 (45.8–48.2)" in text
    assert "36.0 (34.8–37.2) 3.1 (1.9–4.3)" in text


def test_every_group_has_its_figures_and_their_n(text):
    for label in ("Everyone", "White", "Hispanic", "Black", "Asian or Pacific Islander"):
        assert f"{label} 740 (728–752) n 5" in text
    assert "31.0 (19.0–43.0) n 500" in text
    assert "200 of 5,000 files hold a record of somebody else" in text
    assert "No group stands out" in text


def test_every_figure_shown_is_defined_in_one_line(text):
    assert set(GROWTH) | set(HARMS) <= set(DEFINITIONS)
    effort = {"bystanders_share", "lookups_count", "review_hours", "bypass_share"}
    assert set(DEFINITIONS) <= set(METRICS) | effort
    for heading, meaning in DEFINITIONS.values():
        assert f"{heading} {meaning}" in text


def test_the_inputs_stand_beside_their_sources(text):
    assert "66.2 in 100 | Census 2000" in text
    assert "Pew 2021, any social media" in text
    assert "double surname (Hispanic: 30 in 100)" in text


def test_the_inputs_say_how_many_records_each_list_has(text, result):
    records = result.collected.records
    for name, frame in records.items():
        label = result.scenario.sources[name].label
        assert f". {label}: " in text
        assert f"; {len(frame):,} records" in text
    assert f"as set out below: {sum(map(len, records.values())):,} records." in text


@pytest.mark.parametrize(
    ("name", "needed"), [("town", False), ("campus", False), ("modern", True), ("city", True)]
)
def test_many_inputs_stand_in_an_annex(name, needed):
    scenario = load_scenario(name)
    assert needs_annex(assumptions(scenario, {})) is needed


def test_the_page_points_to_its_annex(whole):
    modern = load_scenario("modern")
    many = whole.scenario.model_copy(update={"haunts": modern.haunts})
    page = briefing_html(replace(whole, scenario=many), notes={}, command="x")
    said = Outline(page).text
    assert "Annex: the inputs, and where they come from" in said
    assert "as set out in the annex" in said
    assert "follow from the inputs in the annex" in said
    assert "below" not in said.split("How it was computed")[1]


def test_a_list_for_targets_only_is_marked_and_the_mark_explained(whole, text):
    assert "†" not in text
    utility = whole.scenario.sources["utility"].model_copy(update={"gate": "warrant"})
    adversary = whole.scenario.adversary.model_copy(
        update={
            "powers": (*whole.scenario.adversary.powers, "warrant"),
            "targets_count": 5,
            "targeted_requests_count": 5,
        }
    )
    sources = {**whole.scenario.sources, "utility": utility}
    asked = whole.scenario.model_copy(update={"sources": sources, "adversary": adversary})
    said = Outline(briefing_html(replace(whole, scenario=asked), notes={}, command="x")).text
    assert "1. Utility bills † " in said
    assert "†: opens for targets only." in said


def test_the_picture_of_many_lists_is_no_taller_than_a_page_has_room_for(result, steps):
    few = briefing_chart(result, steps)
    many = tuple(Step(k, f"List {k}", steps[-1].rates) for k in range(22))
    assert few["height"] == 24 * 5
    assert briefing_chart(result, many)["height"] == 18 * 22


def test_without_a_file_the_inputs_are_called_assumptions(whole):
    page = briefing_html(whole, notes={}, command=COMMAND)
    assert "take each for an assumption" in Outline(page).text


def test_replicates_are_said(whole):
    exposure = whole.exposure.assign(n=30, interval="replicates")
    said = Outline(briefing_html(replace(whole, exposure=exposure), notes={}, command="x")).text
    assert "done for 30 towns, seeds 20260101 to 20260130" in said
    assert "over 30 towns drawn anew" in said
    assert "Wilson" not in said
    few = exposure.assign(n=3)
    said = Outline(briefing_html(replace(whole, exposure=few), notes={}, command="x")).text
    assert "with fewer than 20 towns it says little" in said
    assert "The groups are not compared" in said


def test_a_single_list_joins_nothing(whole):
    first = replace(whole, exposure=whole.exposure.loc[whole.exposure["step"] <= 1])
    said = Outline(briefing_html(first, notes={}, command="x")).text
    assert "With one list joined, 0 in 100 residents are re-identified" in said
    assert "Of the pairs joined" not in said


def test_what_a_scenario_says_stays_text(whole):
    hostile = "<script>alert(1)</script><img src=x>"
    source = whole.scenario.sources["utility"].model_copy(update={"label": hostile})
    scenario = whole.scenario.model_copy(
        update={
            "title": hostile,
            "about": hostile,
            "sources": {**whole.scenario.sources, "utility": source},
        }
    )
    page = briefing_html(
        replace(whole, scenario=scenario), notes={("sources",): hostile}, command=hostile
    )
    assert_stands_alone(page)
    assert "<script" not in page
    assert "<img" not in page


def test_the_same_result_is_the_same_page(whole, page):
    assert briefing_html(whole, notes=load_notes("town"), command=COMMAND) == page
