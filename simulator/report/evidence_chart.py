"""What linkage has learnt to go by, as a picture: how strongly each agreement speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.certainty_table import evidence_rows
from simulator.report.style import (
    INK,
    ORANGE,
    SKY,
    Spec,
    frame,
    haloed,
    row_axis,
)

if TYPE_CHECKING:
    import pandas as pd

_CHARACTERS = 44
_ROW = 24
_ROOM = 0.8
"""Beside the bars, for what is said of them, as a part of their span."""


def evidence_chart(
    table: pd.DataFrame,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    text_size: int = 14,
) -> Spec:
    """Draw a bar for each level of agreement: to the right for one person, to the left for two.

    Parameters
    ----------
    table : DataFrame
        Columns as of `simulator.linkage.evidence.level_shares`, in bits and shares (0 to 1).
    title, subtitle : str
        Above the picture, the latter maybe of several lines; one of them must say that everyone is
        synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    words = evidence_rows(table)
    bars = [
        {
            "row": said,
            "bits": bits,
            "fill": SKY if bits >= 0 else ORANGE,
            "words": f"{weight} · {one}, against {two}",
            "words_at": max(bits, 0.0),
        }
        for (said, one, two, weight), bits in zip(words, table["bits"], strict=True)
    ]
    least, most = min([0.0, *table["bits"]]), max([0.0, *table["bits"]])
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [least - 0.5, most + _ROOM * (most - least)], "nice": False},
        "axis": {
            "title": "bits · how often it is seen about one person, against about two",
            "orient": "top",
            "tickMinStep": 1,
            "values": list(range(-10, 21, 5)),
            "domain": False,
        },
    }
    y = row_axis([bar["row"] for bar in bars], _CHARACTERS, labelLimit=0)
    return {
        **frame(width, _ROW * len(bars), text_size),
        "title": {
            "text": title,
            "subtitle": subtitle.splitlines(),
            "offset": 12,
            "frame": "bounds",
        },
        "data": {"values": bars},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1, "height": {"band": 0.8}},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "bits"},
                    "x2": {"datum": 0},
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                },
            },
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
                "encoding": {"x": {**x, "datum": 0}},
            },
            *haloed(
                {
                    "mark": {"type": "text", "align": "left", "dx": 6},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "words_at"},
                        "text": {"field": "words", "type": "nominal"},
                    },
                }
            ),
        ],
    }
