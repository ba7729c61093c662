"""The people around one person as a picture: what the file of each gives away."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from simulator.report.spill_over_wording import TIE_LABELS, file_in_words
from simulator.report.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    YELLOW,
    Spec,
    frame,
    haloed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

MARKS: Mapping[str, tuple[str, str]] = {
    "household": ("square", BLUE),
    "kin": ("triangle-up", GREEN),
    "coworker": ("diamond", PURPLE),
    "neighbour": ("triangle-down", YELLOW),
    "friend": ("circle", ORANGE),
    "untied": ("cross", PALE),
}
"""Tie -> shape and colour."""

_LEFT = ("household", "kin", "coworker", "neighbour")
_HEADING, _TELLS, _SILENT, _BETWEEN_GROUPS = 26, 40, 23, 10
"""Room for a heading, for a person whose file tells something, for one whose does not, and between
groups; in pixels."""
_LEAST_HEIGHT = 240
_INNER, _BULGE = 0.13, 0.22
"""How far from the middle people stand at the ends of a side, and how much further half way."""
_LABEL_GAP = 14
_TITLE_CHARACTERS = 96


def ego_network_chart(
    people: pd.DataFrame,
    between: pd.DataFrame,
    name: str,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    text_size: int = 14,
) -> Spec:
    """Draw a person in the middle and everyone around them, the kind of tie by shape and heading.

    Friends stand on the right, household and other ties on the left. A strong line leads to
    whoever's file gives something away, and beside the name stands what.

    Parameters
    ----------
    people : DataFrame
        Columns entity_id, name, tie, tells (labels of facts, as a tuple).
    between : DataFrame
        Columns entity_id_l, entity_id_r: ties of these people among themselves.
    name : str
        Who stands in the middle.
    title, subtitle : str
        Above the picture; one of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    sides = _sides(people)
    height = max(_LEAST_HEIGHT, *(_height(side) for side in sides))
    nodes, headings = [], []
    for side, sign in zip(sides, (-1, 1), strict=True):
        placed, headed = _placed(side, sign, height)
        nodes += placed
        headings += headed
    at = {node["entity_id"]: node for node in nodes}
    middle = {"x": 0.0, "y": height / 2, "name": name}
    chords = [
        {"x": at[one]["x"], "y": at[one]["y"], "x2": at[two]["x"], "y2": at[two]["y"]}
        for one, two in zip(between["entity_id_l"], between["entity_id_r"], strict=True)
        if one in at and two in at
    ]
    spokes = [{**node, "x2": middle["x"], "y2": middle["y"]} for node in nodes]
    told = "datum.tells !== ''"
    return {
        **frame(width, height, text_size),
        "title": {"text": wrap(title, _TITLE_CHARACTERS), "subtitle": subtitle, "offset": 10},
        "layer": [
            _lines(chords, height, color="#B8B8B8", strokeWidth=1),
            _lines(spokes, height, "datum.tells === ''", color="#767676", strokeWidth=1),
            _lines(spokes, height, told, color=INK, strokeWidth=3.5),
            _points(nodes, height),
            _middle(middle, height),
            *haloed(_text([{**middle, "words": name}], height, "words", dy=27, fontWeight="bold")),
            *_pressable(_labels(nodes, height, "", "name")),
            *_labels(nodes, height, told, "tells", dy=17, fontWeight="bold"),
            *_labels(headings, height, "", "words", fontWeight="bold", fontStyle="italic"),
        ],
    }


def _sides(people: pd.DataFrame) -> tuple[list[dict[Any, Any]], list[dict[Any, Any]]]:
    """Return who stands left and who right; people who are not tied stand where there is room."""
    left, right, untied = (
        people.loc[people["tie"].isin(ties)].to_dict("records")
        for ties in (_LEFT, ("friend",), ("untied",))
    )
    if _height(left) < _height(right):
        return left + untied, right
    return left, right + untied


