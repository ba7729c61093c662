from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from simulator.report.story_page import story_html, story_scenes
from tests.report.pages import Outline, assert_is_readable, assert_stands_alone

COMMAND = "mosaic briefing town --to story --out story.html"


@pytest.fixture(scope="module")
def page(result):
    return story_html(result, command=COMMAND)


def test_it_stands_alone_and_is_readable(page):
    assert_stands_alone(page)
    assert_is_readable(page)


def test_a_scene_per_list_and_the_question_before(result):
    scenes = story_scenes(result)
    assert [scene.headline for scene in scenes] == [
        "How many of 100 residents do four lists give away?",
        "41 in 100 residents are named on this list",
        "9 in 100 residents re-identified",
        "44 in 100 residents re-identified",
        "74 in 100 residents re-identified",
    ]


def test_every_picture_says_synthetic_and_gives_nothing_away_early(result):
    for lists, scene in enumerate(story_scenes(result)):
        drawn = re.sub(r"<[^>]+>", " ", scene.picture)
        assert "Synthetic: 5,000 invented residents" in drawn
        assert ("74 in 100" in drawn) == (lists == 4)
        assert ("47 joined" in drawn) == (lists == 4)
        assert "Driver's" in drawn  # the row waits from the beginning


def test_every_guess_has_its_verdict(page):
    (written,) = re.findall(r'id="verdicts">(.*?)</script>', page)
    verdicts = json.loads(written)
    assert len(verdicts) == 101
    assert verdicts[74] == "You guessed 74; it is 74 in 100: spot on."
    assert verdicts[0] == "You guessed 0; it is 74 in 100: 74 more than you guessed."


def test_it_says_what_it_is_and_how_to_get_it_again(page, result):
    text = Outline(page).text
    assert "the town and everyone in it are invented" in text
    assert "no estimate about any real place" in text
    for said in (COMMAND, str(result.seed), result.version, result.scenario_hash):
        assert said in text
    assert "**" not in text


def test_what_a_scenario_says_stays_text(result):
    hostile = "</script><script>alert(1)</script>"
    scenario = result.scenario.model_copy(update={"title": hostile})
    page = story_html(replace(result, scenario=scenario), command=hostile)
    assert_stands_alone(page)
    assert page.count("<script") == 2
    assert "<script>alert" not in page
