"""A picture drawn by hand: boxes, lines and words at places of a plane, in units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.style import INK

if TYPE_CHECKING:
    from simulator.report.style import Spec


class Plane:
    """A plane from `left` to `right` and from `top` down to `bottom`."""

    def __init__(self, left: float, right: float, top: float, bottom: float) -> None:
        self._x = _scale(left, right)
        self._y = _scale(top, bottom)
        self._y["scale"]["reverse"] = True

    def boxes(self, items: list[Spec], which: str, fill: str, stroke: str) -> Spec:
        """Draw a box per item: what stands in its `which`, a list of left, right, top, bottom."""
        sides = ("left", "right", "top", "bottom")
        values = [dict(zip(sides, item[which], strict=True)) for item in items]
        left, right, top, bottom = ({"field": side} for side in sides)
        return {
            "data": {"values": values},
            "mark": {"type": "rect", "fill": fill, "stroke": stroke, "strokeWidth": 0.8},
            "encoding": {
                "x": {**self._x, **left},
                "x2": right,
                "y": {**self._y, **top},
                "y2": bottom,
            },
        }

    def words(self, items: list[Spec], **mark: Any) -> Spec:
        """Draw the `words` of each item at its x and y."""
        return {
            "data": {"values": [item for item in items if item["words"]]},
            "mark": {"type": "text", "baseline": "middle", **mark},
            "encoding": {
                "x": {**self._x, "field": "x"},
                "y": {**self._y, "field": "y"},
                "text": {"field": "words", "type": "nominal"},
            },
        }

    def points(self, items: list[Spec], shape: str, fill: str) -> Spec:
        """Draw a point per item, at its x and y."""
        mark = {"type": "point", "shape": shape, "fill": fill, "stroke": INK, "strokeWidth": 1.5}
        return {
            "data": {"values": items},
            "mark": {**mark, "size": 240, "opacity": 1},
            "encoding": {"x": {**self._x, "field": "x"}, "y": {**self._y, "field": "y"}},
        }

    def lines(self, items: list[Spec], **mark: Any) -> Spec:
        """Draw a line per item, from x, y to x2, y2."""
        return {
            "data": {"values": items},
            "mark": {"type": "rule", "color": INK, **mark},
            "encoding": {
                "x": {**self._x, "field": "x"},
                "x2": {"field": "x2"},
                "y": {**self._y, "field": "y"},
                "y2": {"field": "y2"},
            },
        }


def _scale(low: float, high: float) -> Spec:
    scale = {"domain": [low, high], "nice": False, "zero": False}
    return {"type": "quantitative", "scale": scale, "axis": None}
