"""docs/five_people.md: what it prints is what the program says."""

import doctest
import re

import pandas as pd

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "five_people.md"


def test_every_answer_on_the_page_is_what_the_program_says():
    # a fence after an answer would be read as part of it
    text = re.sub(r"^```.*$", "", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    page = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    told = []
    with pd.option_context("display.width", 100, "display.max_columns", 10):
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
        results = runner.run(page, out=told.append)
    assert results.failed == 0, "".join(told)
    assert sum(bool(example.want) for example in page.examples) > 50
