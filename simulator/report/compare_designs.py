"""What a comparison compares: the towns, the designs, and how much the adversary holds in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.compare_figures import Taken, is_over_towns, only_design, taken
from simulator.report.wording import counted

if TYPE_CHECKING:
    from simulator.tables import Comparison


def heading(comparison: Comparison) -> str:
    """Say what was compared."""
    base = comparison.base
    people = base.population.residents_count
    beside = "another scenario"
    if comparison.overlaid:
        beside = counted(len(comparison.policies), "policy", "policies")
    seeds = counted(len(comparison.seeds), "town", "towns")
    return (
        f"{base.title}: {beside} beside it · {people:,} residents, all invented · {seeds}, seed "
        f"{base.seed}{' and after' if is_over_towns(comparison) else ''}"
    )


def designs_in_words(comparison: Comparison) -> list[str]:
    """Say what each design is, and of one alone how much the adversary holds less of.

    Of several policies, those are left out of which nothing is said.
    """
    labels, abouts = comparison.labels, comparison.abouts
    name = only_design(comparison)
    if name is None:
        return [f"{labels[policy]}. {about}" for policy, about in abouts.items() if about]
    if not comparison.overlaid:
        held = amount(taken(comparison)[name], "B's adversary", "A's")
        return [f"A: {comparison.base.title}", f"B: {labels[name]}", held]
    said = f"With: {labels[name]}. {abouts.get(name, '')}".rstrip(" .")
    return [f"{said}.", amount(taken(comparison)[name], "The adversary", "before")]


def amount(less: Taken, who: str, than: str) -> str:
    """Say how much less an adversary holds, or how much more.

    >>> amount(Taken(0.2, 0.013), "It", "before")
    'It holds 20.0 in 100 records fewer than before, and of the rest 1.3 in 100 cells fewer.'
    >>> amount(Taken(-27.05, 0.0), "B's adversary", "A's")
    "B's adversary holds 28.1 times as many records as A's."
    >>> amount(Taken(0.0, 0.0), "The adversary", "before")
    'The adversary holds as many records as before.'
    """
    if less.records > 0:
        said = f"{who} holds {100 * less.records:.1f} in 100 records fewer than {than}"
    elif less.records < 0:
        said = f"{who} holds {_times(1 - less.records)} as many records as {than}"
    else:
        said = f"{who} holds as many records as {than}"
    if less.cells > 0:
        said += f", and of the rest {100 * less.cells:.1f} in 100 cells fewer"
    return f"{said}."


def _times(factor: float) -> str:
    """Write a factor above 1 so that a little more is not none.

    >>> _times(28.05), _times(1.043)
    ('28.1 times', '1.04 times')
    """
    return f"{factor:.1f} times" if factor >= 2 else f"{factor:.2f} times"
