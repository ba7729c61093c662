"""The pages keep to the words of the field."""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, prose

BANNED = {
    r"match(?! (?:weight|probabilit))": "link, match weight or match probability",
    r"id": "record id, entity id",
    r"scor(?:e|es|ed|ing)": "weight or probability",
    r"utils?|helpers?|managers?": "what it is for",
}
"""A word that says too little -> what to say in its place."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_word_that_says_too_little(page):
    said = prose(page.read_text(encoding="utf-8"))
    for word, instead in BANNED.items():
        found = re.search(rf"(?<![-\w])(?:{word})(?![-\w])", said)
        assert found is None, f"'{found[0]}': write {instead}"
