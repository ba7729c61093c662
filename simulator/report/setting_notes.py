"""What a scenario file says beside its settings, gathered for a line of the list of inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simulator.report.setting_words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

Notes: TypeAlias = "Mapping[tuple[str | int, ...], str]"
"""Path of a setting -> what its file says about it."""

MARKS = ("assumption", "convention", "an estimate", "recalled", "press")
"""How far a figure can be relied on; one without such a mark is cited."""

_MOST_NAMED = 3


def gathered(path: tuple[str, ...], notes: Notes, labels: Mapping[str, str] | None = None) -> str:
    """Say what the file says of a setting, then of what is inside it, by mark.

    Where nothing but the mark is said of many settings, the first stands for all.

    Parameters
    ----------
    path : tuple of str
        The setting.
    notes : mapping
    labels : mapping, optional
        Name of a setting inside -> how to call it.

    Examples
    --------
    >>> path = ("sources", "dmv", "noise")
    >>> inside = {"typing": "assumption", "ocr": "a survey", "blank": "lost; assumption"}
    >>> gathered(path, {path: "convention"} | {(*path, kind): s for kind, s in inside.items()})
    'convention · assumption: blank (lost), typing · misread by a scanner (a survey)'
    """
    said = [notes[path]] if path in notes else []
    explained: dict[str, list[str]] = {}
    plain: dict[str, list[str]] = {}
    for where, note in notes.items():
        if where[: len(path)] != path or where == path:
            continue
        name = str(where[len(path)])
        label = (labels or {}).get(name, words(name))
        mark, why = _mark_and_reason(note)
        explained.setdefault(mark, [])
        (explained[mark] if why else plain.setdefault(mark, [])).append(
            f"{label} ({why})" if why else label
        )
    for mark, listed in explained.items():
        settings = ", ".join([*listed, *_named(plain.get(mark, []))])
        said.append(f"{mark}: {settings}" if mark else settings)
    return " · ".join(said)


def heading_note(path: tuple[str, ...], notes: Notes) -> str:
    """Return what the file says above a setting; a ruled line that parts a file says nothing.

    >>> heading_note(("a",), {("a",): "---- for sale -----"}), heading_note(("a",), {("a",): "x"})
    ('', 'x')
    """
    note = notes.get(path, "")
    return "" if note.startswith("---") else note


def _mark_and_reason(note: str) -> tuple[str, str]:
    """Part a note into its mark and the rest.

    >>> _mark_and_reason("of two surnames; assumption"), _mark_and_reason("Census 2000")
    (('assumption', 'of two surnames'), ('', 'Census 2000'))
    """
    for mark in MARKS:
        if note == mark:
            return mark, ""
        if note.endswith(f"; {mark}"):
            return mark, note.removesuffix(f"; {mark}")
        if note.startswith(f"{mark}: "):
            return mark, note.removeprefix(f"{mark}: ")
    return "", note


def _named(settings: list[str]) -> list[str]:
    if len(settings) <= _MOST_NAMED:
        return settings
    return [f"{settings[0]} and {len(settings) - 1} others"]
