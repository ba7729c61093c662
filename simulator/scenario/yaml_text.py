"""Plain values as readable YAML, with a comment beside a value."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from simulator.scenario.plain_values import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.scenario.tree import Path

_WIDTH = 96
_PLAIN = re.compile(r"[A-Za-z]([\w .()/%–-]*[\w.()/%])?|\d{4}-\d\d-\d\d")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]([\w .+-]*[\w.+])?")


def yaml_lines(
    values: Mapping[str, Any], comments: Mapping[Path, str], path: Path = ()
) -> Iterator[str]:
    """Yield the lines of a mapping; reading them gives the values again.

    Parameters
    ----------
    values : mapping
        Nested mappings, lists and scalars.
    comments : mapping
        Path -> what to say behind the value. Of a path that `values` lack, its name is written
        as a comment too.
    path : tuple, optional
        Where `values` are, seen from the top.

    Examples
    --------
    >>> list(yaml_lines({"a": {"b": 0.5, "c": ["x", 1]}}, {("a", "c"): "why"}))
    ['a:', '  b: 0.5', '  c: [x, 1]  # why']
    """
    indent = "  " * len(path)
    for name, value in values.items():
        here = (*path, name)
        begin = f"{indent}{_name(name)}:"
        behind = f"  # {comments[here]}" if here in comments else ""
        line = f"{begin} {_on_one_line(value)}"
        if isinstance(value, str) and len(line) > _WIDTH and value == " ".join(value.split()):
            yield f"{begin} >-{behind}"
            within = f"{indent}  "
            yield from textwrap.wrap(
                value, _WIDTH, initial_indent=within, subsequent_indent=within,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        elif isinstance(value, dict) and not _fits(line, value, here, comments):
            yield f"{begin}{behind}"
            yield from yaml_lines(value, comments, here)
        else:
            yield f"{line}{behind}"
    for gone in comments:
        if gone[:-1] == path and gone and gone[-1] not in values:
            yield f"{indent}# {_name(str(gone[-1]))}: {comments[gone]}"


def _fits(line: str, value: Mapping[str, Any], path: Path, comments: Mapping[Path, str]) -> bool:
    """Tell whether a mapping goes on one line: short, flat, and nothing to say inside it."""
    if not value:
        return True
    flat = not any(isinstance(inner, dict | list) for inner in value.values())
    said = any(len(other) > len(path) and other[: len(path)] == path for other in comments)
    return flat and not said and len(line) <= _WIDTH and len(path) > 1


def _on_one_line(value: Any) -> str:
    if isinstance(value, dict):
        inner = (f"{_name(name)}: {_on_one_line(found)}" for name, found in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_on_one_line, value))}]"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and plain_value(value) == value
        return value if plain else _quoted(value)
    return json.dumps(value)


def _name(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """Return text in double quotes; what does not show when printed is written as its code."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in plain)
