"""Which files make up a scenario: the one it extends, the file itself, and the overlays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from simulator.scenario.merging import Merged, lay, lowest
from simulator.scenario.overlays import is_overlay, overlay_problems, read_overlay, sparse_problems
from simulator.scenario.packaged import packaged_path, packaged_scenarios, scenario_path
from simulator.scenario.problems import Problem, ScenarioProblems, suggestion
from simulator.scenario.reading import Layer, read_layer, text_of, written_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

Overlay: TypeAlias = str | Path | Layer
"""What is laid over a scenario: a file, the name of a packaged policy, or what was read of one."""

EXTENDS = "extends"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*")
_YAML = (".yaml", ".yml")


class Layered(NamedTuple):
    """The files of a scenario, laid over one another.

    Attributes
    ----------
    name : str
        What to call the scenario's own file in messages.
    layers : list of Layer
        The files, the lowest first.
    lowest : Merged
        The scenario before its changes: the one it extends, or else itself without overlays.
    merged : Merged
        The settings after every layer.
    problems : list of Problem
        Mistakes found on the way.
    """

    name: str
    layers: list[Layer]
    lowest: Merged
    merged: Merged
    problems: list[Problem]


def layered_file(path: str | Path, overlays: Sequence[Overlay] = ()) -> Layered:
    """Return the layers of a scenario file, or of a packaged scenario such as "town".

    Parameters
    ----------
    path : str or Path
        The scenario.
    overlays : sequence of str, Path or Layer
        Overlay files, names of packaged policies, or overlays already read, laid over it in this
        order.

    Raises
    ------
    ScenarioProblems
        If a file is missing, or so malformed that nothing can be laid over it.
    """
    file, name = scenario_path(path)
    return _layered(read_layer(text_of(file, name), name), file.parent, overlays)


def layered_text(text: str, name: str, overlays: Sequence[Overlay] = ()) -> Layered:
    """Return the layers of a scenario written in `text`, which can extend a packaged one only.

    Raises
    ------
    ScenarioProblems
        As `layered_file` does.
    """
    return _layered(read_layer(text, name), None, overlays)


def _layered(own: Layer, folder: Path | None, overlays: Sequence[Overlay]) -> Layered:
    if is_overlay(own):
        message = "this is an overlay; lay it over a scenario: --overlay"
        raise ScenarioProblems([own.problem((1, 1), f"{message} {own.name}")])
    problems = written_problems(own)
    if EXTENDS in own.document.values:
        below = _extended(own, folder)
        problems += [*written_problems(below), *_unsaid(own), *sparse_problems(own)]
        layers = [below, own]
        first = lowest(below)
        merged = lay(first, own)
    else:
        layers = [own]
        first = merged = lowest(own)
    for overlay in overlays:
        layer = overlay if isinstance(overlay, Layer) else read_overlay(overlay)
        problems += overlay_problems(layer)
        layers.append(layer)
        merged = lay(merged, layer)
    return Layered(own.name, layers, first, merged, [*problems, *merged.problems])


def _extended(own: Layer, folder: Path | None) -> Layer:
    """Return the scenario that `own` extends; `own` keeps the rest of its settings."""
    mark = own.document.marks[EXTENDS,]
    written = own.document.values.pop(EXTENDS)
    below = None
    if isinstance(written, str) and _PLAIN_NAME.fullmatch(written) and ".." not in written:
        below = _named(written, folder, own.name)
    if below is None:
        raise ScenarioProblems([own.problem(mark.value, _cannot_extend(written, folder))])
    if EXTENDS in below.document.values:
        further = below.document.values[EXTENDS]
        message = (
            f"'{written}' itself extends '{further}', and only one level is allowed; extend "
            f"'{further}' and copy what '{written}' changes"
        )
        raise ScenarioProblems([own.problem(mark.value, message)])
    if is_overlay(below):
        message = f"'{written}' is an overlay and no scenario; use --overlay {written}"
        raise ScenarioProblems([own.problem(mark.value, message)])
    return below


def _named(written: str, folder: Path | None, beside: str) -> Layer | None:
    """Return the scenario beside a file, or else the packaged one, of this name."""
    sibling = folder / written if folder and written.endswith(_YAML) else None
    if sibling is not None and sibling.is_file():
        name = str(Path(beside).parent / written)
        return read_layer(text_of(sibling, name), name)
    packaged = packaged_path(written)
    return read_layer(text_of(packaged, packaged.name), packaged.name) if packaged else None


def _cannot_extend(written: object, folder: Path | None) -> str:
    if not isinstance(written, str) or not written:
        return f"'{EXTENDS}' must be the name of a scenario, such as town"
    if not folder and (not _PLAIN_NAME.fullmatch(written) or ".." in written):
        return f"'{EXTENDS}' must be a packaged scenario such as town, without a path"
    if not _PLAIN_NAME.fullmatch(written) or ".." in written:
        return (
            f"'{EXTENDS}' must be a packaged scenario such as town, or a file in the same folder "
            "such as my_town.yaml, without a path"
        )
    known = [found.name for found in packaged_scenarios()]
    beside = [file.name for file in sorted(folder.glob("*.yaml"))] if folder else []
    if close := suggestion(written, [*known, *beside]):
        return f"there is no scenario '{written}' to extend. Did you mean '{close}'?"
    where = "no packaged scenario and no file beside this one" if folder else "no packaged scenario"
    return f"there is no scenario '{written}' to extend: {where} has this name"


def _unsaid(own: Layer) -> list[Problem]:
    """Return that a scenario which extends another does not say what it is itself."""
    return [
        own.problem(own.document.marks[EXTENDS,].key, f"'{name}' is missing here. Add it: {what}")
        for name, what in (("title", "its own name"), ("about", "what it shows"))
        if own.settings.get(name) is None
    ]
