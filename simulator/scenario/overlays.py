"""Overlay files: sparse settings that a policy lays over any scenario."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulator.scenario.merging import EVERY
from simulator.scenario.packaged import overlay_path
from simulator.scenario.problems import Problem, ScenarioProblems, suggestion
from simulator.scenario.reading import Layer, read_layer, text_of, written_problems
from simulator.scenario.rules import has_free_names, settings_at
from simulator.scenario.schema import Scenario
from simulator.scenario.tree import KEY
from simulator.scenario.wording import findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from pydantic_core import ErrorDetails

    from simulator.scenario.tree import Path

HEADER = ("overlay_version", "title", "about", "changes")
"""The settings of an overlay file."""


def read_overlay(argument: str | File) -> Layer:
    """Return an overlay file that can be laid over a scenario; `overlay_problems` checks it.

    Parameters
    ----------
    argument : str or Path
        A file, or the name of a packaged policy.

    Raises
    ------
    ScenarioProblems
        If it is missing, or no overlay at all.
    """
    file, name = overlay_path(argument)
    return overlay_in(text_of(file, name), name)


def overlay_in(text: str, name: str) -> Layer:
    """Return the overlay written in `text`; `overlay_problems` checks it.

    Raises
    ------
    ScenarioProblems
        If it is no overlay at all.
    """
    layer = read_layer(text, name, "overlay")
    if not isinstance(layer.document.values.get("changes"), dict):
        raise ScenarioProblems(overlay_problems(layer))
    return layer


def overlay_problems(layer: Layer) -> list[Problem]:
    """Return every mistake in an overlay that can be seen without a scenario below it."""
    return [*written_problems(layer), *_header_problems(layer), *sparse_problems(layer)]


def is_overlay(layer: Layer) -> bool:
    """Tell whether a file is an overlay and no scenario."""
    return not {"overlay_version", "changes"}.isdisjoint(layer.document.values)


def sparse_problems(layer: Layer) -> list[Problem]:
    """Return the mistakes in a layer's settings that can be seen without what lies below.

    Any setting may be left out or be null, and "*" may stand for every entry of a mapping.
    """
    try:
        Scenario.model_validate_json(json.dumps(layer.settings), strict=True)
    except ValidationError as error:
        refused = [found for found in error.errors() if not _may_be_sparse(found)]
    else:
        return []
    marks = layer.document.marks
    problems = []
    depth = len(layer.root)
    written = {path[depth:]: mark.written for path, mark in marks.items()}
    for path, message in findings(refused, written):
        at = (*layer.root, *path)
        place = marks[at].value if at in marks else marks[_known(at, layer)].key
        problems.append(layer.problem(place, _about_every(path) or message))
    return problems


def _known(path: Path, layer: Layer) -> Path:
    """Return the part of a path that is written in the layer."""
    while path not in layer.document.marks:
        path = path[:-1]
    return path


def _may_be_sparse(error: ErrorDetails) -> bool:
    """Tell whether what pydantic refuses in a whole scenario is fine in a part of one."""
    path, kind, value = error["loc"], error["type"], error["input"]
    if kind in ("missing", "extra_forbidden"):
        return kind == "missing"
    if path[-1] == KEY:
        return path[-2] == EVERY
    if kind == "too_short":
        return isinstance(value, dict)
    return value is None and isinstance(path[-1], str)


def _about_every(path: Path) -> str | None:
    """Return what to say where "*" stands among settings; None where it does not."""
    if path[-1] == KEY and path[-2] == EVERY and not has_free_names(path[:-2]):
        return (
            "'*' stands for every named entry, such as every source; name the settings that are to "
            "change here"
        )
    return None


def _header_problems(layer: Layer) -> Iterator[Problem]:
    """Yield what is wrong with the settings at the top of an overlay."""
    values = layer.document.values
    marks = layer.document.marks
    scenario = [name for name in ("schema_version", "extends") if name in values]
    if scenario and "overlay_version" not in values:
        message = "this is a scenario and no overlay; an overlay begins with 'overlay_version: 1'"
        yield layer.problem(marks[scenario[0],].key, message)
        return
    for name in values:
        if name not in HEADER:
            yield layer.problem(marks[name,].key, _stray(name, values))
    for name, wanted in (("title", "its name"), ("about", "what it changes, and why")):
        if not isinstance(values.get(name, ""), str) or values.get(name) == "":
            yield layer.problem(marks[name,].value, f"'{name}' must be text: {wanted}")
    version = values.get("overlay_version", 1)
    if version != 1 or isinstance(version, bool):
        yield layer.problem(marks["overlay_version",].value, "'overlay_version' must be 1")
    if "changes" in values and not isinstance(values["changes"], dict):
        message = "'changes' must be a group of settings, laid out as in a scenario"
        yield layer.problem(marks["changes",].key, message)
    for name, mend in {
        "overlay_version": "Add it: overlay_version: 1",
        "title": "Add it: its name",
        "about": "Add it: what it changes, and why",
        "changes": "Add it: the settings to change, laid out as in a scenario",
    }.items():
        explained = any(suggestion(str(other), HEADER) == name for other in values)
        if name not in values and not explained:
            yield layer.problem((1, 1), f"'{name}' is missing here. {mend}")


def _stray(name: str, values: dict[str, Any]) -> str:
    if close := suggestion(name, [known for known in HEADER if known not in values]):
        return f"unknown setting '{name}'. Did you mean '{close}'?"
    if name in settings_at(()):
        return f"'{name}' belongs under 'changes'; indent it there"
    return f"unknown setting '{name}'. The settings here are: {', '.join(HEADER)}"
