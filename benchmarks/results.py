"""The measurements as a page of tables."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.measurement import Measurement

INTRODUCTION = """\
# Linkage: speed and accuracy, side by side

Written by `make bench`. The records are those of `scenarios/town.yaml`, four lists with their
errors, about so many invented people, residents and outsiders together. Both engines get the same
records, the same blocking rules and the same levels of agreement, and the same Fellegi–Sunter model
weighs what they bring; they differ in who joins and compares the pairs. The truth is used for the
accuracy below and nowhere else.
"""

SPEED = """\
Times are medians of the runs, imports and reading not counted. *Joining and comparing* is the part
that the engines do themselves; the rest (putting the columns into one form, training, weighing) is
common to both. CPU counts all threads. Peak memory is that of the whole process with its libraries.
"""

RATIOS = """\
How many times longer recordlinkage takes than vectorised:
"""

GROWTH = """\
The exponent b if the time grows as people to the power b (1: ten times the people, ten times the
time):
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
        *("people", "engine", "records", "candidate pairs", "runs", "wall, s"),
        *("joining and comparing, s", "CPU, s", "peak, MiB"),
    )
    return _table(
        head,
        (
            (
                *(f"{m.people:,}", m.engine, f"{m.records:,}", f"{m.pairs:,}", str(m.runs)),
                *(f"{m.wall_seconds:.2f}", f"{m.engine_seconds:.2f}", f"{m.cpu_seconds:.2f}"),
                f"{m.peak_mib:,.0f}",
            )
            for m in found
        ),
    )


def _ratios(found: Sequence[Measurement]) -> str:
    by_engine = _by_engine(found)
    rows = (
        (
            f"{slow.people:,}",
            f"{slow.wall_seconds / fast.wall_seconds:.1f}",
            f"{slow.engine_seconds / fast.engine_seconds:.1f}",
            f"{slow.cpu_seconds / fast.cpu_seconds:.1f}",
        )
        for fast, slow in zip(by_engine["vectorised"], by_engine["recordlinkage"], strict=True)
    )
    return _table(("people", "linking, wall", "joining and comparing, wall", "linking, CPU"), rows)


def _growth(found: Sequence[Measurement]) -> str:
    by_engine = _by_engine(found)
    sizes = [m.people for m in by_engine["vectorised"]]
    steps = [f"{a:,} to {b:,}" for a, b in pairwise(sizes)]
    rows = (
        (engine, *(f"{_exponent(a, b):.2f}" for a, b in pairwise(measured)))
        for engine, measured in by_engine.items()
    )
    return _table(("engine", *steps), rows)


def _exponent(smaller: Measurement, larger: Measurement) -> float:
    return math.log(larger.wall_seconds / smaller.wall_seconds) / math.log(
        larger.people / smaller.people
    )


def _accuracy(found: Sequence[Measurement]) -> str:
    default = found[0].threshold if found else 0.0
    head = (
        *("people", "engine"),
        *(f"{what} at {default:g}" for what in ("precision", "recall", "F1")),
        *("best threshold", "precision there", "recall there", "F1 there"),
        *("cluster pair precision", "cluster pair recall"),
    )
    return _table(
        head,
        (
            (
                *(f"{m.people:,}", m.engine),
                *(f"{rate:.4f}" for rate in (m.precision, m.recall, m.f1)),
                f"{m.best_threshold:.3f}",
                *(f"{rate:.4f}" for rate in (m.best_precision, m.best_recall, m.best_f1)),
                *(f"{rate:.4f}" for rate in (m.cluster_precision, m.cluster_recall)),
            )
            for m in found
        ),
    )


def _by_engine(found: Sequence[Measurement]) -> dict[str, list[Measurement]]:
    engines = dict.fromkeys(m.engine for m in found)
    return {engine: [m for m in found if m.engine == engine] for engine in engines}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
