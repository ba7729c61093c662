"""The trail of one person on the map of the town, as a Vega-Lite specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.style import GRID, INK, SCHEMA, SKY, Spec, config, padding

if TYPE_CHECKING:
    import pandas as pd

HOME_SHAPE = "M-1,-0.15 L0,-1 L1,-0.15 L0.8,-0.15 L0.8,0.9 L-0.8,0.9 L-0.8,-0.15 Z"
"""A house …"""
WORK_SHAPE = "M-1,-0.6 L-0.4,-0.6 L-0.4,-0.95 L0.4,-0.95 L0.4,-0.6 L1,-0.6 L1,0.8 L-1,0.8 Z"
"""… and a briefcase."""
MOST_NAMED = 20
"""A map of more columns or rows has only every fifth of them named, and no number in a square."""

_FEW, _MANY = "#DCEEFA", SKY


def trail_chart(
    squares: pd.DataFrame,
    sightings: pd.DataFrame,
    *,
    day: int,
    home: str,
    work: str,
    title: str,
    subtitle: str,
    size: int = 312,
    text_size: int = 14,
) -> Spec:
    """Draw the sightings in one person's file, up to a day, on the squares of the town.

    A square holds the number of sightings in it; one with a thick frame was seen on that very day.
    A house and a briefcase mark home and work, and the dashed frame what counts as near home.

    Parameters
    ----------
    squares : DataFrame
        Label -> ``column`` and ``row``, from 0.
    sightings : DataFrame
        ``day`` and ``seen_area``, of the whole window; those outside the town are not drawn.
    day : int
        The last day drawn.
    home, work : str
        Labels of squares; no mark is drawn where it is not one of the town's.
    title, subtitle : str
        One of them must say that the person is synthetic.
    size, text_size : int
        Width and height of the map, and of its letters, in pixels.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size.
    """
    columns, rows = int(squares["column"].max()) + 1, int(squares["row"].max()) + 1
    cell = size / max(columns, rows)
    inside = sightings.loc[sightings["seen_area"].isin(squares.index)]
    most = int(inside["seen_area"].value_counts().max()) if len(inside) else 1
    seen = _counts(squares, inside.loc[inside["day"] <= day], day)
    place = {"x": _axis("x", columns), "y": _axis("y", rows)}
    edges = {
        "x": {**place["x"], "field": "left"},
        "x2": {"field": "right"},
        "y": {**place["y"], "field": "top"},
        "y2": {"field": "bottom"},
    }
    shade = {
        "field": "count",
        "type": "quantitative",
        "scale": {"domain": [0, most], "range": [_FEW, _MANY]},
        "legend": None,
    }
    marks = _marks(squares, home, work)
    height = round(cell * rows)
    return {
        "$schema": SCHEMA,
        "width": round(cell * columns),
        "height": height,
        "autosize": {"type": "pad"},
        "padding": padding(None),
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "frame": "bounds"},
        "config": config(text_size),
        "layer": [
            {
                "data": {"values": _rectangles(squares)},
                "mark": {"type": "rect", "fill": "#FFFFFF", "stroke": GRID},
                "encoding": edges,
            },
            {
                "data": {"values": seen},
                "mark": {"type": "rect", "stroke": GRID},
                "encoding": {**edges, "fill": shade},
            },
            {
                "data": {"values": [square for square in seen if square["is_new"]]},
                "mark": {"type": "rect", "filled": False, "stroke": INK, "strokeWidth": 3},
                "encoding": edges,
            },
            {
                "data": {"values": _near_home(squares, home, columns, rows)},
                "mark": {"type": "rect", "filled": False, "stroke": INK, "strokeDash": [5, 4]},
                "encoding": {**edges, "strokeWidth": {"value": 2}},
            },
            {
                "data": {"values": marks},
                "mark": {**_SHAPE, "size": (0.92 * max(cell, 22)) ** 2},
                "encoding": {**place, "shape": _AS_IT_IS},
            },
            *_numbers(seen, place, is_roomy=max(columns, rows) <= MOST_NAMED),
            *_key(marks, height),
        ],
    }


_AS_IT_IS: Spec = {"field": "shape", "type": "nominal", "scale": None}
_SHAPE: Spec = {
    "type": "point",
    "filled": False,
    "stroke": INK,
    "strokeWidth": 2,
    "opacity": 1,
}


def _rectangles(squares: pd.DataFrame) -> list[Spec]:
    """Return the edges of each square, and its middle."""
    return [
        {"left": c, "right": c + 1, "top": r, "bottom": r + 1, "x": c + 0.5, "y": r + 0.5}
        for c, r in zip(squares["column"].tolist(), squares["row"].tolist(), strict=True)
    ]


def _counts(squares: pd.DataFrame, seen: pd.DataFrame, day: int) -> list[Spec]:
    """Return the squares seen, how often, and whether on that very day."""
    count = seen["seen_area"].value_counts(sort=False)
    new = set(seen.loc[seen["day"] == day, "seen_area"])
    return [
        {**rectangle, "square": name, "count": int(n), "is_new": name in new}
        for rectangle, name, n in zip(
            _rectangles(squares.loc[count.index]), count.index, count, strict=True
        )
    ]


def _near_home(squares: pd.DataFrame, home: str, columns: int, rows: int) -> list[Spec]:
    """Return the frame around home and the squares beside it, as far as the map goes."""
    if home not in squares.index:
        return []
    (square,) = _rectangles(squares.loc[[home]])
    return [
        {
            "left": max(square["left"] - 1, 0),
            "right": min(square["right"] + 1, columns),
            "top": max(square["top"] - 1, 0),
            "bottom": min(square["bottom"] + 1, rows),
        }
    ]


def _marks(squares: pd.DataFrame, home: str, work: str) -> list[Spec]:
    """Return the shapes that mark home and work; who works at home has one for both."""
    words = {home: "home and work"} if home == work else {home: "home", work: "work"}
    return [
        {
            **_rectangles(squares.loc[[label]])[0],
            "shape": HOME_SHAPE if label == home else WORK_SHAPE,
            "words": said,
        }
        for label, said in words.items()
        if label in squares.index
    ]


def _numbers(seen: list[Spec], place: Spec, *, is_roomy: bool) -> list[Spec]:
    if not is_roomy:
        return []
    return [
        {
            "data": {"values": seen},
            "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "dy": 1},
            "encoding": {**place, "text": {"field": "count", "type": "quantitative"}},
        }
    ]


def _key(marks: list[Spec], height: int) -> list[Spec]:
    """Return what the shapes mean, in a row below the map."""
    y = {"value": height + 20}
    frame = "M-1,-1 L1,-1 L1,1 L-1,1 Z"
    entries = [
        *({"shape": mark["shape"], "words": mark["words"], "dash": [1, 0]} for mark in marks),
        {"shape": frame, "words": "near home", "dash": [3, 2]},
        {"shape": frame, "words": "on this day", "dash": [1, 0]},
    ]
    layers: list[Spec] = []
    x = 9
    for entry in entries:
        wide = 3 if entry["words"] == "on this day" else 2
        mark = {**_SHAPE, "size": 200, "strokeDash": entry["dash"], "strokeWidth": wide}
        said = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13}
        layers += [
            {
                "data": {"values": [entry]},
                "mark": mark,
                "encoding": {"x": {"value": x}, "y": y, "shape": _AS_IT_IS},
            },
            {
                "data": {"values": [entry]},
                "mark": said,
                "encoding": {"x": {"value": x + 14}, "y": y, "text": {"field": "words"}},
            },
        ]
        x += 40 + 8 * len(entry["words"])
    return layers


def _axis(field: str, count: int) -> Spec:
    """Return an axis named as a map is: letters across, numbers down."""
    numbers = [n for n in range(count) if count <= MOST_NAMED or n % 5 == 0]
    names = [_letters(n) if field == "x" else str(n + 1) for n in numbers]
    named = dict(zip(numbers, names, strict=True))
    return {
        "field": field,
        "type": "quantitative",
        "scale": {
            "domain": [0, count] if field == "x" else [count, 0],
            "nice": False,
            "zero": False,
        },
        "axis": {
            "title": None,
            "orient": "top" if field == "x" else "left",
            "values": [n + 0.5 for n in numbers],
            "labelExpr": f"{named}[floor(datum.value)]".replace("'", '"'),
            "grid": False,
            "ticks": False,
            "domain": False,
        },
    }


def _letters(column: int) -> str:
    """Return the name of a column, from 0, as spreadsheets have it.

    >>> [_letters(column) for column in (0, 25, 26)]
    ['A', 'Z', 'AA']
    """
    named = ""
    while column >= 0:
        named = chr(ord("A") + column % 26) + named
        column = column // 26 - 1
    return named
