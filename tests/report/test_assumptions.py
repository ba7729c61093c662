from __future__ import annotations

import pytest

from simulator.report.assumptions import assumptions
from simulator.scenario import load_notes, load_scenario
from simulator.scenario.schema import Coverage


@pytest.fixture(scope="module")
def town():
    return load_scenario("town")


def part_of(parts, beginning):
    (found,) = [part for part in parts if part.title.startswith(beginning)]
    return found


def row_of(part, setting):
    (found,) = [row for row in part.rows if row.setting == setting]
    return found


def changed(town, **settings):
    utility = town.sources["utility"].model_copy(update=settings)
    return town.model_copy(update={"sources": {**town.sources, "utility": utility}})


def test_each_figure_stands_beside_what_the_file_says(town):
    parts = assumptions(town, load_notes("town"))
    dmv = part_of(parts, "4. Driver's licences: shared between agencies; a record is of a person")
    assert row_of(dmv, "Sees").value.startswith("in 100 of each age; 16: 31, 17: 50,")
    assert row_of(dmv, "Sees").note.startswith("FHWA 2008, licensed drivers")
    assert row_of(dmv, "Records").value == "2 years old on average"
    utility = part_of(parts, "1. Utility bills")
    assert row_of(utility, "Sees").value == "75 in 100 households"
    assert "; nickname 5;" in row_of(utility, "Errors").value
    assert "nickname (accounts are opened informally)" in row_of(utility, "Errors").note
    assert "phone (20 missing)" in row_of(utility, "Fields").value
    assert row_of(utility, "Errors").value.endswith("noise correlation 0.3")
    assert row_of(utility, "Errors").note.endswith("assumption (noise correlation)")
    social = part_of(parts, "2. Social media")
    assert "display name (legal 40, " in row_of(social, "Fields").value
    assert row_of(part_of(parts, "The town"), "Homeowners")[1:] == ("66.2 in 100", "Census 2000")
    assert row_of(part_of(parts, "The joining"), "Threshold").value == "0.9"


def test_every_setting_of_a_list_and_the_town_is_listed(town):
    parts = assumptions(town, {})
    assert len(parts) == len(town.sources) + 3
    said = " ".join(row.value for part in parts for row in part.rows)
    for source in town.sources.values():
        for field in source.fields:
            assert field.removeprefix("e").replace("_", " ").split()[0].lower() in said.lower()
    for fact in town.sensitive_facts.values():
        assert all(value in said for value in fact.values)
    assert all(row.note == "" for part in parts for row in part.rows)


def test_a_list_out_of_reach_says_so(town):
    closed = assumptions(changed(town, gate="warrant"), {})
    assert "by warrant, person by person" in closed[0].title
    assert closed[0].title.endswith("(out of reach)")
    assert not closed[1].title.endswith("(out of reach)")


def test_lists_are_numbered_as_they_are_joined(town):
    parts = assumptions(changed(town, gate="warrant"), {})
    assert [part.title.split(":")[0] for part in parts[:4]] == [
        "Utility bills",
        "1. Social media",
        "2. Data broker",
        "3. Driver's licences",
    ]


def test_a_list_that_nobody_keeps_is_named_and_no_more(town):
    parts = assumptions(changed(town, exists=False), {})
    assert [part.source for part in parts[:4]] == ["social", "broker", "dmv", ""]
    assert parts[3].title == "Lists that nobody keeps"
    assert parts[3].rows == (("Lists", "Utility bills", ""),)


def test_the_two_methods_of_the_joining_have_names_of_their_own():
    joining = part_of(assumptions(load_scenario("modern"), {}), "The joining")
    settings = [row.setting for row in joining.rows]
    assert len(settings) == len(set(settings))
    assert row_of(joining, "Way of working").value == "joins everything"
    assert row_of(joining, "Method").value == "constrained"


def test_errors_turned_off_are_not_listed(town):
    part = assumptions(town.model_copy(update={"noise_enabled": False}), {})[0]
    assert row_of(part, "Errors").value == "all turned off"


def test_coverage_says_by_how_much_groups_differ(town):
    unequal = changed(town, coverage=Coverage(share=0.75, by_group={"black": 0.8}))
    assert "Black × 0.8" in row_of(assumptions(unequal, {})[0], "Sees").value


def test_what_is_said_of_many_fields_is_said_once(town):
    social = part_of(assumptions(town, load_notes("town")), "2. Social media")
    assert (
        row_of(social, "Fields").note
        == "assumption: friends (hidden by some), display name and 5 others"
    )
