"""The settings of a scenario after every layer, with the place of each change in a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.scenario.yaml_text import yaml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.scenario.layering import Layered
    from simulator.scenario.tree import Path


def settings_text(layered: Layered) -> str:
    """Return every setting that is written, as YAML; reading it gives the same scenario again.

    A setting that differs from the lowest file says in a comment where it was written; one that
    was deleted is a comment itself.
    """
    comments = _comments(layered, deleted="deleted, ")
    return "\n".join([_heading(layered), *yaml_lines(layered.merged.values, comments)]) + "\n"


def changes_text(layered: Layered) -> str:
    """Return what differs from the lowest file as YAML: a merge patch, with null for deletions."""
    patch = difference(layered.lowest.values, layered.merged.values)
    if not patch:
        return f"# Nothing differs from {layered.layers[0].name}.\n"
    lines = yaml_lines(patch, _comments(layered, deleted=""))
    return "\n".join([f"{_heading(layered)}: what differs", *lines]) + "\n"


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the merge patch that turns one tree of settings into another.

    Examples
    --------
    >>> difference({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 2, "d": 4}, "e": 5})
    {'b': {'d': 4}, 'e': 5, 'a': None}
    """
    patch: dict[str, Any] = {}
    for name, value in after.items():
        old = before.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            inner = difference(old, value)
            if inner:
                patch[name] = inner
        elif name not in before or not _same(old, value):
            patch[name] = value
    return patch | {name: None for name in before if name not in after}


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are written alike; true is no 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _heading(layered: Layered) -> str:
    first, *others = (layer.name for layer in layered.layers)
    return f"# {first}, with {', then '.join(others)} laid over it" if others else f"# {first}"


def _comments(layered: Layered, deleted: str) -> dict[Path, str]:
    """Return path -> file and line, for the outermost of what each file changed."""
    comments: dict[Path, str] = {}

    def note(patch: Mapping[str, Any], before: Mapping[str, Any], path: Path, said: str) -> None:
        for name, value in patch.items():
            here, old = (*path, name), before.get(name)
            file, line = _file_and_line(layered, here)
            if isinstance(value, dict) and isinstance(old, dict):
                note(value, old, here, said)
                continue
            if file != said:
                comments[here] = f"{deleted if value is None else ''}{file}:{line}"
            if isinstance(value, dict):
                note(value, {}, here, file)

    lowest = layered.lowest.values
    note(difference(lowest, layered.merged.values), lowest, (), "")
    return comments


def _file_and_line(layered: Layered, path: Path) -> tuple[str, int]:
    merged = layered.merged
    origin = merged.deleted.get(path)
    while origin is None and path:
        origin = merged.origins[path][0] if path in merged.origins else None
        path = path[:-1]
    layer = origin.layer if origin else layered.layers[0]
    return layer.name, origin.mark.key[0] if origin else 1
