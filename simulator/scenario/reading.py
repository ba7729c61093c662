"""Scenario and overlay files as layers: read within the size cap, with the place of every value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.scenario.document import Document, read_document
from simulator.scenario.problems import Problem, ScenarioProblems

if TYPE_CHECKING:
    from pathlib import Path as File

    from simulator.scenario.tree import Path

LARGEST_BYTES = 256 * 1024
_TOO_LARGE = "the file is larger than 256 KiB; a scenario is a few pages of settings"


class Layer(NamedTuple):
    """One file of settings, as it is laid over others.

    Attributes
    ----------
    name : str
        What to call the file in messages.
    text : str
        What is written in it.
    document : Document
        The same as plain values.
    root : tuple of str
        Path of the mapping in it that holds the settings.
    """

    name: str
    text: str
    document: Document
    root: Path = ()

    @property
    def settings(self) -> dict[str, Any]:
        """The settings it holds; empty where they are malformed."""
        found: Any = self.document.values
        for step in self.root:
            found = found.get(step)
        return found if isinstance(found, dict) else {}

    def problem(self, place: tuple[int, int], message: str) -> Problem:
        """Return a mistake in this file."""
        return Problem(self.name, *place, message)


def read_layer(text: str, name: str, kind: str = "scenario") -> Layer:
    """Return the layer written in `text`.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    kind : str
        "scenario" or "overlay".

    Raises
    ------
    ScenarioProblems
        If it is too large, or so far from YAML that nothing can be said about its values.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        raise ScenarioProblems([Problem(name, 0, 0, _TOO_LARGE)])
    text = text.removeprefix("\ufeff")
    root = ("changes",) if kind == "overlay" else ()
    layer = Layer(name, text, read_document(text, kind), root)
    if layer.document.incomplete:
        raise ScenarioProblems(written_problems(layer))
    return layer


def written_problems(layer: Layer) -> list[Problem]:
    """Return what had to be refused while the file was read."""
    return [layer.problem(place, message) for place, message in layer.document.problems]


def text_of(file: File, name: str) -> str:
    """Return what a file holds, as text.

    Raises
    ------
    ScenarioProblems
        If it cannot be read, is too large or is not UTF-8.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ScenarioProblems([Problem(name, 0, 0, message)]) from None
    return text_in(content, name)


def text_in(content: bytes, name: str) -> str:
    """Return the content of a file as text.

    Raises
    ------
    ScenarioProblems
        If it is too large or not UTF-8.
    """
    if len(content) > LARGEST_BYTES:
        raise ScenarioProblems([Problem(name, 0, 0, _TOO_LARGE)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        column = len(before) - before.rfind("\n")
        message = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise ScenarioProblems([Problem(name, before.count("\n") + 1, column, message)]) from None
