"""YAML text to plain values, remembering where each value was written.

Only the plain part of YAML 1.2 is read: mappings, lists and scalars. Anchors, aliases, tags and
merges are refused while the text is scanned, so a small file cannot unfold into a huge one.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from simulator.scenario.plain_values import plain_value
from simulator.scenario.syntax import Place, place_and_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.scenario.tree import Path

_DEEPEST = 20
_TEXTS_KEPT = 32
"""Texts that need not be scanned again: more than there are packaged files."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


_OPENINGS = {
    "scenario": ("a scenario begins with 'schema_version: 1'", "a scenario is made of settings"),
    "overlay": ("an overlay begins with 'overlay_version: 1'", "an overlay is made of settings"),
}


class Mark(NamedTuple):
    """Where a value and its key were written (line, column, from 1), and the text of a scalar."""

    key: Place
    value: Place
    written: str | None


@dataclass
class Document:
    """A YAML text as plain values.

    Attributes
    ----------
    values : dict
        Nested dicts (every key is text), lists, texts, numbers, booleans and None.
    marks : dict
        Path -> `Mark`, for every value.
    problems : list of (place, message)
        What had to be refused.
    incomplete : bool
        Whether so much was refused that nothing else should be said about the values.
    """

    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[Path, Mark] = field(default_factory=dict)
    problems: list[tuple[Place, str]] = field(default_factory=list)
    incomplete: bool = False


class _Refused(Exception):
    """Reading cannot go on; the problem is already noted."""


def read_document(text: str, kind: str = "scenario") -> Document:
    """Return the values of a YAML text; never raises.

    Parameters
    ----------
    text : str
        The whole file, within the size cap (the caller checks it).
    kind : str
        What the file should be, for messages: "scenario" or "overlay".

    Returns
    -------
    Document
        With `problems` where something is not allowed; `values` is then what could be read.
        It is the caller's own to change.
    """
    found = _scanned(text, kind)
    return Document(
        deepcopy(found.values), dict(found.marks), list(found.problems), found.incomplete
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _scanned(text: str, kind: str) -> Document:
    """Scan a text; it takes a tenth of a second for 30 KiB, so what is read often is kept."""
    document = Document()
    try:
        _Reader(text, document, kind).read()
    except _Refused:
        document.incomplete = True
    except YAMLError as error:
        document.problems.append(place_and_message(error, text))
        document.incomplete = True
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        # the library fails bare on some malformed escapes, such as a code point that is none
        document.problems.append(((1, 1), "the file cannot be read as YAML; look for odd '\\'"))
        document.incomplete = True
    return document


class _Reader:
    """Builds values from parse events, one pass, without recursion into aliases."""

    def __init__(self, text: str, document: Document, kind: str) -> None:
        self.events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(text))
        self.document = document
        self.anchors: set[str] = set()
        self.begins, self.is_made_of = _OPENINGS[kind]

    def read(self) -> None:
        """Fill the document with the one mapping the text must hold."""
        next(self.events)  # the stream starts
        if not isinstance(next(self.events), DocumentStartEvent):
            self.refuse((1, 1), f"the file is empty; {self.begins}")
            raise _Refused
        first = next(self.events)
        value = self.value(first, ())
        if isinstance(value, dict):
            self.document.values = value
        elif not self.document.problems:
            self.refuse(
                _place(first),
                f"{self.is_made_of} such as 'title: My town'; none is written here",
            )
        next(self.events)  # the document ends
        another = next(self.events)
        if isinstance(another, DocumentStartEvent):
            self.refuse(_place(another), "a second document begins here; keep one scenario a file")

    def note(self, place: Place, message: str) -> None:
        self.document.problems.append((place, message))

    def refuse(self, place: Place, message: str) -> None:
        """Note what leaves a hole in the values."""
        self.note(place, message)
        self.document.incomplete = True

    def value(self, event: Event, path: Path) -> Any:
        """Return the value that begins with `event`."""
        self.refuse_sharing(event)
        if len(path) > _DEEPEST:
            self.refuse(_place(event), "settings are nested too deeply here")
            raise _Refused
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event) if isinstance(event, ScalarEvent) else None

    def refuse_sharing(self, event: Event) -> None:
        """Note an anchor, an alias or a tag; each anchor once, with all its aliases."""
        tag = getattr(event, "tag", None)
        if tag:
            self.refuse(_place(event), "tags ('!') are not used in scenario files; delete it")
        anchor = getattr(event, "anchor", None)
        if anchor == ":":
            self.refuse(_place(event), "the star needs quotes here: write '\"*\":'")
            raise _Refused
        if anchor and anchor not in self.anchors:
            self.anchors.add(anchor)
            sign = "*" if isinstance(event, AliasEvent) else "&"
            self.refuse(
                _place(event),
                f"'{sign}{_short(anchor)}': anchors and aliases are not used in scenario files. "
                "Write the value out, or put text that begins with this sign in quotes",
            )

    def scalar(self, event: ScalarEvent) -> Any:
        written: str = event.value
        if odd := _UNPRINTABLE.search(written):
            self.note(
                _place(event),
                f"this text holds an invisible character (code {ord(odd[0]):04X}); delete it",
            )
            return _UNPRINTABLE.sub("?", written)
        return plain_value(written) if event.implicit[0] else written

    def mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(key_event := next(self.events), MappingEndEvent):
            key = self.key(key_event, path)
            place = _place(key_event)
            value_event = next(self.events)
            if key is None:
                # read on, to find what else is wrong, but keep nothing
                self.value(value_event, (*path, ""))
            elif key in values:
                first = self.document.marks[(*path, key)].key[0]
                self.note(
                    place, f"'{_short(key)}' is written twice (first in line {first}); keep one"
                )
                self.value(value_event, (*path, ""))
            else:
                inner = (*path, key)
                self.document.marks[inner] = _mark(place, value_event)
                values[key] = self.value(value_event, inner)
        return values

    def key(self, event: Event, path: Path) -> str | None:
        """Return a setting's name, or None where it is none."""
        if not isinstance(event, ScalarEvent):
            self.refuse(_place(event), "a setting's name must be plain text before the ':'")
            self.value(event, (*path, ""))
            return None
        self.refuse_sharing(event)
        self.scalar(event)
        if event.value in ("", "<<"):
            what = "merges ('<<') are not used; write the settings out"
            self.refuse(_place(event), what if event.value else "a name is missing before this ':'")
            return None
        return str(event.value)

    def sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            inner = (*path, len(values))
            self.document.marks[inner] = _mark(_place(event), event)
            values.append(self.value(event, inner))
        return values


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _mark(key: Place, event: Event) -> Mark:
    """Mark a value; one that is empty or spans lines is pointed at by its key."""
    if isinstance(event, ScalarEvent) and (event.value or not event.implicit[0]):
        return Mark(key, _place(event), event.value)
    return Mark(key, key, None)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
