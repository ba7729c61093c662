"""What a teacher needs: the lesson plan, the method and the limits as written, every glossary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.report import (
    attribution_wording,
    certainty_wording,
    harm_wording,
    person_wording,
    spill_over_wording,
    story_wording,
    time_wording,
)
from simulator.report.definitions import ANONYMITY, DEFINITIONS, RELEASE
from simulator.report.page import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.report.definitions import Definition
    from simulator.report.validation_document import ValidationDocument

TEXT = Path(__file__).with_name("lesson.md")


class Glossary(NamedTuple):
    """Words and what they mean, under the title of where they are used."""

    title: str
    terms: Mapping[str, str]


def sections(text: str) -> dict[str, str]:
    r"""Return title -> what stands below it, for each heading of the second level.

    >>> sections("## One\n\nfirst\n\n### Within\n\n## Two\n\nsecond\n")
    {'One': 'first\n\n### Within', 'Two': 'second'}
    """
    parts = f"\n{text}".split("\n## ")[1:]
    found = (part.partition("\n") for part in parts)
    return {title.strip(): body.strip() for title, _, body in found}


def lesson_text() -> str:
    """Return lesson plan, method and limits, as Markdown."""
    return TEXT.read_text(encoding="utf-8")


def glossaries() -> tuple[Glossary, ...]:
    """Return the definitions of all figures, then the words of each page as it explains them."""
    return (
        Glossary("Figures", _meanings(DEFINITIONS)),
        Glossary("How large a crowd", _meanings(ANONYMITY)),
        Glossary("A file released without names", _meanings(RELEASE)),
        Glossary("Story", story_wording.GLOSSARY),
        Glossary("One person", person_wording.GLOSSARY),
        Glossary("Who knows what", attribution_wording.GLOSSARY),
        Glossary("Who is harmed", harm_wording.GLOSSARY),
        Glossary("Friends and family", spill_over_wording.GLOSSARY),
        Glossary("Over time", time_wording.GLOSSARY),
        Glossary("How sure?", certainty_wording.GLOSSARY),
    )


def glossary_html() -> str:
    """Return every glossary as HTML to stand inside a page."""
    return filled("glossary.html.j2", glossaries=glossaries())


def validation_html(document: ValidationDocument) -> str:
    """Return the tables of a validation as HTML to stand inside a page, no line of them cut."""
    return filled("validation.html.j2", sections=document.sections)


def _meanings(definitions: Mapping[str, Definition]) -> dict[str, str]:
    """Return heading -> meaning, each beginning like a sentence."""
    return {one.heading: one.meaning[:1].upper() + one.meaning[1:] for one in definitions.values()}
