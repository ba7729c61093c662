from __future__ import annotations

import re

from simulator.locations import VALIDATION
from simulator.report.lesson import (
    glossaries,
    glossary_html,
    lesson_text,
    sections,
    validation_html,
)
from simulator.report.validation_document import read_validation
from simulator.scenario import packaged_policies, packaged_scenarios


def test_the_plan_fills_one_hour_and_has_every_part():
    plan = sections(lesson_text())["Lesson plan for one hour"]
    parts = re.findall(r"^### (.+)$", plan, re.MULTILINE)
    for wanted in ("Thirty seconds", "Guess", "Add the lists", "One person", "law", "Discuss"):
        assert any(wanted in part for part in parts)
    assert parts[-1] == "What to watch out for"
    minutes = [int(found) for found in re.findall(r"^### .*\((\d+) minutes\)$", plan, re.MULTILINE)]
    assert 45 <= sum(minutes) <= 60


def test_the_method_is_ten_sentences():
    method = sections(lesson_text())["Method in ten sentences"]
    numbered = re.split(r"^\d+\. ", method, flags=re.MULTILINE)[1:]
    assert len(numbered) == 10
    assert all(re.findall(r"[.?!](?=\s|$)", sentence.strip()) == ["."] for sentence in numbered)


def test_the_laws_and_the_town_of_the_plan_exist():
    plan = " ".join(sections(lesson_text())["Lesson plan for one hour"].split())
    titles = {file.title for file in (*packaged_policies(), *packaged_scenarios())}
    for named in (
        "Broker opt-out",
        "Ban on sharing licences",
        "Utility shield",
        "The town, bought and shared whole",
    ):
        assert f"*{named}*" in plan
        assert named in titles


def test_every_word_of_every_glossary_is_there():
    shown = glossary_html()
    for glossary in glossaries():
        assert glossary.terms
        assert f"<h3>{glossary.title}</h3>" in shown
    assert shown.count("<dt>") == sum(len(glossary.terms) for glossary in glossaries())


def test_the_committed_validation_is_shown_whole():
    page = VALIDATION.read_text(encoding="utf-8")
    document = read_validation(page)
    rows = [row for section in document.sections for row in section.rows]
    bodies = [line for line in page.split("\n") if line.startswith("| ")]
    assert len(rows) == len(bodies) - 2 * len(document.sections)
    shown = validation_html(document)
    assert shown.count("<tbody>") == len(rows)
    assert shown.count('class="why"') == sum(bool(row.why) for row in rows)
    assert "63.8 %" in shown
    assert document.command.startswith("mosaic validate")
    assert "seed" in document.heading
