"""Layers of settings laid over one another, each value with the file and line it came from.

A layer is a merge patch (RFC 7396): what it names replaces what is below, mappings are merged and
null deletes. In addition the name "*" stands for every entry that is already there.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.scenario.problems import Problem, suggestion
from simulator.scenario.rules import has_free_names, rule_at, settings_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.scenario.document import Mark
    from simulator.scenario.reading import Layer
    from simulator.scenario.syntax import Place
    from simulator.scenario.tree import Path

EVERY = "*"
"""The name that stands for every entry already there."""

_MOST_NAMES_SHOWN = 12


class Origin(NamedTuple):
    """Where a setting is written: the file, and its path there."""

    layer: Layer
    written: Path

    @property
    def mark(self) -> Mark:
        """Line and column of the setting."""
        return self.layer.document.marks[self.written]


@dataclass
class Merged:
    """Settings as they stand after every layer.

    Attributes
    ----------
    values : dict
        The settings in plain values.
    origins : dict
        Path -> where it is written; a mapping that several layers write into has several, the
        uppermost last, and any other value one.
    deleted : dict
        Path of a setting that a layer deleted -> where it says so.
    problems : list of Problem
        Changes to what is not there.
    """

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[Path, tuple[Origin, ...]] = field(default_factory=dict)
    deleted: dict[Path, Origin] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[Layer, Place] | None:
        """Return where a finding is: at its value, its deletion, or where its group begins."""
        if path in self.deleted:
            origin = self.deleted[path]
            return origin.layer, origin.mark.key
        if path in self.origins:
            origin = self.origins[path][-1]
            return origin.layer, origin.mark.value
        while path and path not in self.origins:
            path = path[:-1]
        if not path:
            return None
        origin = self.origins[path][0]
        return origin.layer, origin.mark.key


def lowest(layer: Layer) -> Merged:
    """Return the settings of the layer that all others are laid over."""
    origins: dict[Path, tuple[Origin, ...]] = {
        path: (Origin(layer, path),) for path in layer.document.marks
    }
    return Merged(deepcopy(layer.settings), origins)


def lay(below: Merged, layer: Layer) -> Merged:
    """Return the settings with one more layer over them.

    Parameters
    ----------
    below : Merged
        Left as it is.
    layer : Layer
        Its settings are the patch.
    """
    merged = Merged(
        deepcopy(below.values), dict(below.origins), dict(below.deleted), list(below.problems)
    )
    _Laying(merged, layer).mapping(merged.values, layer.settings, (), layer.root, passing=False)
    return merged


class _Laying:
    """Lays one layer over settings, in place.

    `passing` says that the change came through "*": whatever is not there to change is passed over.
    """

    def __init__(self, merged: Merged, layer: Layer) -> None:
        self.merged = merged
        self.layer = layer

    def mapping(
        self,
        target: dict[str, Any],
        patch: Mapping[str, Any],
        path: Path,
        written: Path,
        *,
        passing: bool,
    ) -> None:
        if EVERY in patch and not settings_at(path):
            for name in list(target):
                self.entry(target, (*path, name), patch[EVERY], (*written, EVERY), passing=True)
        for name, value in patch.items():
            if name != EVERY:
                self.entry(target, (*path, name), value, (*written, name), passing=passing)

    def entry(
        self, target: dict[str, Any], path: Path, value: Any, written: Path, *, passing: bool
    ) -> None:
        """Change, add or delete the entry of `target` that `path` ends in."""
        name = str(path[-1])
        origin = Origin(self.layer, written)
        if value is None:
            self.delete(target, path, origin, passing=passing)
            return
        if not isinstance(value, dict):
            self.put(target, path, value, origin)
            return
        if not isinstance(target.get(name), dict):
            if lacking := _lacking(path, value, target.get(name)):
                if not passing:
                    self.refuse(origin, _nothing_to_change(path, target, lacking))
                return
            self.forget(path, target.get(name))
            target[name] = {}
        self.merged.deleted.pop(path, None)
        self.merged.origins[path] = (*self.merged.origins.get(path, ()), origin)
        self.mapping(target[name], value, path, written, passing=passing)

    def delete(self, target: dict[str, Any], path: Path, origin: Origin, *, passing: bool) -> None:
        name = str(path[-1])
        if name in target:
            self.forget(path, target.pop(name))
            self.merged.deleted[path] = origin
        elif not passing and has_free_names(path[:-1]):
            self.refuse(origin, _nothing_to_delete(path, target))

    def put(self, target: dict[str, Any], path: Path, value: Any, origin: Origin) -> None:
        """Set a value that is no mapping."""
        self.forget(path, target.get(str(path[-1])))
        self.merged.deleted.pop(path, None)
        target[str(path[-1])] = deepcopy(value)
        for below in _paths_within(value):
            written = (*origin.written, *below)
            self.merged.origins[(*path, *below)] = (Origin(self.layer, written),)

    def forget(self, path: Path, value: Any) -> None:
        for below in _paths_within(value):
            self.merged.origins.pop((*path, *below), None)

    def refuse(self, origin: Origin, message: str) -> None:
        self.merged.problems.append(self.layer.problem(origin.mark.key, message))


def _paths_within(value: Any) -> Iterator[Path]:
    """Yield the path of a value and of everything in it, seen from the value."""
    yield ()
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            for path in _paths_within(inner):
                yield (step, *path)


def _lacking(path: Path, value: Mapping[str, Any], present: Any) -> list[str]:
    """Return the settings without which a new group of settings at `path` could not stand."""
    if present is not None:
        return []
    return [name for name in rule_at(path).get("required", ()) if value.get(name) is None]


def _nothing_to_change(path: Path, known: Mapping[str, Any], lacking: list[str]) -> str:
    nothing = f"there is no '{path[-1]}' {_under(path)} to change"
    wanted = ", ".join(lacking)
    if not has_free_names(path[:-1]):
        return f"{nothing}; to add it, also write: {wanted}"
    close, names = _known(path, known)
    return f"{nothing}{close or f'{names}; to add it, also write: {wanted}'}"


def _nothing_to_delete(path: Path, known: Mapping[str, Any]) -> str:
    close, names = _known(path, known)
    return f"there is no '{path[-1]}' {_under(path)} to delete{close or names}"


def _known(path: Path, known: Mapping[str, Any]) -> tuple[str, str]:
    """Return which name was meant, if that is clear, and which names there are."""
    close = suggestion(str(path[-1]), known)
    few = 0 < len(known) <= _MOST_NAMES_SHOWN
    return (
        f". Did you mean '{close}'?" if close else "",
        f" (there are: {', '.join(known)})" if few else "",
    )


def _under(path: Path) -> str:
    return f"under '{'.'.join(str(step) for step in path[:-1])}'" if path[:-1] else "here"
