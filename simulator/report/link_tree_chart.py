"""The links that hold a file together, as a tree from the record in its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.plane import Plane
from simulator.report.style import (
    BLUE,
    INK,
    ORANGE,
    Spec,
    frame,
    haloed,
    wrapped,
)
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

_ROW_HEIGHT = 92
_TEXT_SIZE = 15
_LABEL_CHARACTERS = 15
_LABEL_ROOM = 0.7
"""Room right of the deepest records for their labels, in steps of depth."""


def link_tree_chart(
    records: pd.DataFrame,
    links: pd.DataFrame,
    labels: Mapping[str, str],
    strangers: Collection[object],
    *,
    title: str,
    subtitle: str,
    width: int | None = None,
) -> Spec:
    """Draw each record as a point, its list beside it, and each link as a line, how sure upon it.

    A right link is a plain line, a wrong one a dashed one; the weakest is the thick one.

    Parameters
    ----------
    records, links : DataFrame
        As of `simulator.experiments.link_tree.LinkTree`.
    labels : mapping
        Source -> what the list is called.
    strangers : collection
        The record_ids that are about somebody else than the resident.
    title, subtitle : str
        Above the picture; one of them must say that everyone is synthetic.
    width : int, optional
        In pixels; by default as wide as its container.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    deepest, lowest = int(records["depth"].max()), int(records["row"].max())
    plane = Plane(-0.12, deepest + _LABEL_ROOM, -0.35, lowest + 0.7)
    points = _points(records, labels, strangers)
    lines = _lines(records, links)
    return {
        **frame(width, _ROW_HEIGHT * (lowest + 1), _TEXT_SIZE),
        "title": {"text": title, "subtitle": subtitle, "offset": 6},
        "layer": [
            plane.lines([line for line in lines if line["right"]], strokeWidth=2),
            plane.lines(
                [line for line in lines if not line["right"]], strokeWidth=2, strokeDash=[6, 4]
            ),
            plane.lines([line for line in lines if line["weakest"]], strokeWidth=7, opacity=0.45),
            plane.points([each for each in points if each["own"]], "circle", BLUE),
            plane.points([each for each in points if not each["own"]], "diamond", ORANGE),
            *haloed(plane.words([_upon(line) for line in lines], color=INK, dy=-12)),
            *haloed(
                plane.words(points, align="left", dx=-9, dy=22, lineBreak="\n", fontWeight="bold")
            ),
        ],
    }


def link_tree_in_words(
    records: pd.DataFrame, links: pd.DataFrame, labels: Mapping[str, str]
) -> str:
    """Describe the tree to those who cannot see it."""
    said = [
        f"{labels[row['source_l']]} and {labels[row['source_r']]}, "
        f"{in_hundred(row['match_probability'])} sure" + ("" if row["is_right"] else ", wrong")
        for row in links.to_dict("records")
    ]
    middle = labels[records["source"].iloc[0]]
    return (
        f"Synthetic records. In the middle: {middle}. Links, the weakest first: {'; '.join(said)}."
    )


def _points(
    records: pd.DataFrame, labels: Mapping[str, str], strangers: Collection[object]
) -> list[Spec]:
    points = []
    for row in records.loc[records["count"] > 0].reset_index().to_dict("records"):
        many = f" × {row['count']}" if row["count"] > 1 else ""
        own = row["record_id"] not in strangers
        whose = "" if own else "\n≠ somebody else"
        words = f"{wrapped(labels[row['source']], _LABEL_CHARACTERS)}{many}{whose}"
        points.append({"x": row["depth"], "y": row["row"], "words": words, "own": own})
    return points


def _lines(records: pd.DataFrame, links: pd.DataFrame) -> list[Spec]:
    """Return a line per link between places; of links between the same two, the weakest is told."""
    parent, lines = records["parent"].to_dict(), dict[tuple[int, ...], Spec]()
    for number, link in enumerate(links.to_dict("records")):
        one, other = link["record_id_l"], link["record_id_r"]
        child = one if parent[one] == other else other
        ends = records.loc[[parent[child], child], ["depth", "row"]].to_numpy()
        x, y, x2, y2 = (int(at) for at in ends.ravel())
        lines.setdefault(
            (x, y, x2, y2),
            {
                **dict(zip(("x", "y", "x2", "y2"), (x, y, x2, y2), strict=True)),
                "words": in_hundred(link["match_probability"]).replace("more than ", ">"),
                "right": bool(link["is_right"]),
                "weakest": number == 0,
            },
        )
    return list(lines.values())


def _upon(line: Spec) -> Spec:
    """Return where the words of a line stand: half way, on a slope beyond the name it leaves."""
    way = 1 / 2 if line["y"] == line["y2"] else 2 / 3
    return {
        "x": line["x"] + way * (line["x2"] - line["x"]),
        "y": line["y"] + way * (line["y2"] - line["y"]),
        "words": line["words"],
    }
