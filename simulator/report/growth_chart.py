"""The growth picture: every measure as a line, list by list, as a Vega-Lite specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.charts import Bar, point
from simulator.report.style import (
    BLUE,
    CROWDED_ROWS,
    GREEN,
    INK,
    LABEL_WIDTH_CHARACTERS,
    ORANGE,
    PURPLE,
    SCHEMA,
    SKY,
    Spec,
    config,
    in_hundred_axis,
    lines_height,
    row_axis,
    wrapped,
)
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.report.steps import Step


_CROWDED_CHARACTERS = 46


@dataclass(frozen=True)
class Curve:
    """One measure of the growth picture: metric, words at its end, colour and shape of points."""

    metric: str
    words: str
    colour: str
    shape: str


def default_curves() -> tuple[Curve, ...]:
    """Return the measures of the growth picture, each with its own colour and shape."""
    return (
        Curve("wrongful_share", "somebody else's\nfacts pinned on", PURPLE, "cross"),
        Curve("unjoined_share", "of the facts known,\nlists not joined", SKY, "triangle-up"),
        Curve("exposure_share", "of the facts known,\nlists joined", BLUE, "circle"),
        Curve("reidentified_share", "re-identified", ORANGE, "square"),
        Curve("named_share", "known by name", GREEN, "diamond"),
    )


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels the least that keeps them `gap` apart and inside [low, high], in order.

    >>> apart([10, 12, 90], gap=20, low=0, high=100)
    [10, 30, 90]
    >>> apart([90, 95, 99], gap=20, low=0, high=100)
    [60, 80, 100]
    """
    order = sorted(range(len(places)), key=lambda place: places[place])
    moved: dict[int, float] = {}
    edge = low
    for place in order:
        moved[place] = max(places[place], edge)
        edge = moved[place] + gap
    edge = high
    for place in reversed(order):
        moved[place] = min(moved[place], edge)
        edge = moved[place] - gap
    return [moved[place] for place in range(len(places))]


def growth_chart(
    steps: Sequence[Step],
    *,
    title: str,
    subtitle: str,
    axis_title: str,
    curves: Sequence[Curve] | None = None,
    width: int = 760,
    row_height: int = 74,
    text_size: int = 14,
    label_characters: int = LABEL_WIDTH_CHARACTERS,
) -> Spec:
    """Draw every measure as a line that grows downwards, list by list, named at its end.

    Parameters
    ----------
    steps : sequence of Step
        The growth from step 0.
    title, subtitle : str
        Above the picture; the subtitle must say that the town is synthetic.
    row_height : int
        In pixels; less where there are many rows.
    curves : sequence of Curve, optional
        The measures; a measure that is not defined at the last step is left out.
    label_characters : int
        Where the label of a row is wrapped; later where there are many rows.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size.
    """
    last = steps[-1]
    rows = [step.row for step in steps]
    characters = label_characters
    if len(rows) >= CROWDED_ROWS:
        characters = _CROWDED_CHARACTERS
        row_height = min(row_height, lines_height(rows, characters, text_size))
    drawn = [
        curve
        for curve in (default_curves() if curves is None else curves)
        if curve.metric in last.rates and last.rates[curve.metric].value >= 0
    ]
    points = [
        {
            **point(Bar(step.row, step.rates[curve.metric], "", curve.colour), characters),
            "metric": curve.metric,
            "step": step.number,
            "shape": curve.shape,
        }
        for curve in drawn
        for step in steps
        if step.rates[curve.metric].value >= 0
    ]
    ends = [100 * last.rates[curve.metric].value for curve in drawn]
    places = apart(ends, gap=21, low=4, high=96)
    ground = wrapped(last.row, characters)
    labels = [
        {
            "row": ground,
            "value": end,
            "place": place,
            "words": f"{in_hundred(end / 100)}\n{curve.words}",
            "fill": curve.colour,
        }
        for curve, end, place in zip(drawn, ends, places, strict=True)
    ]
    y = row_axis(rows, characters, grid=True, gridColor="#eeeeee", labelPadding=14)
    y["scale"] = {"domain": y["scale"]["domain"], "type": "point", "padding": 0.3}
    x = in_hundred_axis(axis_title, 0) | {"field": "value"}
    x["axis"] = {**x["axis"], "orient": "top"}
    colour = {"field": "fill", "type": "nominal", "scale": None}
    strip = row_height * len(steps)  # labels stand below the last row, joined to it by a line
    return {
        "$schema": SCHEMA,
        "config": config(text_size),
        "padding": {"left": 20, "right": 30, "top": 20, "bottom": 20},
        "width": width,
        "height": strip,
        "title": {"text": title, "subtitle": subtitle, "offset": 14, "fontSize": 18},
        "layer": [
            {
                "data": {"values": points},
                "mark": {"type": "line", "strokeWidth": 3, "interpolate": "linear"},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": colour,
                    "detail": {"field": "metric"},
                    "order": {"field": "step", "type": "quantitative"},
                },
            },
            {
                "data": {"values": points},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "stroke": INK, "size": 110, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "fill": colour,
                    "shape": {"field": "shape", "type": "nominal", "scale": None},
                },
            },
            {
                "data": {"values": labels},
                "mark": {"type": "rule", "color": INK, "strokeDash": [2, 2]},
                "encoding": {
                    "x": x,
                    "x2": {"field": "place"},
                    "y": y,
                    "y2": {"value": strip + 14},
                },
            },
            {
                "data": {"values": labels},
                "mark": {"type": "text", "baseline": "top", "lineBreak": "\n", "lineHeight": 17},
                "encoding": {
                    "x": {**x, "field": "place"},
                    "y": {"value": strip + 20},
                    "text": {"field": "words", "type": "nominal"},
                },
            },
        ],
    }
