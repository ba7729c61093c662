"""Who knows what: lists against facts, and beside them what is owed to each list.

Everything stands on one plane, a unit wide per fact and a unit high per list, so that a row is one
list from its name to its share.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.attribution_figures import exact, points, ranked_shares
from simulator.report.attribution_wording import headline
from simulator.report.person_wording import SENSITIVE
from simulator.report.plane import Plane
from simulator.report.style import (
    BLUE,
    GRID,
    INK,
    ORANGE,
    PALE,
    SKY,
    Spec,
    frame,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from simulator.experiments.attribution_tables import Attribution

EXPORT_WIDTH = 1100
_CROWDED_ROWS = 8
_NAMES_UNITS = 5.4
"""Room for the names of the lists, left of the facts."""
_SHARES_UNITS, _WORDS_UNITS, _LEFT_UNITS, _GAP = 2.9, 1.5, 1.6, 0.5
"""Room right of the facts: bars, the words at their ends, what is left without the list."""
_HEADER = 152
"""Height of the names of the facts, in pixels; they stand upright."""
_NAME_CHARACTERS, _FACT_CHARACTERS = 24, 18
_LINE = 16
"""Height of a line of text, in pixels."""
_UPRIGHT_LINE = 0.4
"""The same for text that stands upright, in units."""


def who_knows_what_chart(
    holdings: pd.DataFrame,
    rows: Sequence[str],
    shares: Mapping[str, Mapping[str, float]] | None,
    *,
    title: str,
    subtitle: Sequence[str],
    width: int | None = None,
) -> Spec:
    """Draw for every list and fact of how many residents the list states it rightly.

    Parameters
    ----------
    holdings : DataFrame
        ``player``, ``fact``, ``label``, ``sensitive``, ``metric`` (right_share, named_share,
        coarse_share) and ``value`` (0 to 1; NaN where there are too few residents).
    rows : sequence of str
        The lists, top to bottom.
    shares : mapping, optional
        List -> ``value``, ``low``, ``high`` (its share of what is known, NaN ends without an
        interval) and ``left`` (what is known without it), all 0 to 1. None: nothing beside it.
    title, subtitle : str
        Above the picture; one of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    facts = holdings.drop_duplicates("fact")[["fact", "label", "sensitive"]].to_dict("records")
    row_height, text_size = (42, 14) if len(rows) <= _CROWDED_ROWS else (30, 13)
    beside = 0.0 if shares is None else _GAP + _SHARES_UNITS + _WORDS_UNITS + _LEFT_UNITS
    plane = Plane(-_NAMES_UNITS, len(facts) + beside, -_HEADER / row_height, len(rows))
    layers = [
        plane.boxes(_cells(holdings, rows, facts), "ground", PALE, stroke=GRID),
        plane.boxes(_bars(holdings, rows, facts, "right_share"), "bar", SKY, stroke=INK),
        plane.boxes(_bars(holdings, rows, facts, "named_share"), "bar", BLUE, stroke=INK),
        plane.words(_cells(holdings, rows, facts), align="center"),
        plane.words(
            [
                {"x": -0.15, "y": row + 0.5 + shift * _LINE / row_height, "words": line}
                for row, name in enumerate(rows)
                for shift, line in _lines(name, _NAME_CHARACTERS)
            ],
            align="right",
        ),
        plane.words(
            [
                {"x": at + 0.5 + shift * _UPRIGHT_LINE, "y": -0.12, "words": line}
                for at, fact in enumerate(facts)
                for shift, line in _lines(_fact_words(fact), _FACT_CHARACTERS)
            ],
            align="left",
            angle=270,
        ),
    ]
    if shares is not None:
        layers += _share_layers(plane, rows, shares, len(facts) + _GAP, _LINE / row_height)
    return {
        **frame(width, _HEADER + row_height * len(rows), text_size),
        "title": {"text": title, "subtitle": list(subtitle), "offset": 8, "frame": "bounds"},
        "layer": layers,
    }


def attribution_picture(
    found: Attribution, holdings: pd.DataFrame, rows: Sequence[str] | None = None
) -> Spec:
    """Return the picture as a file of its own.

    `rows` are the lists from top to bottom; by default the greatest share first.
    """
    scenario = found.scenario
    origin = (
        f"Synthetic: {scenario.population.residents_count:,} invented residents of "
        f"{scenario.title}. Seed {found.seed}, scenario {found.scenario_hash}."
    )
    return who_knows_what_chart(
        holdings,
        [row["player"] for row in ranked_shares(found)] if rows is None else rows,
        shares_of(found),
        title=headline(found),
        subtitle=[origin, *explained(has_shares=True)],
        width=EXPORT_WIDTH,
    )


def explained(*, has_shares: bool) -> tuple[str, str]:
    """Say how to read the numbers of the picture, and its marks."""
    lines = " Thin lines: 95 % intervals." if has_shares else ""
    return (
        "Numbers: of 100 residents of whom the fact is true, of how many the list states it "
        "rightly.",
        "Dark: in a record with their name; pale: without. –: fewer than 20 residents. ▲: "
        f"sensitive.{lines}",
    )


