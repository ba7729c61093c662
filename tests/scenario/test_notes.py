import pytest

from simulator.scenario import load_notes, load_scenario, load_text, packaged_scenarios
from simulator.scenario.notes import notes_in
from simulator.scenario.packaged import scenario_path

FILE = """\
# a file
# about a town

# who lives there
population:
  residents_count: 5000   # counted
  groups:                 # rounded
    one:
      {label: "No. #1", share: 0.5, double_surname_share: 0.3}  # guessed
  # above the figure,
  # in two lines
  employed_share: 0.7     # and behind it
  # of nothing

  moved_share: 0.1
  text: >-
    # no comment
  quoted: 'it''s # none'  # a comment
  by_age: {16: 0.31,
           17: 0.5}       # on another line
  powers:
    - public              # first
    - own
"""


def test_every_comment_belongs_to_its_setting():
    assert notes_in(FILE) == {
        ("population",): "who lives there",
        ("population", "residents_count"): "counted",
        ("population", "groups"): "rounded",
        ("population", "groups", "one", "double_surname_share"): "guessed",
        ("population", "employed_share"): "above the figure, in two lines; and behind it",
        ("population", "quoted"): "a comment",
        ("population", "by_age", "17"): "on another line",
        ("population", "powers"): "first",
    }


def test_windows_line_ends_make_no_difference():
    assert notes_in(FILE.replace("\n", "\r\n")) == notes_in(FILE)


def test_json_has_no_comments():
    assert notes_in('{"title": "a # b", "seed": 3}') == {}


@pytest.mark.parametrize("name", [packaged.name for packaged in packaged_scenarios()])
def test_the_shipped_scenarios_say_where_coverage_and_delays_come_from(name):
    notes = load_notes(name)
    for source, written in load_scenario(name).sources.items():
        for setting in {"coverage", "staleness_years", "noise"} & written.model_fields_set:
            path = ("sources", source, setting)
            assert any(noted[:3] == path for noted in notes), path


def test_comments_change_no_setting():
    """Every note stands in the file's own words, and the file without them is the same scenario."""
    text = scenario_path("town")[0].read_text(encoding="utf-8")
    for note in load_notes("town").values():
        assert all(word in text for word in note.replace(";", "").split())
    bare = "\n".join(line.partition(" #")[0] for line in text.split("\n") if line[:1] != "#")
    assert notes_in(bare) == {}
    assert load_text(bare, "bare.yaml") == load_scenario("town")


LAW = """\
overlay_version: 1
title: A law
about: A test.
changes:
  sources:
    # the law of the town
    utility: {staleness_years: 3, coverage: {share: 0.5}}
    dmv:
      staleness_years: 4      # a new survey
      duplicates_share: 0.1
      noise: {typing: {cells_share: 0.5}}
    social: null
  population:
    groups: {white: {double_surname_share: 0.1}}
"""


def test_notes_go_with_their_values_to_the_file_they_are_written_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.yaml").write_text(LAW, encoding="utf-8")
    town, after = load_notes("town"), load_notes("town", ["law.yaml"])
    dmv, utility = ("sources", "dmv"), ("sources", "utility")
    changed = {
        path: after.get(path) for path in {**town, **after} if after.get(path) != town.get(path)
    }
    gone = {path for path, note in changed.items() if note is None}
    assert gone == {path for path in town if path[:2] == ("sources", "social")} | {
        (*utility, "staleness_years")
    }
    assert {path: note for path, note in changed.items() if note is not None} == {
        utility: "the law of the town",
        (*dmv, "staleness_years"): "a new survey",
        (*dmv, "duplicates_share"): "set by law.yaml",
        (*dmv, "noise", "typing", "cells_share"): "set by law.yaml",
        ("population", "groups", "white", "double_surname_share"): "set by law.yaml",
    }


def test_without_overlays_the_notes_are_those_of_the_file():
    path = scenario_path("town")[0]
    assert load_notes("town") == notes_in(path.read_text(encoding="utf-8"))


def test_a_scenario_that_extends_another_has_the_notes_of_both(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: town\ntitle: Mine\nabout: A test.\n"
        "population:\n  employed_share: 0.5  # guessed\n  history_years: 5\n",
        encoding="utf-8",
    )
    town, mine = load_notes("town"), load_notes(file)
    assert mine.pop(("population", "employed_share")) == "guessed"
    town.pop(("population", "employed_share"))
    assert mine == town