def _height(side: list[dict[Any, Any]]) -> int:
    groups = len({row["tie"] for row in side})
    rows = sum(_TELLS if row["tells"] else _SILENT for row in side)
    return rows + groups * _HEADING + max(groups - 1, 0) * _BETWEEN_GROUPS


def _placed(
    side: list[dict[Any, Any]], sign: int, height: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the people of one side with their places, and the headings of their groups."""
    y = (height - _height(side)) / 2
    nodes: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
    before = None
    for row in side:
        if row["tie"] != before:
            y += _BETWEEN_GROUPS if before else 0
            headings.append(
                {"x": _x(y + 12, height, sign), "y": y + 12, "words": TIE_LABELS[row["tie"]]}
            )
            y += _HEADING
            before = row["tie"]
        shape, fill = MARKS[row["tie"]]
        node_y = y + _SILENT / 2
        nodes.append(
            {
                "entity_id": row["entity_id"],
                "name": row["name"],
                "tells": ", ".join(row["tells"]),
                "said": file_in_words(row["name"], row["tie"], row["tells"]),
                "shape": shape,
                "fill": fill,
                "x": _x(node_y, height, sign),
                "y": node_y,
                "side": sign,
            }
        )
        y += _TELLS if row["tells"] else _SILENT
    for heading in headings:
        heading["side"] = sign
    return nodes, headings


def _x(y: float, height: int, sign: int) -> float:
    """Return how far left or right of the middle somebody stands at a height: an arc."""
    off = 2 * y / height - 1
    return sign * (_INNER + _BULGE * math.sqrt(max(0.0, 1 - off * off)))


def _axes(height: int) -> tuple[Spec, Spec]:
    frame = {"type": "quantitative", "axis": None}
    x = {**frame, "scale": {"domain": [-1, 1], "nice": False, "zero": False}}
    y = {**frame, "scale": {"domain": [0, height], "nice": False, "zero": False, "reverse": True}}
    return x, y


def _lines(values: list[dict[str, Any]], height: int, which: str = "", **mark: Any) -> Spec:
    x, y = _axes(height)
    return {
        "data": {"values": values},
        "transform": [{"filter": which}] if which else [],
        "mark": {"type": "rule", **mark},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "y"},
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
        },
    }


def _points(nodes: list[dict[str, Any]], height: int) -> Spec:
    x, y = _axes(height)
    return {
        "data": {"values": nodes},
        "mark": {"type": "point", "size": 170, "stroke": INK, "strokeWidth": 1.5, "opacity": 1},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "y"},
            "shape": {"field": "shape", "type": "nominal", "scale": None},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _middle(middle: dict[str, Any], height: int) -> Spec:
    x, y = _axes(height)
    mark = {"type": "point", "shape": "circle", "size": 900, "fill": SKY, "stroke": INK}
    return {
        "data": {"values": [middle]},
        "mark": {**mark, "strokeWidth": 2.5, "opacity": 1},
        "encoding": {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
    }


def _text(values: list[dict[str, Any]], height: int, field: str, **mark: Any) -> Spec:
    x, y = _axes(height)
    return {
        "data": {"values": values},
        "mark": {"type": "text", **mark},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "y"},
            "text": {"field": field, "type": "nominal"},
        },
    }


def _labels(
    values: list[dict[str, Any]], height: int, which: str, field: str, **mark: Any
) -> list[Spec]:
    """Return text on the outer side of each place."""
    layers = []
    for sign, align in ((-1, "right"), (1, "left")):
        filters = [{"filter": f"datum.side === {sign}"}, *([{"filter": which}] if which else [])]
        layer = _text(values, height, field, align=align, dx=sign * _LABEL_GAP, **mark)
        layers += haloed({**layer, "transform": filters})
    return layers


def _pressable(layers: list[Spec]) -> list[Spec]:
    """Let text, where it is not the halo behind a text, carry its words as description."""
    described = {"field": "said", "type": "nominal"}
    return [
        layer
        if "stroke" in layer["mark"]
        else {
            **layer,
            "mark": {**layer["mark"], "aria": True},
            "encoding": {**layer["encoding"], "description": described},
        }
        for layer in layers
    ]
