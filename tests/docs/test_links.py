"""Links, files and commands that the pages name are there."""

import re

import pytest

from simulator.cli.main import COMMANDS
from tests.docs.pages import PAGES, ROOT, anchors, links

SHOWN = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES]


@pytest.mark.parametrize("page", SHOWN)
def test_every_link_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for link in links(text):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:simulator|scenarios|tests|data|docs|benchmarks)/[\w./-]*)`", text)
    assert named
    for name in named:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", SHOWN)
def test_every_command_that_is_named_exists(page):
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"(?:^\$? ?|`)mosaic ([a-z]+)\b", text, re.MULTILINE):
        assert command in COMMANDS, command


def test_the_readme_names_every_command():
    rows = re.findall(
        r"^\| `mosaic ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert set(rows) == set(COMMANDS)
