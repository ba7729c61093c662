"""A file as a mosaic, a link as a waterfall: what is drawn is what the tables say."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.explain import PRIOR, READ_FROM, RIVALS
from simulator.report.link_wording import comparison_words
from simulator.report.person_charts import mosaic_chart, mosaic_layout
from simulator.report.person_table import WIDTH, facts_table, reasons_table
from simulator.report.person_wording import MARKS, about_file, headline
from simulator.report.waterfall_chart import waterfall_chart
from simulator.tables import STATUSES, VOCABULARY


def fact(name, status, stated="", true_value="", **other):
    return {
        "fact": name, "label": name.title(), "sensitive": False, "weight": 1.0, "form": name,
        "status": status, "stated": stated, "true_value": true_value, "credit": 0.0,
        "stated_by": "", "is_new": False,
    } | other  # fmt: skip


FACTS = pd.DataFrame(
    [
        fact("name", "right", "Ann Lee", "Ann Lee", weight=0.0),
        fact("home", "right", "Oakton", "1 Oak St, Oakton 55501", form="city", is_new=True),
        fact("phone", "outdated", "555-0101", "555-0102"),
        fact("e-mail", "somebody_else", "a.very.long.name@mail.example.org", "ann@example.org"),
        fact("employer", "garbled", "Acm", "Acme"),
        fact("job", "unknown", "", "Baker"),
        fact("clinic", "somebody_else", "Oncology", "", sensitive=True),
    ]
)
REASONS = pd.DataFrame(
    [
        (PRIOR, "", "", "", -10.0),
        ("given", "nickname", "Annie", "Ann", 5.0),
        ("sex", "differ", "F", "M", -4.0),
        ("birth_date", "exact", "1990-01-31", "1990-01-31", 14.0),
        (RIVALS, "", "", "", 0.001),
    ],
    columns=["comparison", "level", "written_l", "written_r", "bits"],
)
RECORDS = pd.DataFrame(
    {"whose": ["own", "stranger", "own"], "in_dossier": [True, True, False], "is_new": False}
)


def mosaic(facts=FACTS, **other):
    layout = mosaic_layout([FACTS])
    return mosaic_chart(facts, layout, title="Ann Lee", subtitle="Synthetic person.", **other)


def waterfall(reasons=REASONS, threshold=0.9):
    return waterfall_chart(
        reasons, probability=0.97, threshold=threshold, title="Why", subtitle="Synthetic records."
    )


def bars(spec):
    values = (layer["data"]["values"] for layer in spec["layer"])
    return next(rows for rows in values if "start" in rows[0])


@pytest.mark.parametrize("spec", [mosaic(), mosaic(width=800), waterfall(), waterfall(threshold=1)])
def test_every_picture_says_synthetic_and_is_plain_json(spec):
    assert "Synthetic" in spec["title"]["subtitle"]
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_a_status_is_told_by_symbol_word_and_colour():
    tiles = mosaic()["data"]["values"]
    told = {tile["status"]: (tile["symbol"], tile["words"], tile["fill"]) for tile in tiles}
    assert set(told) == {*STATUSES, "unknown"} == set(MARKS)
    for parts in zip(*told.values(), strict=True):
        assert len(set(parts)) == len(told)


def test_a_tile_says_what_the_file_states_and_the_truth_where_that_is_not_right():
    said = {tile["fact"]: tile["value"] for tile in mosaic()["data"]["values"]}
    assert said["name"] == "Ann Lee"
    assert said["home"] == "Oakton (town only)"
    assert said["phone"] == "555-0101\ntrue: 555-0102"
    assert said["clinic"] == "Oncology\ntrue: none"
    assert said["job"] == ""  # what is not known is not given away


def test_sensitive_and_new_facts_stand_out():
    tiles = {tile["fact"]: tile for tile in mosaic()["data"]["values"]}
    assert [name for name, tile in tiles.items() if tile["label"].startswith("▲")] == ["clinic"]
    assert [name for name, tile in tiles.items() if tile["outline"] > 2] == ["home"]


def test_a_tile_keeps_its_place_whatever_else_is_known():
    def places(spec):
        return {t["fact"]: (t["left"], t["top"]) for t in spec["data"]["values"]}

    whole, part = mosaic(), mosaic(FACTS.iloc[[0, 2, 5]])
    assert places(part).items() <= places(whole).items()
    assert whole["height"] == part["height"]
    assert len(set(places(whole).values())) == len(FACTS)


def test_no_line_of_a_tile_is_longer_than_its_room():
    layout = mosaic_layout([FACTS])
    lines = [line for t in mosaic()["data"]["values"] for line in t["value"].split("\n")]
    assert max(map(len, lines)) <= 26
    assert layout.tile_height * layout.rows == mosaic()["height"]


def test_bars_follow_one_another_down_to_the_total():
    drawn = bars(waterfall())
    assert [bar["start"] for bar in drawn] == [0, -10, -5, -9, 0]  # rivals are too small to see
    assert [bar["end"] for bar in drawn] == [-10, -5, -9, 5, 5]
    assert [bar["words"] for bar in drawn] == ["−10.0", "+5.0", "−4.0", "+14.0", "+5.0"]
    assert drawn[1]["row"] == "First name: a nickname of it\nAnnie\nAnn"
    assert drawn[3]["row"] == "Date of birth: the same\n1990-01-31"
    assert drawn[-1]["row"] == "Together\n97 in 100 that it is one person"


def test_a_threshold_of_certainty_has_no_line():
    def guides(spec):
        return [guide["words"].strip() for guide in spec["layer"][0]["data"]["values"]]

    assert guides(waterfall()) == ["even odds", "joined from 90 in 100"]
    assert guides(waterfall(threshold=1)) == ["even odds"]


def test_every_comparison_and_level_has_words_and_columns():
    for comparison in COMPARISONS:
        for level in comparison.levels:
            said = comparison_words(comparison.name, level)
            assert "_" not in said
            assert not said.endswith((": exact", ": differ", ": close"))
        columns = READ_FROM.get(comparison.name, (comparison.name,))
        assert set(columns) <= set(VOCABULARY)


def test_the_headline_counts_right_facts_that_weigh_something():
    # true of Ann and weighing: home, phone, e-mail, employer, job; right: home
    assert headline("Ann", 4, FACTS, named=True) == "1 of 5 facts about Ann is known"
    assert headline("Ann", 4, FACTS.iloc[:2], named=True).startswith("Everything there is to know")
    assert headline("Ann", 4, FACTS.iloc[2:], named=True) == "Nothing right is known about Ann"
    assert headline("Ann", 2, FACTS, named=False) == "No list so far names Ann"
    assert headline("Ann", 0, FACTS, named=False).endswith("know about Ann?")


def test_the_file_in_words():
    assert about_file(FACTS, RECORDS, exposure_share=0.2) == (
        "The file holds two records, one of them **about somebody else**: by weight, 20 in 100 of "
        "what there is to know besides the name. **Not all of it is true**: two facts are somebody "
        "else's, one out of date and one garbled. One record about them lies apart, not joined."
    )
    assert about_file(FACTS, RECORDS.iloc[2:], exposure_share=0).endswith("none with the name.")
    assert about_file(FACTS, RECORDS.iloc[:0], exposure_share=0).startswith("No record")


def test_the_terminal_shows_the_same_in_100_columns():
    facts, reasons = facts_table(FACTS), reasons_table(REASONS, "1. Bills", "2. Licences")
    for mark in MARKS.values():
        assert f"{mark.symbol} {mark.word}" in facts
    assert "together" in reasons
    assert "+5.0" in reasons
    assert max(map(len, f"{facts}\n{reasons}".split("\n"))) <= WIDTH
    assert facts_table(FACTS, only_new=True).count("\n") == 0
