"""Where a scenario's figures come from: the comments beside the settings of its file.

The comment stays where whoever changes the figure sees it, and reports print it from there. It goes
with its value: a figure that an overlay replaces loses the note of the file below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent

from simulator.scenario.document import read_document
from simulator.scenario.layering import layered_file
from simulator.scenario.overlays import is_overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path as File

    from simulator.scenario.merging import Origin
    from simulator.scenario.tree import Path

_SIGN = re.compile(r"(?<![^ \t\n])#")


def load_notes(path: str | File, overlays: Sequence[str | File] = ()) -> dict[Path, str]:
    """Return the notes of a scenario file, or of a packaged scenario such as "town".

    Parameters
    ----------
    path : str or Path
        One that `load_scenario` accepts.
    overlays : sequence of str or Path
        As `load_scenario` accepts them. What an overlay sets without a note is noted as set by it.

    Returns
    -------
    dict
        Path of the setting -> note.
    """
    origins = layered_file(path, overlays).merged.origins
    by_file: dict[str, dict[Path, str]] = {}
    notes: dict[Path, str] = {}
    for setting, layers in origins.items():
        said = []
        for origin in layers:
            if origin.layer.name not in by_file:
                by_file[origin.layer.name] = notes_in(origin.layer.text)
            said.append(by_file[origin.layer.name].get(origin.written))
        if is_overlay(layers[0].layer) and _is_outermost(layers[0], origins.get(setting[:-1])):
            said.append(_unsaid(layers[0], by_file[layers[0].layer.name]))
        if any(said):
            notes[setting] = "; ".join(dict.fromkeys(filter(None, said)))
    return notes


def _is_outermost(origin: Origin, around: Sequence[Origin] | None) -> bool:
    """Tell whether a setting is new in a group that is not; `around` is where that is written."""
    return not around or around[0].layer is not origin.layer


def _unsaid(origin: Origin, notes: Mapping[Path, str]) -> str | None:
    """Return who set a value that has no note, of its own or of a group around it."""
    first = len(origin.layer.root) + 1
    around = (origin.written[:steps] for steps in range(first, len(origin.written) + 1))
    return None if any(path in notes for path in around) else f"set by {origin.layer.name}"


def notes_in(text: str) -> dict[Path, str]:
    """Return what the comments of a scenario file say about its settings.

    A comment at the end of a line belongs to the setting written in that line (of several, to the
    last of the outermost), or to the one that began above. Comment lines directly above a setting
    belong to that setting; those followed by an empty line belong to none.

    Parameters
    ----------
    text : str
        A scenario file that loads.

    Returns
    -------
    dict
        Path of the setting -> note, in the order of the file.

    Examples
    --------
    >>> notes_in('''# about this file
    ...
    ... sources:
    ...   # a census
    ...   dmv: {label: "Lot #1", gate: public}   # assumption
    ... ''')
    {('sources', 'dmv'): 'a census; assumption'}
    """
    text = text.replace("\r\n", "\n")
    settings = _settings_by_line(text)
    notes: dict[Path, str] = {}
    above: list[str] = []
    current: Path = ()
    comments = _comments_by_line(text)
    for number, line in enumerate(text.split("\n"), start=1):
        comment = comments.get(number)
        current = settings.get(number, current)
        if comment is not None and line.lstrip().startswith("#"):
            above.append(comment)
            continue
        said = [" ".join(filter(None, above))] if number in settings else []
        above = []
        said = [note for note in (notes.get(current), *said, comment) if note]
        if current and said:
            notes[current] = "; ".join(said)
    return notes


def _settings_by_line(text: str) -> dict[int, Path]:
    """Return line -> the last of the outermost settings whose name is written there."""
    found: dict[int, Path] = {}
    for path, mark in read_document(text).marks.items():
        line = mark.key[0]
        if isinstance(path[-1], str) and (line not in found or len(path) <= len(found[line])):
            found[line] = path
    return found


def _comments_by_line(text: str) -> dict[int, str]:
    """Return line -> its comment without the sign; a '#' within quotes begins none."""
    quoted = [
        (event.start_mark.index, event.end_mark.index)
        for event in YAML(typ="safe", pure=True).parse(text)
        if isinstance(event, ScalarEvent) and event.style
    ]
    comments: dict[int, str] = {}
    for sign in _SIGN.finditer(text):
        line = text.count("\n", 0, sign.start()) + 1
        if line not in comments and not any(a <= sign.start() < b for a, b in quoted):
            comments[line] = text[sign.end() :].partition("\n")[0].strip()
    return comments
