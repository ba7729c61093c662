from __future__ import annotations

import re

from simulator.report import render
from tests.report.test_charts import growth, story

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def test_svg_holds_its_words_uncut(steps):
    drawn = render.svg(story(steps, 4))
    assert drawn.startswith("<svg")
    words = re.sub(r"<[^>]+>", "|", drawn)
    for expected in ("Synthetic", "3. + Data broker", "74 in 100", "36 not joined"):
        assert expected in words
    assert "…" not in words


def test_two_renderings_are_the_same_bytes(steps):
    assert render.svg(growth(steps)) == render.svg(growth(steps))
    assert render.png(growth(steps)) == render.png(growth(steps))


def test_png_is_png(steps):
    assert render.png(story(steps, 1)).startswith(PNG_MAGIC)
