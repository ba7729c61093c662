"""Pictures of the page Policies: two growth curves, their paired difference, and who gets worse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.compare_figures import BETTER, EVERYONE, WORSE, Figure, changes
from simulator.report.policies_wording import share
from simulator.report.style import (
    BLUE,
    CROWDED_ROWS,
    INK,
    LABEL_WIDTH_CHARACTERS,
    ORANGE,
    SCHEMA,
    SKY,
    Spec,
    config,
    haloed,
    in_hundred_axis,
    lines_height,
    row_axis,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.tables import Comparison

_TEXT_SIZE = 14
_ROW_HEIGHT = 52
_GROUP_HEIGHT = 58
_CROWDED_CHARACTERS = 26
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
    return _curves(comparison), _difference(comparison), _people(comparison)


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
        "config": config(_TEXT_SIZE),
        "padding": 24,
        "title": {"text": title, "subtitle": footer, "offset": 18, "fontSize": 20},
        "spacing": 30,
        "hconcat": parts,
    }


def _rows(comparison: Comparison) -> list[dict[Any, Any]]:
    table = comparison.growth_change
    return table.loc[table["metric"] == "exposure_share"].to_dict("records")


def _labels(comparison: Comparison) -> tuple[list[str], int, int, int]:
    """Return the names of the rows, where they wrap, and the height and type size they take."""
    labels = {
        name: source.label
        for scenario in (*comparison.policies.values(), comparison.base)
        for name, source in scenario.sources.items()
    }
    named = [
        f"{place}. {labels[row['source_added']]}" for place, row in enumerate(_rows(comparison), 1)
    ]
    if len(named) < CROWDED_ROWS:
        return named, LABEL_WIDTH_CHARACTERS, _ROW_HEIGHT, _TEXT_SIZE
    size = _TEXT_SIZE - 2
    return named, _CROWDED_CHARACTERS, lines_height(named, _CROWDED_CHARACTERS, size), size


def _y(comparison: Comparison, *, has_labels: bool) -> Spec:
    rows, characters, _, size = _labels(comparison)
    y = row_axis(
        rows, characters, grid=True, gridColor="#eeeeee", labels=has_labels, labelFontSize=size
    )
    y["scale"] = {"domain": y["scale"]["domain"], "type": "point", "padding": 0.4}
    return y


def _curves(comparison: Comparison) -> Spec:
    rows, characters, _, _ = _labels(comparison)
    first, second = ("without", "with") if comparison.overlaid else ("A", "B")
    points = [
        {
            "row": wrapped(label, characters),
            "step": place,
            "value": 100 * row[side],
            "design": design,
            "fill": colour,
            "shape": shape,
        }
        for place, (label, row) in enumerate(zip(rows, _rows(comparison), strict=True))
        for design, side, colour, shape in (
            (first, "before", ORANGE, "circle"),
            (second, "after", BLUE, "square"),
        )
        if not math.isnan(row[side])
    ]
    x = in_hundred_axis("facts known, in 100", 0) | {"field": "value"}
    colour: Spec = {"field": "fill", "type": "nominal", "scale": None}
    y = _y(comparison, has_labels=True)
    lines: list[Spec] = [
        {
            "data": {"values": [point for point in points if point["design"] == design]},
            "mark": {"type": "line", "strokeWidth": 3, "strokeDash": dash},
            "encoding": {
                "x": x,
                "y": y,
                "color": colour,
                "order": {"field": "step", "type": "quantitative"},
            },
        }
        for design, dash in ((first, [6, 5]), (second, [1, 0]))
    ]
    marks: list[Spec] = [
        {
            "data": {"values": [point for point in points if point["design"] == design]},
            "mark": {
                "type": "point",
                "filled": True,
                "stroke": INK,
                "size": size,
                "opacity": 1,
            },
            "encoding": {
                "x": x,
                "y": y,
                "fill": colour,
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        }
        # the first larger, so that its rim shows where the two lie upon one another
        for design, size in ((first, 190), (second, 70))
    ]
    return _panel(
        comparison,
        "List by list",
        f"circles: {first} · squares: {second}",
        [*lines, *marks],
    )


def _difference(comparison: Comparison) -> Spec:
    rows, characters, _, _ = _labels(comparison)
    points = [
        {
            "row": wrapped(label, characters),
            "step": place,
            **{end: 100 * row[end] for end in ("value", "low", "high")},
        }
        for place, (label, row) in enumerate(zip(rows, _rows(comparison), strict=True))
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
    return _panel(comparison, "Difference", f"{sides}; band: 95 %", layers)


def _people(comparison: Comparison) -> Spec:
    (name,) = comparison.policies
    known = changes(comparison)
    groups = {EVERYONE: "Everyone"} | {
        group: settings.label for group, settings in comparison.base.population.groups.items()
    }
    rows = list(groups.values())
    bars = []
    for group, label in groups.items():
        for lane, (metric, words, fill) in enumerate(
            ((BETTER, "better", BLUE), (WORSE, "worse", ORANGE))
        ):
            change = known.get(Figure(name, "frozen", group, metric))
            if change is None or math.isnan(change.value):
                bars.append(_bar(label, lane, "withheld" if lane == 0 else "", fill))
                continue
            is_bare = math.isnan(change.low)
            bars.append(
                _bar(label, lane, f"{words} {share(change).partition(' (')[0]}", fill)
                | {
                    "value": 100 * change.value,
                    "low": 100 * (change.value if is_bare else change.low),
                    "high": 100 * (change.value if is_bare else change.high),
                }
            )
    reach = max([_LEAST_REACH, *(bar["high"] for bar in bars)])
    y = row_axis(rows, 15)
    middle: Spec = {
        "y": y,
        "yOffset": {"field": "lane", "type": "nominal", "scale": {"domain": [0, 1]}},
    }
    x: Spec = {
        "type": "quantitative",
        # room for the words right of the bars
        "scale": {"domain": [0, 1.9 * reach], "nice": False},
        "axis": {
            "title": "residents, in 100",
            "values": _ticks(reach),
            "titleAnchor": "start",
            "domain": False,
            "grid": False,
        },
    }
    words_layer: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": _TEXT_SIZE - 1},
        "encoding": {
            **middle,
            "x": {**x, "field": "high"},
            "text": {"field": "words", "type": "nominal"},
        },
    }
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1, "height": {"band": 0.85}},
            "encoding": {
                **middle,
                "x": {**x, "field": "value"},
                "color": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {**middle, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
        },
        *haloed(words_layer),
    ]
    spec = _panel(
        comparison,
        "Better off, worse off",
        "lines: 95 % intervals",
        layers,
        height=_GROUP_HEIGHT * len(rows),
    )
    return spec | {"data": {"values": bars}}


def _bar(label: str, lane: int, words: str, fill: str) -> dict[str, Any]:
    return {
        "row": wrapped(label, 15),
        "lane": lane,
        "value": 0.0,
        "low": 0.0,
        "high": 0.0,
        "words": words,
        "fill": fill,
    }


def _ticks(reach: float) -> list[float]:
    """Return two or three round numbers from 0 up to about `reach`.

    >>> _ticks(2.8), _ticks(0.1), _ticks(47)
    ([0, 1.0, 2.0], [0, 0.05, 0.1], [0, 20.0, 40.0])
    """
    size = 10.0 ** math.floor(math.log10(reach))
    step = next(size * part for part in (0.1, 0.2, 0.5, 1, 2, 5) if reach < 3 * size * part)
    return [0, *(round(step * place, 6) for place in (1, 2) if step * place <= reach)]


def _panel(
    comparison: Comparison,
    title: str,
    subtitle: str,
    layers: Sequence[Spec],
    *,
    height: int | None = None,
) -> Spec:
    rows, _, row_height, _ = _labels(comparison)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": row_height * len(rows) if height is None else height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 5, "right": 5, "top": 8, "bottom": 5},
        "title": {
            "text": title,
            "subtitle": ["Synthetic town", subtitle],
            "offset": 10,
            "limit": 0,
        },
        "config": config(_TEXT_SIZE),
        "layer": list(layers),
    }
