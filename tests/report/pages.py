"""What every page that stands alone must hold to, and readers of its parts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"meta", "input", "link", "br", "img", "hr"}


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(page)
        assert self.open == []  # every tag is closed

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.said.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.said))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def assert_stands_alone(page: str) -> None:
    """Nothing in the page points to another file or host."""
    outline = Outline(page)
    for _, attributes in outline.tags:
        assert not {"src", "srcset", "href", "xlink:href", "data", "action"} & set(attributes)
    (policy,) = [m["content"] for m in outline.named("meta") if "http-equiv" in m]
    assert policy.startswith("default-src 'none'")
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)  # a picture may point into itself
    hosts = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert hosts <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def assert_is_readable(page: str) -> None:
    """The page has a language, one main heading, no level left out, and pictures in words."""
    outline = Outline(page)
    assert outline.named("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= level + 1 for level, later in pairwise(levels))
    for attributes in outline.named("svg"):
        assert attributes["role"] == "img"
        assert attributes["aria-label"]
    assert all(attributes["scope"] in ("col", "row") for attributes in outline.named("th"))
