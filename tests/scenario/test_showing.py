import json

import pytest

from simulator.scenario import load_scenario, load_text, packaged_policies, packaged_scenarios
from simulator.scenario.document import read_document
from simulator.scenario.layering import layered_file
from simulator.scenario.merging import lay, lowest
from simulator.scenario.reading import read_layer
from simulator.scenario.showing import changes_text, settings_text

LAW = """\
overlay_version: 1
title: A law
about: A test.
changes:
  sources:
    social: {gate: public}
    dmv: null
    utility:
      removed_share: 0.5
      fields: {phone: null}
    loyalty:
      label: "Card #1, or: more"
      gate: purchase
      record_of: person
      coverage: {share: 0.4}
      fields:
        full_name: {role: identifying}
        email: {role: identifying}
"""


@pytest.fixture
def law(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.yaml").write_text(LAW, encoding="utf-8")
    return "law.yaml"


@pytest.mark.parametrize("name", [packaged.name for packaged in packaged_scenarios()])
def test_what_is_shown_is_the_scenario(name):
    assert load_text(settings_text(layered_file(name)), "shown.yaml") == load_scenario(name)


def test_what_is_shown_is_the_scenario_with_its_overlays(law):
    shown = settings_text(layered_file("town", [law]))
    assert load_text(shown, "shown.yaml") == load_scenario("town", overlays=[law])


@pytest.mark.parametrize("policy", [policy.name for policy in packaged_policies()])
def test_the_changes_are_a_patch_that_gives_the_same_settings(policy):
    layered = layered_file("modern", [policy])
    shown = read_layer(changes_text(layered), "shown.yaml")
    below = lowest(layered_file("modern").layers[0])
    assert lay(below, shown).values == layered.merged.values


def test_each_change_says_where_it_was_written(law):
    assert (
        changes_text(layered_file("town", [law]))
        == """\
# town.yaml, with law.yaml laid over it: what differs
sources:
  utility:
    fields:
      phone: null  # law.yaml:10
    removed_share: 0.5  # law.yaml:9
  loyalty:  # law.yaml:11
    label: "Card #1, or: more"
    gate: purchase
    record_of: person
    coverage: {share: 0.4}
    fields:
      full_name: {role: identifying}
      email: {role: identifying}
  dmv: null  # law.yaml:7
"""
    )


def test_only_what_differs_is_marked_in_the_whole(law):
    shown = settings_text(layered_file("town", [law])).splitlines()[1:]
    assert [line.strip() for line in shown if "law.yaml" in line] == [
        "# phone: deleted, law.yaml:10",
        "removed_share: 0.5  # law.yaml:9",
        "loyalty:  # law.yaml:11",
        "# dmv: deleted, law.yaml:7",
    ]


def test_a_scenario_that_extends_another_is_shown_beside_it(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("extends: town\ntitle: Mine\nabout: A test.\nseed: 3\n", encoding="utf-8")
    shown = read_document(changes_text(layered_file(file))).values
    assert shown == {"title": "Mine", "about": "A test.", "seed": 3}


def test_nothing_differs_without_overlays():
    assert changes_text(layered_file("town")) == "# Nothing differs from town.yaml.\n"


def test_a_later_overlay_is_named_within_what_an_earlier_one_added(law, tmp_path):
    later = tmp_path / "later.yaml"
    changes = {"sources": {"loyalty": {"gate": "public"}}}
    header = {"overlay_version": 1, "title": "Later", "about": "A test."}
    later.write_text(json.dumps({**header, "changes": changes}), encoding="utf-8")
    shown = settings_text(layered_file("town", [law, later.name]))
    assert "    gate: public  # later.yaml:1\n" in shown
    assert "  loyalty:  # law.yaml:11\n" in shown
