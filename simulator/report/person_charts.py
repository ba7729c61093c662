"""One person's file as a picture: a mosaic with one tile a fact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from simulator.report.person_wording import MARKS, SENSITIVE, stated_words, tile_in_words
from simulator.report.style import INK, ORANGE, PURPLE, SKY, YELLOW, Spec, frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pandas as pd

FILLS: Mapping[str, str] = {
    "right": SKY,
    "outdated": ORANGE,
    "somebody_else": PURPLE,
    "garbled": YELLOW,
    "unknown": "#FFFFFF",
}

_LINE = 18
_ABOVE, _BELOW = 32, 34
"""Room in a tile for the name of the fact and for its status, in pixels."""
_CHARACTERS = {4: 26, 5: 20}
"""How many characters fit into a line of a tile, by the number of columns."""


@dataclass(frozen=True)
class Layout:
    """Where the tiles go: the same at every step, so that only what is learnt moves."""

    facts: tuple[str, ...]
    columns: int
    tile_height: int

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return math.ceil(len(self.facts) / self.columns)


def mosaic_layout(steps: Sequence[pd.DataFrame]) -> Layout:
    """Lay out the tiles of every fact that appears at any step.

    Parameters
    ----------
    steps : sequence of DataFrame
        The facts at each step, as `mosaic_chart` takes them.
    """
    facts = list(dict.fromkeys(fact for table in steps for fact in table["fact"]))
    columns = 5 if len(facts) in (9, 10) or len(facts) > 12 else 4  # the fewest empty places
    lines = [
        len(_lines(row, _CHARACTERS[columns]))
        for table in steps
        for row in table.to_dict("records")
    ]
    return Layout(tuple(facts), columns, _ABOVE + _BELOW + _LINE * max([2, *lines]))


def mosaic_chart(
    facts: pd.DataFrame,
    layout: Layout,
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
    text_size: int = 14,
) -> Spec:
    """Draw what a file states as one tile a fact: its status by colour, by symbol and by word.

    Parameters
    ----------
    facts : DataFrame
        Columns fact, label, sensitive, form, status, stated, true_value, is_new. A fact of the
        layout that is not here leaves its place empty.
    layout : Layout
    title, subtitle : str
        Above the picture; one of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    x, y = _axis(layout.columns), {**_axis(layout.rows)}
    y["scale"] = {**y["scale"], "reverse": True}

    def text(field: str, at_x: str, at_y: str, **mark: Any) -> Spec:
        return {
            "mark": {"type": "text", "baseline": at_y, "align": at_x, "lineBreak": "\n", **mark},
            "encoding": {
                "x": {**x, "field": at_x},
                "y": {**y, "field": at_y},
                "text": {"field": field, "type": "nominal"},
            },
        }

    def box(which: str, **mark: Any) -> Spec:
        return {
            "transform": [{"filter": which}],
            "mark": {"type": "rect", "stroke": INK, "cornerRadius": 4, "aria": True, **mark},
            "encoding": {
                "x": {**x, "field": "left"},
                "x2": {"field": "right"},
                "y": {**y, "field": "top"},
                "y2": {"field": "bottom"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
                "strokeWidth": {"field": "outline", "type": "quantitative", "scale": None},
                "description": {"field": "said", "type": "nominal"},
            },
        }

    return {
        **frame(width, layout.tile_height * layout.rows, text_size),
        "title": {"text": title, "subtitle": subtitle, "offset": 8},
        "data": {"values": [_tile(row, layout) for row in facts.to_dict("records")]},
        "layer": [
            box("datum.status === 'unknown'", strokeDash=[4, 4]),
            box("datum.status !== 'unknown'"),
            text("label", "left", "top", dx=9, dy=10, fontWeight="bold"),
            text("value", "left", "top", dx=9, dy=_ABOVE, lineHeight=_LINE),
            text(
                "symbol", "left", "bottom", dx=9, dy=-5, fontWeight="bold", fontSize=text_size + 7
            ),
            text("words", "left", "bottom", dx=34, dy=-8),
        ],
    }


def _axis(most: int) -> Spec:
    scale = {"domain": [0, most], "nice": False, "zero": False}
    return {"type": "quantitative", "scale": scale, "axis": None}


def _tile(row: Mapping[Any, Any], layout: Layout) -> Spec:
    place = layout.facts.index(row["fact"])
    column, line = place % layout.columns, place // layout.columns
    mark = MARKS[row["status"]]
    return {
        "fact": row["fact"],
        "left": column + 0.02,
        "right": column + 0.98,
        "top": line + 0.03,
        "bottom": line + 0.97,
        "label": f"{SENSITIVE} {row['label']}" if row["sensitive"] else row["label"],
        "value": "\n".join(_lines(row, _CHARACTERS[layout.columns])),
        "symbol": mark.symbol,
        "words": mark.word,
        "status": row["status"],
        "fill": FILLS[row["status"]],
        "outline": 4 if row["is_new"] else 1.5,
        "said": tile_in_words(row),
    }


def _lines(row: Mapping[Any, Any], characters: int) -> list[str]:
    """Return the lines of a tile: what is stated, and the truth where that is not right."""
    lines = _wrapped(stated_words(row["stated"], row["form"]), characters)
    if row["status"] not in ("right", "unknown"):
        lines += _wrapped(f"true: {row['true_value'] or 'none'}", characters)
    return lines


def _wrapped(text: str, characters: int) -> list[str]:
    """Break a text into lines; an e-mail address breaks before its @.

    >>> _wrapped("mary.boumentelst@mail.example.org", 20)
    ['mary.boumentelst', '@mail.example.org']
    """
    if len(text) > characters:
        text = text.replace("@", " @")
    return wrap(text, characters)
