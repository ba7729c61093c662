"""Published figures beside ours, as text for a terminal and as a page."""

from __future__ import annotations

from math import isnan
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

from simulator.report.table import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

_COLUMNS = (("result", 25), ("published", 22), ("ours", 21), ("we agree in", 12), ("verdict", 12))
_GAP = "  "
_LABELS = {"emerges": "emerging", "input": "put in", "consistency": "self-consistency"}

READING = (
    "emerging: nothing in the simulator is set to this figure. put in: a table the simulator is "
    "given; the row shows that it arrives. self-consistency: our people against a closed form from "
    "the same tables. seen: read in the source or its abstract; recalled: from memory; calculated: "
    "from tables; estimate: measured by nobody. A range is the one asked for, or three standard "
    "errors to either side where that is more. Verdicts in brackets are not tested and never fail "
    "the command. Beyond the tables put in, nothing in the simulator was set to meet a figure here."
)


def quantity(value: float, unit: str) -> str:
    """Write a figure in its unit; a dash where there is none.

    >>> quantity(0.638, "share"), quantity(0.0017, "share"), quantity(0.0006, "points")
    ('63.8 %', '0.17 %', '0.06 points')
    >>> quantity(121.0, "pairs"), quantity(float("nan"), "share"), quantity(-0.1, "power")
    ('121', '–', '−0.10')
    """
    if isnan(value):
        return "–"
    if unit == "power":
        return f"{value:.2f}".replace("-", "−")
    if unit == "share":
        return f"{100 * value:.{2 if 0 < value < 0.01 else 1}f} %"
    return f"{100 * value:.2f} points" if unit == "points" else f"{value:,.0f}"


def agreed_range(low: float, high: float, unit: str) -> str:
    """Write the range in which two figures agree.

    >>> agreed_range(0.61, 0.67, "share"), agreed_range(0.0, 0.01, "points")
    ('61.0–67.0 %', 'up to 1.00 points')
    >>> agreed_range(0.5, 1.0, "points"), agreed_range(-0.5, 0.0, "power")
    ('50.00 points or more', '−0.50 to 0.00')
    """
    if isnan(low):
        return "–"
    if unit == "points":
        return f"{quantity(low, unit)} or more" if low else f"up to {quantity(high, unit)}"
    if unit == "power":
        return f"{quantity(low, unit)} to {quantity(high, unit)}"
    return f"{quantity(low, unit).removesuffix(' %')}–{quantity(high, unit)}"


def validation_summary(table: pd.DataFrame) -> str:
    """Say in two or three sentences how many figures agree, and name those that do not.

    Parameters
    ----------
    table : DataFrame
        Columns as `validation_table` of the experiments gives them.
    """
    tested = table.loc[table["tested"]]
    failed = tested.loc[tested["verdict"] != "agrees"]
    untested = table.loc[~table["tested"]]
    known = untested.loc[untested["verdict"] == "does not agree"]
    kinds = [(label, int((tested["check"] == check).sum())) for check, label in _LABELS.items()]
    said = ", ".join(f"{count} {label}" for label, count in kinds if count)
    sentences = [
        f"Figures tested: {len(tested)} ({said}); of them {len(tested) - len(failed)} agree."
    ]
    if len(failed):
        sentences.append(f"Tested and do not agree: {_named(failed)}.")
    if len(known):
        sentences.append(f"Not tested, and do not agree: {_named(known)}; the table says why.")
    return " ".join(sentences)


def _named(rows: pd.DataFrame) -> str:
    return "; ".join(rows["result"])


def validation_text(table: pd.DataFrame, heading: str) -> str:
    """Write the table for a terminal of 100 columns, with its summary at the end."""
    parts = [fill(heading, WIDTH), "", _line([[name] for name, _ in _COLUMNS]), "═" * WIDTH]
    for section, rows in table.groupby("section", sort=False):
        parts += ["", str(section), "─" * WIDTH]
        for row in rows.to_dict("records"):
            parts.append(_line(_cells(row)))
            if row["why"]:
                parts.append(
                    fill(row["why"], WIDTH, initial_indent="    ", subsequent_indent="    ")
                )
    parts += ["═" * WIDTH, fill(READING, WIDTH), "", fill(validation_summary(table), WIDTH)]
    return "\n".join(parts)


def validation_page(
    table: pd.DataFrame, heading: str, command: str, pictures: Mapping[str, str] | None = None
) -> str:
    """Write the table as a page of Markdown, with its summary at the beginning.

    Parameters
    ----------
    table : DataFrame
    heading : str
        What was run.
    command : str
        What writes this page.
    pictures : mapping of section to str, optional
        Names of files beside the page, each shown below the table of its section.
    """
    parts = [
        "# Validation: published figures beside ours",
        f"`{command}` writes this page; edit nothing here. {heading}",
        f"**{validation_summary(table)}**",
        READING,
    ]
    for section, rows in table.groupby("section", sort=False):
        titles = [name for name, _ in _COLUMNS] + ["why"]
        lines = [f"## {section}\n", _markdown(titles), _markdown(["---"] * len(titles))]
        for row in rows.to_dict("records"):
            cells = ["<br>".join(parts) for parts in _cells(row)]
            lines.append(_markdown([*cells, row["why"]]))
        parts.append("\n".join(lines))
        if pictures and section in pictures:
            parts.append(f"![{section}, as a picture; all synthetic]({pictures[str(section)]})")
    return "\n\n".join(parts) + "\n"


def _cells(row: dict[Any, Any]) -> tuple[list[str], ...]:
    """Return result, published, ours, range and verdict, each in the parts of its cell."""
    unit = row["unit"]
    figure = row["figure"] or quantity(row["published"], unit)
    ours = [quantity(row["ours"], unit)]
    if not isnan(row["ours"]):
        ours.append(f"n {row['n']:,}")
    verdict = row["verdict"] if row["tested"] else f"({row['verdict']})"
    return (
        [row["result"], _LABELS[row["check"]]],
        [figure, f"{row['source']} ({row['mark']})"],
        [*ours, row["how"]] if row["how"] else ours,
        [agreed_range(row["low"], row["high"], unit)],
        [verdict],
    )


def _markdown(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _line(cells: Sequence[Sequence[str]]) -> str:
    """Write cells beside one another, each part of a cell wrapped to the width of its column."""
    widths = [width for _, width in _COLUMNS]
    columns = [
        [line for part in parts for line in _wrapped(part, width)]
        for parts, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return "\n".join(
        _GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    )


def _wrapped(text: str, width: int) -> list[str]:
    """Wrap text, never between a number and its unit."""
    kept = text.replace(" %", "\u00a0%")
    return [line.replace("\u00a0", " ") for line in wrap(kept, width)]
