"""Bars as Vega-Lite specifications: figures and wording in, a plain dictionary out.

Shares come in between 0 and 1 and are drawn in 100 residents, on axes that never move. Every
picture says inside that it is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.style import (
    BLUE,
    CROWDED_ROWS,
    INK,
    LABEL_WIDTH_CHARACTERS,
    ORANGE,
    PALE,
    SCHEMA,
    Spec,
    config,
    in_hundred_axis,
    lines_height,
    row_axis,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.report.steps import Step
    from simulator.tables import Rate

_CROWDED_CHARACTERS = 26

# what belongs to a whole picture, not to a part
_WHOLE = ("$schema", "config", "autosize", "padding")

LABEL_ROOM = 40.0
"""Room right of 100 for the words at the end of a bar, in units of the axis."""


@dataclass(frozen=True)
class Bar:
    """One bar: its row, its figure, the words at its end and its fill."""

    row: str
    rate: Rate
    words: str
    fill: str
    lane: int = 0


def point(bar: Bar, characters: int = LABEL_WIDTH_CHARACTERS) -> Spec:
    """Return a figure as one row of a picture's table, its shares in 100."""
    rate = bar.rate
    return {
        "row": wrapped(bar.row, characters),
        "lane": bar.lane,
        "value": 100 * rate.value,
        "low": 100 * rate.low,
        "high": 100 * rate.high,
        "words_at": 100 * max(rate.value, rate.high),
        "words": f"{100 * rate.value:.0f} {bar.words}".strip(),
        "fill": bar.fill,
    }


def _defined(bars: Sequence[Bar]) -> list[Bar]:
    """Leave out figures that are not defined: NaN equals nothing, not even itself."""
    return [bar for bar in bars if bar.rate.value == bar.rate.value]


def bar_panel(
    bars: Sequence[Bar],
    *,
    rows: Sequence[str],
    title: str,
    axis_title: str,
    subtitle: str | Sequence[str] = "",
    row_labels: bool = True,
    row_height: int = 54,
    text_size: int = 15,
) -> Spec:
    """Draw one horizontal bar per figure with its interval and its words at its end.

    Parameters
    ----------
    bars : sequence of Bar
        Rows without a bar stay empty. Two bars of one row go into lanes 0 and 1.
    rows : sequence of str
        Every row of the picture, top to bottom, also those still empty. Many stand closer.
    row_labels : bool
        False leaves the labels out, for a panel that stands beside another.
    row_height, text_size : int
        In pixels.

    Returns
    -------
    dict
        A Vega-Lite specification as wide as its container.
    """
    lanes = sorted({0} | {bar.lane for bar in bars})
    characters = LABEL_WIDTH_CHARACTERS
    if len(rows) >= CROWDED_ROWS:
        characters, text_size = _CROWDED_CHARACTERS, text_size - 2
        row_height = lines_height(rows, characters, text_size)
    y = row_axis(list(rows), characters, labels=row_labels)
    middle: Spec = {"y": y}
    if len(lanes) > 1:
        middle["yOffset"] = {"field": "lane", "type": "nominal", "scale": {"domain": lanes}}
    x = in_hundred_axis(axis_title, LABEL_ROOM)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": row_height * len(rows),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 5, "right": 5, "top": 8, "bottom": 5},
        "title": {"text": title, "subtitle": subtitle, "offset": 10, "limit": 0},
        "config": config(text_size),
        "data": {"values": [point(bar, characters) for bar in _defined(bars)]},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "stroke": INK,
                    "strokeWidth": 1,
                    "height": {"band": 0.9 if len(lanes) > 1 else 0.6},
                },
                "encoding": {
                    **middle,
                    "x": {**x, "field": "value"},
                    "color": {"field": "fill", "type": "nominal", "scale": None},
                },
            },
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 3},
                "encoding": {**middle, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": text_size + 1},
                "encoding": {
                    **middle,
                    "x": {**x, "field": "words_at"},
                    "text": {"field": "words", "type": "nominal"},
                },
            },
        ],
    }


def story_panels(
    joined: Sequence[Step],
    *,
    rows: Sequence[str],
    wording: Mapping[str, str],
    text_size: int = 15,
) -> tuple[Spec, Spec]:
    """Draw the two halves of the story: who is re-identified, and what is known by name.

    Parameters
    ----------
    joined : sequence of Step
        The steps to draw, from step 1; of lists not yet joined nothing is handed over.
    rows : sequence of str
        Every row, top to bottom, also those still empty.
    wording : mapping
        ``named``, ``reidentified``, ``joined``, ``unjoined`` (words at the bars), ``left_title``,
        ``left_axis``, ``right_title``, ``right_axis``, ``synthetic``.

    Returns
    -------
    tuple of dict
        Left and right specification, with the same rows at the same heights.
    """
    left = [
        Bar(step.row, step.rates["named_share"], wording["named"], PALE)
        if step.number == 1
        else Bar(step.row, step.rates["reidentified_share"], wording["reidentified"], ORANGE)
        for step in joined
    ]
    right = [
        Bar(step.row, step.rates[metric], wording[words], fill, lane)
        for step in joined
        for lane, (metric, words, fill) in enumerate(
            (("exposure_share", "joined", BLUE), ("unjoined_share", "unjoined", PALE))
        )
    ]
    left_spec = bar_panel(
        left,
        rows=rows,
        title=wording["left_title"],
        axis_title=wording["left_axis"],
        subtitle=wording["synthetic"],
        text_size=text_size,
    )
    right_spec = bar_panel(
        right,
        rows=rows,
        title=wording["right_title"],
        axis_title=wording["right_axis"],
        subtitle=wording["synthetic"],
        row_labels=False,
        text_size=text_size,
    )
    return left_spec, right_spec


def story_chart(
    joined: Sequence[Step],
    *,
    rows: Sequence[str],
    wording: Mapping[str, str],
    title: str,
    footer: str,
) -> Spec:
    """Draw both halves of the story as one picture of fixed width, for export.

    `title` and `footer` stand above the picture; the other parameters are those of
    `story_panels`.
    """
    halves = []
    for panel in story_panels(joined, rows=rows, wording=wording):
        bare = {key: value for key, value in panel.items() if key not in _WHOLE}
        halves.append(bare | {"width": 440, "title": {**panel["title"], "subtitle": ""}})
    return {
        "$schema": SCHEMA,
        "config": config(15),
        "padding": 24,
        "title": {"text": title, "subtitle": footer, "offset": 18, "fontSize": 20},
        "spacing": 36,
        "hconcat": halves,
    }