def shares_of(found: Attribution) -> dict[str, dict[str, float]]:
    """Return what the picture shows of each list beside its facts."""
    table = found.attribution
    owed = table.loc[table["metric"] == "exposure_share"].set_index("player")
    removed = found.removals
    singles = removed.loc[
        (removed["removed_count"] == 1) & (removed["metric"] == "exposure_share")
    ].set_index("first")
    return {
        name: {
            "value": float(owed.loc[name, "value"]),
            "low": float(owed.loc[name, "low"]),
            "high": float(owed.loc[name, "high"]),
            "left": float(singles.loc[name, "left"]),
        }
        for name in owed.index
    }


def _fact_words(fact: Mapping[Any, Any]) -> str:
    return f"{SENSITIVE} {fact['label']}" if fact["sensitive"] else str(fact["label"])


def _lines(label: str, characters: int) -> list[tuple[float, str]]:
    """Break a label into lines, each with how many lines it stands from the middle.

    >>> _lines("Social media account", 18)
    [(-0.5, 'Social media'), (0.5, 'account')]
    """
    lines = wrapped(label, characters).split("\n")
    return [(place - (len(lines) - 1) / 2, line) for place, line in enumerate(lines)]


def _values(holdings: pd.DataFrame, metric: str) -> dict[tuple[Any, Any], float]:
    rows = holdings.loc[holdings["metric"] == metric]
    keys = zip(rows["player"], rows["fact"], strict=True)
    return dict(zip(keys, rows["value"].astype(float), strict=True))


def _cells(
    holdings: pd.DataFrame, rows: Sequence[str], facts: Sequence[Mapping[Any, Any]]
) -> list[Spec]:
    right, coarse = (_values(holdings, metric) for metric in ("right_share", "coarse_share"))
    return [
        {
            "ground": [at + 0.04, at + 0.96, row + 0.04, row + 0.96],
            "x": at + 0.5,
            "y": row + 0.36,
            "words": _cell_words(right[name, fact["fact"]], coarse[name, fact["fact"]]),
        }
        for row, name in enumerate(rows)
        for at, fact in enumerate(facts)
    ]


def _cell_words(right: float, coarse: float) -> str:
    """Say what a cell says.

    >>> _cell_words(0.62, 0.1), _cell_words(0.002, 0.0), _cell_words(0.0, 0.4), _cell_words(0, 0)
    ('62', '<1', 'part', '')
    >>> _cell_words(math.nan, math.nan)
    '–'
    """
    if math.isnan(right):
        return "–"
    if right > 0:
        return f"{100 * right:.0f}" if right >= 0.005 else "<1"
    return "part" if coarse > 0 else ""


def _bars(
    holdings: pd.DataFrame,
    rows: Sequence[str],
    facts: Sequence[Mapping[Any, Any]],
    metric: str,
) -> list[Spec]:
    values = _values(holdings, metric)
    return [
        {"bar": [at + 0.1, at + 0.1 + 0.8 * value, row + 0.68, row + 0.9]}
        for row, name in enumerate(rows)
        for at, fact in enumerate(facts)
        if (value := values[name, fact["fact"]]) > 0
    ]


def _share_layers(
    plane: Plane,
    rows: Sequence[str],
    shares: Mapping[str, Mapping[str, float]],
    start: float,
    line: float,
) -> list[Spec]:
    """Draw the bars of the shares, their intervals, and what is left without each list."""
    chosen = [shares[name] for name in rows]
    ends = [
        end for share in chosen for end in (share["value"], share["low"], share["high"])
        if not math.isnan(end)
    ]  # fmt: skip
    low, high = min(0.0, *ends), max(0.0001, *ends)

    def place(value: float) -> float:
        return start + _SHARES_UNITS * (value - low) / (high - low)

    at_left = start + _SHARES_UNITS + _WORDS_UNITS + _LEFT_UNITS / 2
    bars, intervals, words, left = [], [], [], []
    for row, share in enumerate(chosen):
        zero, end = place(0.0), place(share["value"])
        bars.append({"bar": [min(zero, end), max(zero, end), row + 0.22, row + 0.78]})
        edge = max(zero, end)
        if not math.isnan(share["low"]):
            edge = max(zero, place(share["high"]))
            intervals.append(
                {"x": place(share["low"]), "x2": edge, "y": row + 0.5, "y2": row + 0.5}
            )
        words.append({"x": edge + 0.15, "y": row + 0.5, "words": exact(share["value"])})
        left.append({"x": at_left, "y": row + 0.5, "words": exact(share["left"])})
    whole = sum(share["value"] for share in chosen)
    headings = [
        {"x": x, "y": -0.2 + (place - len(lines) + 0.5) * line, "words": words}
        for x, lines in (
            (start, ["Owed to it,", f"of the {points(whole)}", "in 100 facts", "known"]),
            (at_left - 0.8, ["Left", "without", "it"]),
        )
        for place, words in enumerate(lines)
    ]
    axis = {"x": place(0.0), "x2": place(0.0), "y": 0.0, "y2": float(len(rows))}
    return [
        plane.boxes(bars, "bar", ORANGE, stroke=INK),
        plane.lines([axis], strokeWidth=1),
        plane.lines(intervals, strokeWidth=2.5),
        plane.words(words, align="left"),
        plane.words(left, align="center", fontWeight="bold"),
        plane.words(headings, align="left"),
    ]
