"""Pictures of the page Policies: two growth curves, their paired difference, and who gets worse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.compare_figures import step_rows
from simulator.report.policies_panel import TEXT_SIZE, framed, step_labels
from simulator.report.policies_people_panel import people_panel
from simulator.report.style import (
    BLUE,
    INK,
    SCHEMA,
    SKY,
    Spec,
    config,
    in_hundred_axis,
    row_axis,
    wrapped,
)
from simulator.report.two_curves import two_curves

if TYPE_CHECKING:
    from simulator.tables import Comparison

_LEAST_REACH = 0.1
_WHOLE = ("$schema", "config", "autosize", "padding")


def policy_panels(comparison: Comparison) -> tuple[Spec, Spec, Spec]:
    """Draw the growth in both designs, the paired difference beside it, and who gains and loses.

    Parameters
    ----------
    comparison : Comparison
        Of one design beside the base.

    Returns
    -------
    tuple of dict
        Vega-Lite specifications as wide as their container; the first two have the same rows at
        the same heights.
    """
    return _curves(comparison), _difference(comparison), people_panel(comparison)


def policy_chart(comparison: Comparison, *, title: str, footer: str) -> Spec:
    """Draw all three as one picture of fixed width, for export.

    `title` and `footer` stand above it; the footer must say that the town is synthetic.
    """
    parts = []
    for panel, width in zip(policy_panels(comparison), (420, 260, 420), strict=True):
        bare = {key: value for key, value in panel.items() if key not in _WHOLE}
        parts.append(bare | {"width": width})
    return {
        "$schema": SCHEMA,
        "config": config(TEXT_SIZE),
        "padding": 24,
        "title": {"text": title, "subtitle": footer, "offset": 18, "fontSize": 20},
        "spacing": 30,
        "hconcat": parts,
    }


def _y(comparison: Comparison, *, has_labels: bool) -> Spec:
    rows, characters, _, size = step_labels(comparison)
    y = row_axis(
        rows, characters, grid=True, gridColor="#eeeeee", labels=has_labels, labelFontSize=size
    )
    y["scale"] = {"domain": y["scale"]["domain"], "type": "point", "padding": 0.4}
    return y


def _curves(comparison: Comparison) -> Spec:
    rows, characters, _, _ = step_labels(comparison)
    first, second = ("without", "with") if comparison.overlaid else ("A", "B")
    points = [
        {
            "row": wrapped(label, characters),
            "step": place,
            "value": 100 * row[side],
            "design": design,
        }
        for place, (label, row) in enumerate(zip(rows, step_rows(comparison), strict=True))
        for design, side in ((first, "before"), (second, "after"))
        if not math.isnan(row[side])
    ]
    x = in_hundred_axis("facts known, in 100", 0) | {"field": "value"}
    y = _y(comparison, has_labels=True)
    return framed(
        comparison,
        "List by list",
        f"circles: {first} · squares: {second}",
        two_curves(points, (first, second), x, y),
    )


def _difference(comparison: Comparison) -> Spec:
    rows, characters, _, _ = step_labels(comparison)
    points = [
        {
            "row": wrapped(label, characters),
            "step": place,
            **{end: 100 * row[end] for end in ("value", "low", "high")},
        }
        for place, (label, row) in enumerate(zip(rows, step_rows(comparison), strict=True))
        if not math.isnan(row["low"])
    ]
    low = min([-_LEAST_REACH, *(point["low"] for point in points)])
    high = max([_LEAST_REACH, *(point["high"] for point in points)])
    margin = 0.05 * (high - low)
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [low - margin, high + margin], "nice": False},
        "axis": {"title": "difference, in 100", "tickCount": 3, "titleAnchor": "start"},
    }
    y = _y(comparison, has_labels=False)
    order: Spec = {"field": "step", "type": "quantitative"}
    layers: list[Spec] = [
        {
            "data": {"values": points},
            "mark": {"type": "area", "orient": "horizontal", "color": SKY, "opacity": 0.5},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
        },
        {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
            "encoding": {"x": {**x, "field": "zero"}},
        },
        {
            "data": {"values": points},
            "mark": {"type": "line", "strokeWidth": 3, "color": BLUE},
            "encoding": {"x": x, "y": y, "order": order},
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "stroke": INK, "fill": BLUE, "size": 60,
                     "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
    ]  # fmt: skip
    sides = "with − without" if comparison.overlaid else "B − A"
    return framed(comparison, "Difference", f"{sides}; band: 95 %", layers)
