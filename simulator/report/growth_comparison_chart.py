"""Picture of how exposure grows, list by list, without and with a policy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.compare_figures import growth, sides
from simulator.report.compare_picture import two_halves
from simulator.report.style import Spec, in_hundred_axis, row_axis, wrapped
from simulator.report.two_curves import two_curves

if TYPE_CHECKING:
    from simulator.tables import Comparison

_NAMED = ("without the policy", "with it")
_GROWING = (
    ("exposure_share", "Facts known by name, lists joined", "of the facts about a resident"),
    ("reidentified_share", "Re-identified", "residents"),
)


def growth_comparison_chart(comparison: Comparison, *, width: int = 330) -> Spec:
    """Draw the growth without and with the one policy of a comparison, two measures side by side.

    Parameters
    ----------
    comparison : Comparison
        Of one policy.
    width : int
        Of each half, in pixels.

    Returns
    -------
    dict
        A Vega-Lite specification of fixed size. A list that one design does not have has no point
        in that design's line.
    """
    (name,) = comparison.policies
    label, base = comparison.labels[name], comparison.base.title
    title, first, second = f"List by list, without and with: {label}", *_NAMED
    if not comparison.overlaid:
        title, first, second = "List by list", f"A, {base}", f"B, {label}"
    halves = [
        _growth_panel(comparison, name, metric, title, axis, width=width, has_labels=place == 0)
        for place, (metric, title, axis) in enumerate(_GROWING)
    ]
    return two_halves(
        comparison,
        title,
        [f"{first}: circles, broken line", f"{second}: squares, full line"],
        halves,
    )


def _growth_panel(
    comparison: Comparison,
    name: str,
    metric: str,
    title: str,
    axis: str,
    *,
    width: int,
    has_labels: bool,
) -> Spec:
    grown = growth(comparison)
    rows = [f"{place}. {found.label}" for place, found in enumerate(grown, 1)]
    designs = ("", name)
    points = [
        {
            "row": wrapped(row),
            "step": place,
            "value": 100 * found.designs[design][metric],
            "design": design,
        }
        for place, (row, found) in enumerate(zip(rows, grown, strict=True))
        for design in designs
        if design in found.designs and not math.isnan(found.designs[design][metric])
    ]
    y = row_axis(rows, grid=True, gridColor="#eeeeee", labels=has_labels)
    y["scale"] = {"domain": y["scale"]["domain"], "type": "point", "padding": 0.4}
    x = in_hundred_axis(f"{axis}, in 100", 0) | {"field": "value"}
    return {
        "width": width,
        "height": 46 * len(rows),
        "title": {"text": title, "offset": 8},
        "layer": two_curves(points, designs, x, y),
    }


def growth_in_words(comparison: Comparison) -> str:
    """Describe the growth chart to those who cannot see it."""
    (name,) = comparison.policies
    said = []
    for grown in growth(comparison):
        parts = [
            f"{which} {100 * grown.designs[design]['exposure_share']:.1f}"
            for which, design in zip(sides(comparison), ("", name), strict=True)
            if design in grown.designs
        ]
        said.append(f"{grown.label}: {', '.join(parts)}")
    between = "without and with the policy" if comparison.overlaid else "in A and in B"
    return (
        "Line chart of a synthetic town, list by list: facts known by name in 100, "
        f"{between}. {'. '.join(said)}."
    )
