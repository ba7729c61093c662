"""The measurements as a page of tables."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.measurement import Measurement

INTRODUCTION = """\
# Linkage: speed and accuracy, side by side

Written by `make bench`. The records are those of `scenarios/town.yaml`, four lists with their
errors, about so many invented people, residents and outsiders together. All get the same records,
the same blocking rules and the same levels of agreement. *vectorised*, *recordlinkage* and *splink*
are Mosaic's engines: they differ in who joins and compares the pairs, and the same Fellegi–Sunter
model weighs what they bring. *Splink, …* is Splink as its own users run it, with its own training.
The truth is used for the accuracy below and nowhere else.
"""

SPEED = """\
Times are medians of the runs, imports and reading not counted, and compiled code at hand. *Joining
and comparing* is the part that an engine does itself; the rest (putting the columns into one form,
training, weighing) is common to Mosaic's engines. CPU counts all threads. Peak memory is that of
the whole process with its libraries.
"""

RATIOS = """\
How many times longer than vectorised, and how many times its memory:
"""

GROWTH = """\
How many times longer with ten times the people:
"""

ACCURACY = """\
Over pairs of records. A pair that blocking never brought counts as missed. The best threshold is
the one with the largest F1, known only to who knows the truth.
"""


def as_markdown(found: Sequence[Measurement], machine: Mapping[str, str]) -> str:
    """Return the page."""
    parts = [
        INTRODUCTION,
        "\n".join(f"- {what}: {value}" for what, value in machine.items()) + "\n",
        "## Speed\n",
        SPEED,
        _speed(found),
        "## Ratio\n",
        RATIOS,
        _ratios(found),
        "## Growth\n",
        GROWTH,
        _growth(found),
        "## Accuracy\n",
        ACCURACY,
        _accuracy(found),
    ]
    return "\n".join(parts)


def _speed(found: Sequence[Measurement]) -> str:
    head = (
        *("people", "linked by", "records", "candidate pairs", "runs", "wall, s"),
        *("joining and comparing, s", "CPU, s", "peak, MiB"),
    )
    return _table(
        head,
        (
            (
                *(f"{m.people:,}", m.linker, f"{m.records:,}", _told(m.pairs, ",")),
                *(str(m.runs), f"{m.wall_seconds:.2f}", _told(m.engine_seconds, ".2f")),
                *(f"{m.cpu_seconds:.2f}", f"{m.peak_mib:,.0f}"),
            )
            for m in found
        ),
    )


def _ratios(found: Sequence[Measurement]) -> str:
    head = ("people", "linked by", "linking, wall", "joining and comparing, wall", "peak")
    rows = (
        (
            *(f"{slow.people:,}", slow.linker, f"{slow.wall_seconds / fast.wall_seconds:.1f}"),
            _told(_ratio(slow.engine_seconds, fast.engine_seconds), ".1f"),
            f"{slow.peak_mib / fast.peak_mib:.1f}",
        )
        for fast, *others in zip(*_by_linker(found).values(), strict=True)
        for slow in others
    )
    return _table(head, rows)


def _ratio(slow: float | None, fast: float | None) -> float | None:
    return None if slow is None or not fast else slow / fast


def _growth(found: Sequence[Measurement]) -> str:
    by_linker = _by_linker(found)
    sizes = dict.fromkeys(m.people for m in found)
    steps = [f"{a:,} to {b:,}" for a, b in pairwise(sizes)]
    rows = (
        (linker, *(f"{b.wall_seconds / a.wall_seconds:.1f}" for a, b in pairwise(measured)))
        for linker, measured in by_linker.items()
    )
    return _table(("linked by", *steps), rows)


def _accuracy(found: Sequence[Measurement]) -> str:
    default = found[0].threshold if found else 0.0
    head = (
        *("people", "linked by"),
        *(f"{what} at {default:g}" for what in ("precision", "recall", "F1")),
        *("best threshold", "precision there", "recall there", "F1 there"),
        *("cluster pair precision", "cluster pair recall"),
    )
    return _table(
        head,
        (
            (
                *(f"{m.people:,}", m.linker),
                *(f"{rate:.4f}" for rate in (m.precision, m.recall, m.f1)),
                f"{m.best_threshold:.3f}",
                *(f"{rate:.4f}" for rate in (m.best_precision, m.best_recall, m.best_f1)),
                *(f"{rate:.4f}" for rate in (m.cluster_precision, m.cluster_recall)),
            )
            for m in found
        ),
    )


def _by_linker(found: Sequence[Measurement]) -> dict[str, list[Measurement]]:
    linkers = dict.fromkeys(m.linker for m in found)
    return {linker: [m for m in found if m.linker == linker] for linker in linkers}


def _told(figure: float | None, form: str) -> str:
    return "–" if figure is None else format(figure, form)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
