"""One person as text for a terminal of 100 columns: the file list by list, and the reasons."""

from __future__ import annotations

from textwrap import fill, wrap
from typing import TYPE_CHECKING

from simulator.report.link_wording import bits_words, comparison_words
from simulator.report.person_wording import MARKS, SENSITIVE, stated_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

WIDTH = 100
_LABEL_WIDTH = 22
_STATED_WIDTH = 34
_WRITTEN_WIDTH = 28


def record_lines(about: Sequence[str], fields: Mapping[str, str]) -> str:
    """Write one record: what it is, and what it says.

    Parameters
    ----------
    about : sequence of str
        Its list, whose it is, whether it carries the name.
    fields : mapping
        Column as shown -> what it says.

    Examples
    --------
    >>> print(record_lines(["Utility bills", "about them"], {"First name": "Ann", "Phone": "555"}))
      Utility bills · about them
          First name: Ann · Phone: 555
    """
    said = " · ".join(f"{name}: {value}" for name, value in fields.items())
    body = fill(said, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return f"  {' · '.join(about)}\n{body}"


def facts_table(facts: pd.DataFrame, *, only_new: bool = False) -> str:
    """Write the facts of a file: status by symbol and word, the truth where it is not right.

    Parameters
    ----------
    facts : DataFrame
        Columns label, sensitive, form, status, stated, true_value, is_new.
    only_new : bool
        Leave out what was known before, and what is not known.
    """
    lines = []
    for row in facts.to_dict("records"):
        if only_new and not row["is_new"]:
            continue
        mark = MARKS[row["status"]]
        label = f"{SENSITIVE} {row['label']}" if row["sensitive"] else row["label"]
        stated = stated_words(row["stated"], row["form"]) or "–"
        truth = "" if row["status"] == "right" else f"  true: {row['true_value'] or 'none'}"
        line = f"  {mark.symbol} {mark.word:<15} {label:<{_LABEL_WIDTH}} {stated:<{_STATED_WIDTH}}"
        lines.append(f"{line.rstrip() if not truth else line}{truth}")
    return "\n".join(part for line in lines for part in _folded(line))


def reasons_table(reasons: pd.DataFrame, left: str, right: str) -> str:
    """Write what each comparison says of a link, in bits, down to their sum.

    Parameters
    ----------
    reasons : DataFrame
        In order: comparison, level, written_l, written_r, bits.
    left, right : str
        The names of the two lists.
    """
    rule = "  " + "─" * (WIDTH - 2)
    lines = [_reason_line("compared", left, right, "bits"), rule]
    for row in reasons.to_dict("records"):
        compared = comparison_words(row["comparison"], row["level"])
        bits = bits_words(row["bits"])
        lines.append(_reason_line(compared, row["written_l"], row["written_r"], bits))
    total = bits_words(reasons["bits"].sum())
    return "\n".join([*lines, rule, _reason_line("together", "", "", total)])


def _reason_line(compared: str, left: str, right: str, bits: str) -> str:
    cells = [wrap(compared, 30) or [""], wrap(left, _WRITTEN_WIDTH), wrap(right, _WRITTEN_WIDTH)]
    height = max(len(cell) for cell in cells)
    columns = [[*cell, *[""] * (height - len(cell))] for cell in cells]
    lines = [
        f"  {name:<31}{one:<{_WRITTEN_WIDTH + 1}}{other:<{_WRITTEN_WIDTH + 1}}"
        for name, one, other in zip(*columns, strict=True)
    ]
    lines[0] += f"{bits:>6}"
    return "\n".join(line.rstrip() for line in lines)


def _folded(line: str) -> list[str]:
    """Break a line that is too long before its last part."""
    if len(line) <= WIDTH:
        return [line]
    start, _, truth = line.partition("  true: ")
    return [start.rstrip(), f"{'':<43}true: {truth}"]
