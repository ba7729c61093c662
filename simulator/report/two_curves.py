"""Two designs in one picture: a broken line with circles beside a full one with squares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.style import BLUE, INK, ORANGE, Spec

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKS = ((ORANGE, "circle"), (BLUE, "square"))
"""Fill and shape of the points of the first and of the second design."""


def two_curves(
    points: Sequence[dict[str, Any]], designs: tuple[str, str], x: Spec, y: Spec
) -> list[Spec]:
    """Return the layers of the lines and of the points upon them.

    Parameters
    ----------
    points : sequence of dict
        ``design``, ``step`` (the order along the line), and what `x` and `y` read.
    designs : tuple of str
        As the points name them, the first and the second.
    x, y : dict
        Where a point lies.
    """
    lines, marks = [], []
    # the first design's points are larger, so that their rim shows where two lie upon one another
    for design, (fill, shape), dash, size in zip(
        designs, LOOKS, ([6, 5], [1, 0]), (190, 70), strict=True
    ):
        data = {"values": [point for point in points if point["design"] == design]}
        order = {"field": "step", "type": "quantitative"}
        line = {"type": "line", "strokeWidth": 3, "strokeDash": dash, "color": fill}
        point = {"type": "point", "filled": True, "stroke": INK, "fill": fill, "shape": shape,
                 "size": size, "opacity": 1}  # fmt: skip
        lines.append({"data": data, "mark": line, "encoding": {"x": x, "y": y, "order": order}})
        marks.append({"data": data, "mark": point, "encoding": {"x": x, "y": y}})
    return [*lines, *marks]
