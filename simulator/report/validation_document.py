"""A validation that was run before, read back from the page that `validation_page` wrote."""

from __future__ import annotations

import re
from typing import NamedTuple

_MADE = re.compile(r"`(?P<command>[^`]+)` writes this page; edit nothing here\. (?P<heading>.+)")
_BETWEEN_CELLS = re.compile(r" (?<!\\)\| ")


class ValidationRow(NamedTuple):
    """One published figure beside ours: each cell in its parts, and why they differ if they do."""

    cells: tuple[tuple[str, ...], ...]
    why: str


class ValidationSection(NamedTuple):
    """The rows of one subject, with the headings of their cells."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[ValidationRow, ...]


class ValidationDocument(NamedTuple):
    """A whole validation.

    Attributes
    ----------
    command : str
        What wrote it.
    heading : str
        Which version was run, with which people and seed.
    summary : str
        How many figures agree, and which do not.
    reading : str
        How to read the table.
    sections : tuple of ValidationSection
    """

    command: str
    heading: str
    summary: str
    reading: str
    sections: tuple[ValidationSection, ...]


def read_validation(page: str) -> ValidationDocument:
    """Return what stands in a page written by `simulator.report.validation.validation_page`.

    Raises
    ------
    ValueError
        If it is no such page.
    """
    top, *parts = page.split("\n## ")
    _, made, summary, reading = (part.strip() for part in top.strip().split("\n\n"))
    found = _MADE.fullmatch(made)
    if found is None:
        raise ValueError("this page was not written by mosaic validate")
    return ValidationDocument(
        found["command"],
        found["heading"],
        summary.strip("*"),
        reading,
        tuple(_section(part) for part in parts),
    )


def _section(part: str) -> ValidationSection:
    title, _, body = part.partition("\n")
    lines = [line for line in body.split("\n") if line.startswith("| ")]
    headings, _, *rows = (_cells(line) for line in lines)
    return ValidationSection(
        title.strip(),
        tuple(headings[:-1]),
        tuple(
            ValidationRow(tuple(tuple(cell.split("<br>")) for cell in cells), why)
            for *cells, why in rows
        ),
    )


def _cells(line: str) -> list[str]:
    r"""Return the cells of a line of a table.

    >>> _cells("| a<br>b | c \\| d |  |")
    ['a<br>b', 'c | d', '']
    """
    within = line.removeprefix("| ").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _BETWEEN_CELLS.split(within)]
