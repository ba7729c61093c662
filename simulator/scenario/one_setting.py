"""One setting written as a dotted path and a value, as a layer like that of an overlay file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from simulator.scenario.reading import read_layer

if TYPE_CHECKING:
    from simulator.scenario.reading import Layer

_OPENING, _CLOSING, _QUOTES = "[{", "]}", "\"'"


def setting_layer(path: str, value: str, name: str) -> Layer:
    """Return what an overlay file would hold that changes one setting.

    Parameters
    ----------
    path : str
        Names with dots between, as they stand inside one another under ``changes``; "*" stands for
        every entry that is there.
    value : str
        The value as it would be written in the file, on one line.
    name : str
        What to call it in messages.

    Raises
    ------
    ScenarioProblems
        If the value is no YAML.

    Examples
    --------
    >>> setting_layer("sources.*.staleness_years", "3", "it").settings
    {'sources': {'*': {'staleness_years': 3}}}
    """
    steps = [step.strip(_QUOTES) for step in path.split(".")]
    lines = ["overlay_version: 1", f"title: {json.dumps(name)}", f"about: {json.dumps(name)}"]
    for depth, step in enumerate(["changes", *steps]):
        lines.append(f"{' ' * depth}{json.dumps(step)}:")
    lines[-1] += f" {value}"
    return read_layer("\n".join(lines) + "\n", name, "overlay")


def listed_values(written: str) -> list[str]:
    """Return values separated by commas; a comma in brackets or quotes separates nothing.

    >>> listed_values("0.5, 0.9"), listed_values("[public, own],[own]")
    (['0.5', '0.9'], ['[public, own]', '[own]'])
    >>> listed_values("'a,b',c"), listed_values("0.5,,0.9")
    (["'a,b'", 'c'], ['0.5', '', '0.9'])
    """
    values, depth, quote = [""], 0, ""
    for sign in written:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in _QUOTES:
            quote = sign
        else:
            depth += (sign in _OPENING) - (sign in _CLOSING)
            if sign == "," and depth == 0:
                values.append("")
                continue
        values[-1] += sign
    return [value.strip() for value in values]
