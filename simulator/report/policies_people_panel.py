"""Picture of who gets better and who gets worse under a policy, by group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.compare_figures import BETTER, EVERYONE, WORSE, Figure, changes
from simulator.report.policies_panel import TEXT_SIZE, framed
from simulator.report.policies_wording import share
from simulator.report.style import BLUE, INK, ORANGE, Spec, haloed, row_axis, wrapped

if TYPE_CHECKING:
    from simulator.tables import Comparison

_GROUP_HEIGHT = 58
_LEAST_REACH = 0.1


def people_panel(comparison: Comparison) -> Spec:
    """Draw the shares of residents, everyone and by group, for whom it gets better and worse."""
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
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": TEXT_SIZE - 1},
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
    spec = framed(
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
