from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from simulator.locations import VALIDATION
from simulator.report.lesson import glossary_html, lesson_text, sections, validation_html
from simulator.report.validation_document import read_validation


@pytest.fixture
def page():
    source = "from simulator.dashboard.pages import teach\nteach.render()\n"
    return AppTest.from_string(source, default_timeout=60).run()


def test_lesson_method_and_limits_stand_as_written(page):
    assert not page.exception
    said = [part.value for part in page.markdown]
    for written in sections(lesson_text()).values():
        assert written in said
    assert any("Synthetic" in part for part in said)


def test_the_glossary_and_the_committed_tables_are_shown(page):
    bodies = [part.proto.body for part in page.get("html")]
    document = read_validation(VALIDATION.read_text(encoding="utf-8"))
    assert glossary_html().strip() in bodies
    assert validation_html(document).strip() in bodies
    said = " ".join(part.value for part in page.markdown)
    assert document.command in said
    assert document.heading in said
    assert document.summary in said


def test_every_link_of_the_page_leads_to_one_of_its_headings(page):
    links = next(part.value for part in page.markdown if part.value.startswith("On this page"))
    assert {f"(#{header.proto.anchor})" for header in page.header} == {
        f"({part.split(')')[0]})" for part in links.split("](")[1:]
    }
