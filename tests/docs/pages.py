"""The pages that people read: Markdown at the top of the project and in its folders."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for folder in ("docs", "data", "benchmarks")
                           for page in (ROOT / folder).glob("*.md"))]
)  # fmt: skip
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def prose(page: str) -> str:
    """Return a page without its code: what is said in words.

    >>> prose("Run `mosaic list`.\\n```sh\\nmosaic run\\n```\\nDone.")
    'Run .\\n\\nDone.'
    """
    return _CODE.sub("", _FENCE.sub("", page))


def links(page: str) -> list[str]:
    """Return what a page links to.

    >>> links("See [this](a.md#top) and ![a picture](b.png), not `x](c)`.")
    ['a.md#top', 'b.png']
    """
    return _LINK.findall(prose(page))


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as they are made where the project is shown.

    >>> sorted(anchors("# What it is, and why\\ntext\\n## Set up"))
    ['set-up', 'what-it-is-and-why']
    """
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
