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
    for source in load_scenario(name).sources:
        for setting in ("coverage", "staleness_years", "noise"):
            assert notes[("sources", source, setting)]


def test_comments_change_no_setting():
    """Every note stands in the file's own words, and the file without them is the same scenario."""
    text = scenario_path("town")[0].read_text(encoding="utf-8")
    for note in load_notes("town").values():
        assert all(word in text for word in note.replace(";", "").split())
    bare = "\n".join(line.partition(" #")[0] for line in text.split("\n") if line[:1] != "#")
    assert notes_in(bare) == {}
    assert load_text(bare, "bare.yaml") == load_scenario("town")
