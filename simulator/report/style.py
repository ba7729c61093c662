"""How every picture looks: colours told apart by colour-blind readers, dark text, named fonts.

Colours: Okabe and Ito (2008), "Color Universal Design". Pale fills get a dark outline, so that no
shape is told by colour alone.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Spec: TypeAlias = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "DejaVu Sans, Verdana, sans-serif"
INK = "#222"
GRID = "#d9d9d9"

BLUE = "#0072B2"
SKY = "#56B4E9"
ORANGE = "#E69F00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
PALE = "#F2F2F2"

LABEL_WIDTH_CHARACTERS = 19
"""Row labels are wrapped at this width, so that none is ever cut."""

CROWDED_ROWS = 9
"""From this many rows on, a picture sets them closer and its labels wider."""


def config(text_size: int) -> Spec:
    """Return the Vega-Lite configuration shared by every picture; `text_size` in pixels."""
    return {
        "font": FONT,
        "mark": {"aria": False},  # whoever shows the picture describes it in words
        "background": "#FFFFFF",
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "titleFont": FONT,
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": text_size,
            "titleFontSize": text_size,
            "titleFontWeight": "normal",
            "labelOverlap": False,
            "labelFlush": False,
            "labelLimit": 0,
            "titleLimit": 0,
            "domainColor": INK,
            "tickColor": INK,
            "gridColor": GRID,
        },
        "title": {
            "color": INK,
            "subtitleColor": INK,
            "fontSize": text_size + 2,
            "subtitleFontSize": text_size - 1,
            "anchor": "start",
            "frame": "group",
            "limit": 0,
        },
        "text": {"color": INK, "fontSize": text_size},
    }


def frame(width: int | None, height: float, text_size: int) -> Spec:
    """Return what every picture in one part is set in: its size, the room around it, its look.

    Parameters
    ----------
    width : int, optional
        In pixels; None makes it as wide as its container.
    height, text_size : float, int
        In pixels.
    """
    return {
        "$schema": SCHEMA,
        "width": "container" if width is None else width,
        "height": height,
        "autosize": {"type": "fit-x" if width is None else "pad", "contains": "padding"},
        "padding": padding(width),
        "config": config(text_size),
    }


def padding(width: int | None) -> Spec:
    """Return the room around a picture: little on a page, more (`width` given) in a file."""
    return dict.fromkeys(("left", "right", "top", "bottom"), 5 if width is None else 24)


def haloed(layer: Spec) -> list[Spec]:
    """Return a layer of text twice, first white and wide, so that no line behind it shows."""
    halo = {**layer["mark"], "stroke": "#FFFFFF", "strokeWidth": 5, "strokeJoin": "round"}
    return [{**layer, "mark": halo}, layer]


def row_axis(rows: list[str], characters: int = LABEL_WIDTH_CHARACTERS, **axis: Any) -> Spec:
    """Return a y encoding with one row per label, in the order given, long labels wrapped."""
    return {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": [wrapped(row, characters) for row in rows], "padding": 0.15},
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "labelExpr": "split(datum.label, '\\n')",
            "labelPadding": 10,
            **axis,
        },
    }


def lines_height(rows: Sequence[str], characters: int, text_size: int) -> int:
    """Return the room that the longest of the labels needs once it is wrapped, in pixels.

    >>> lines_height(["Voter roll", "Loyalty cards and store credit"], 19, 15)
    42
    """
    lines = max(wrapped(row, characters).count("\n") + 1 for row in rows)
    return lines * (text_size + 3) + 6


def wrapped(label: str, characters: int = LABEL_WIDTH_CHARACTERS) -> str:
    r"""Break a row label into lines.

    >>> wrapped("2. + Loyalty cards and store credit")
    '2. + Loyalty cards\nand store credit'
    """
    return "\n".join(wrap(label, characters, break_on_hyphens=False))


def in_hundred_axis(title: str | None, room: float) -> Spec:
    """Return an x encoding fixed at 0 to 100, with `room` beyond 100 for labels at bar ends."""
    return {
        "type": "quantitative",
        "scale": {"domain": [0, 100 + room], "nice": False},
        "axis": {
            "title": title,
            "values": [0, 25, 50, 75, 100],
            "titleAnchor": "start",
            "domain": False,
        },
    }
