"""Why two records were joined, as a picture: how the evidence adds up, comparison by comparison."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING

from simulator.report.link_wording import bits_words, comparison_words
from simulator.report.style import INK, ORANGE, PALE, SKY, Spec, frame, haloed
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    import pandas as pd

_LINE = 18
_LEAST_BITS = 0.05
"""Smaller bars would not be seen."""
_WRITTEN_CHARACTERS = 36


def waterfall_chart(
    reasons: pd.DataFrame,
    *,
    probability: float,
    threshold: float,
    title: str,
    subtitle: str,
    width: int | None = None,
    text_size: int = 14,
) -> Spec:
    """Draw how the evidence for one link adds up: a bar per comparison, from the odds before.

    Parameters
    ----------
    reasons : DataFrame
        In order: comparison, level, written_l, written_r (what each record writes), bits. The
        bits add up to log2(p / (1 - p)).
    probability : float
        The link's match probability p.
    threshold : float
        Least probability at which two records are joined (below 1).
    title, subtitle : str
        Above the picture; one of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    bars = _weight_bars(reasons, probability)
    rows = [bar["row"] for bar in bars]
    lines = max(row.count("\n") + 1 for row in rows)
    needed = math.log2(threshold / (1 - threshold)) if threshold < 1 else None
    ends = [end for bar in bars for end in (bar["start"], bar["end"])] + [0.0, needed or 0.0]
    room = 0.16 * (max(ends) - min(ends))
    most = max(max(ends) + 1.6 * room, (needed or 0.0) + 2.5 * room)  # for the words at the guide
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [min(ends) - room, most], "nice": False},
        "axis": {
            "title": "bits of evidence: each bit doubles the odds",
            "tickMinStep": 1,
            "tickCount": 8,
            "domain": False,
        },
    }
    y: Spec = {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": rows, "padding": 0.25},
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "labelExpr": "split(datum.label, '\\n')",
            "labelPadding": 10,
            "labelLineHeight": _LINE,
        },
    }
    guides = [{"at": 0.0, "words": "even odds ", "right": False}]
    if needed is not None:
        words = f" joined from {in_hundred(threshold)}"
        guides.append({"at": needed, "words": words, "right": True})
    return {
        **frame(width, (_LINE * max(lines, 2) + 20) * len(rows), text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 12, "frame": "bounds"},
        "layer": [
            {
                "data": {"values": guides},
                "mark": {"type": "rule", "color": INK, "strokeDash": [5, 4], "strokeWidth": 1.5},
                "encoding": {"x": {**x, "field": "at"}},
            },
            {
                "data": {"values": guides},
                "mark": {
                    "type": "text",
                    "baseline": "bottom",
                    "align": {"expr": "datum.right ? 'left' : 'right'"},
                },
                "encoding": {
                    "x": {**x, "field": "at"},
                    "y": {"value": -6},
                    "text": {"field": "words", "type": "nominal"},
                },
            },
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1, "height": {"band": 0.7}},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "start"},
                    "x2": {"field": "end"},
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                },
            },
            *haloed(
                {
                    "data": {"values": bars},
                    "mark": {"type": "text", "align": "left", "dx": 7, "fontWeight": "bold"},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "words_at"},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }


def _weight_bars(reasons: pd.DataFrame, probability: float) -> list[Spec]:
    """Return the bars, each from where the one before ended, and the total from even odds."""
    bars: list[Spec] = []
    reached = 0.0
    for row in reasons.to_dict("records"):
        bits = float(row["bits"])
        if abs(bits) < _LEAST_BITS:
            continue
        words = [comparison_words(row["comparison"], row["level"])]
        words += _both(row["written_l"], row["written_r"])
        fill = PALE if not bars else SKY if bits > 0 else ORANGE
        bars.append(_weight_bar("\n".join(words), reached, reached + bits, bits_words(bits), fill))
        reached += bits
    together = ["Together", f"{in_hundred(probability)} that it is one person"]
    bars.append(_weight_bar("\n".join(together), 0.0, reached, bits_words(reached), PALE))
    return bars


def _weight_bar(row: str, start: float, end: float, words: str, fill: str) -> Spec:
    return {
        "row": row,
        "start": start,
        "end": end,
        "words": words,
        "words_at": max(start, end),
        "fill": fill,
    }


def _both(left: str, right: str) -> list[str]:
    """Return what two records write as lines, once where it is the same.

    >>> _both("Anna", "Anna"), _both("Anna", "Ann"), _both("", "")
    (['Anna'], ['Anna', 'Ann'], [])
    """
    texts = [left] if left == right else [left, right]
    return [line for text in texts if text for line in wrap(text, _WRITTEN_CHARACTERS)]
