"""Pictures of harm: each figure of a group beside everyone else's, with both intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from simulator.report.harm_wording import thousandths
from simulator.report.style import (
    INK,
    ORANGE,
    SCHEMA,
    SKY,
    Spec,
    config,
    frame,
    haloed,
    row_axis,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.report.harm_figures import Beside
    from simulator.tables import Rate

HOW_TO_READ = ("Filled: the group. Hollow: everyone else.", "Lines: 95 % intervals.")

_APART = 8
"""Pixels from the middle of a row to the group's mark above it, and to everyone else's below."""
_LABEL_CHARACTERS = 16
_WHOLE = ("$schema", "config", "autosize", "padding")
"""What belongs to a whole picture, not to a part."""


class Row(NamedTuple):
    """One row of a picture: its name, the figures of one group, and whether the row stands out."""

    name: str
    figure: Beside
    stands_out: bool


def beside_chart(
    rows: Sequence[Row],
    *,
    title: str,
    subtitle: Sequence[str],
    axis_title: str,
    width: int | None = None,
    row_height: int = 38,
    characters: int = _LABEL_CHARACTERS,
    text_size: int = 14,
) -> Spec:
    """Draw a figure per row, the group's above everyone else's, in 1,000.

    Parameters
    ----------
    rows : sequence of Row
        From the top.
    title : str
    subtitle : sequence of str
        Its lines; they must say that everyone is synthetic.
    axis_title : str
        What is counted in 1,000.
    width : int, optional
        In pixels; by default as wide as its container.
    row_height, text_size : int
        In pixels.
    characters : int
        Where names of rows are wrapped.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    own = [_point(row, row.figure.own, characters, bold=row.stands_out) for row in rows]
    rest = [_point(row, row.figure.rest, characters, bold=False) for row in rows]
    ends = [point["high"] for point in (*own, *rest) if point["high"] is not None]
    most = _round_above(max([1.0, *ends]))
    y = row_axis(
        [row.name for row in rows],
        characters,
        labelFontWeight={
            "condition": {
                "test": " || ".join(
                    f"datum.value === {_quoted(wrapped(row.name, characters))}"
                    for row in rows
                    if row.stands_out
                )
                or "false",
                "value": "bold",
            },
            "value": "normal",
        },
        grid=True,
        tickBand="extent",
    )
    x: Spec = {
        "type": "quantitative",
        # room beyond the longest line for the number at its end
        "scale": {"domain": [0, 1.16 * most], "nice": False},
        "axis": {
            "title": axis_title,
            "values": [0, most / 4, most / 2, 3 * most / 4, most],
            "format": ",~f",
            "titleAnchor": "start",
            "domain": False,
        },
    }
    return {
        **frame(width, row_height * len(rows), text_size),
        "title": {"text": title, "subtitle": list(subtitle), "offset": 10, "frame": "bounds"},
        "layer": [
            *_marks(rest, x, y, at=_APART, fill="#FFFFFF", size=text_size),
            *_marks(own, x, y, at=-_APART, fill=None, size=text_size),
        ],
    }


def stacked_chart(parts: Sequence[Spec], *, title: str, footer: Sequence[str]) -> Spec:
    """Draw pictures of this module, all of fixed width, as one: two beside each other, one below.

    Parameters
    ----------
    parts : sequence of dict
        Three.
    title : str
    footer : sequence of str
        Its lines; they must say that everyone is synthetic.
    """
    bare = [{key: value for key, value in part.items() if key not in _WHOLE} for part in parts]
    return {
        "$schema": SCHEMA,
        "config": config(14),
        "padding": 24,
        "title": {
            "text": wrapped(title, 90).split("\n"),
            "subtitle": list(footer),
            "offset": 18,
            "frame": "bounds",
        },
        "align": "none",
        "spacing": 36,
        "vconcat": [{"hconcat": bare[:2], "spacing": 30}, bare[2]],
    }


def _point(row: Row, rate: Rate, characters: int, *, bold: bool) -> Spec:
    is_known = not math.isnan(rate.value)
    has_line = is_known and not math.isnan(rate.low)
    return {
        "row": wrapped(row.name, characters),
        "value": 1000 * rate.value if is_known else None,
        "low": 1000 * rate.low if has_line else None,
        "high": 1000 * rate.high if has_line else (1000 * rate.value if is_known else None),
        "words_at": 1000 * (rate.high if has_line else rate.value) if is_known else 0,
        "words": thousandths(rate.value) if is_known else "withheld: fewer than 20 people",
        "fill": ORANGE if row.stands_out else SKY,
        "weight": "bold" if bold else "normal",
    }


def _marks(
    points: Sequence[Spec], x: Spec, y: Spec, *, at: int, fill: str | None, size: int
) -> list[Spec]:
    known = [point for point in points if point["value"] is not None]
    filled: Spec = (
        {"field": "fill", "type": "nominal", "scale": None} if fill is None else {"value": fill}
    )
    return [
        {
            "data": {"values": [point for point in known if point["low"] is not None]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2, "yOffset": at},
            "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
        },
        {
            "data": {"values": known},
            "mark": {
                "type": "point",
                "filled": True,
                "stroke": INK,
                "strokeWidth": 1.5,
                "size": 110,
                "opacity": 1,
                "yOffset": at,
            },
            "encoding": {"y": y, "x": {**x, "field": "value"}, "fill": filled},
        },
        *haloed(
            {
                "data": {"values": list(points)},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 6,
                    "yOffset": at,
                    "fontSize": size,
                    "fontWeight": {"expr": "datum.weight"},
                },
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "words_at"},
                    "text": {"field": "words", "type": "nominal"},
                },
            }
        ),
    ]


def _quoted(label: str) -> str:
    r"""Write a text as Vega's expressions have it.

    >>> print(_quoted("St. Brigid's\nParish"))
    'St. Brigid\'s\nParish'
    """
    escaped = label.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def _round_above(value: float) -> float:
    """Return the next of 1, 2, 4, 8 and ten times these, and so on, that is not below.

    >>> _round_above(0.3), _round_above(33.9), _round_above(400.0)
    (1, 40, 400)
    """
    steps = (step * 10**power for power in range(3) for step in (1, 2, 4, 6, 8))
    return next((step for step in steps if step >= value), 1000)
