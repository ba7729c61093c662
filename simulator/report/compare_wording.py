"""What a comparison found, in sentences: falls, rises, or cannot be told from nothing."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, TypeAlias

from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    NAMES,
    WORSE,
    Change,
    Figure,
    changes,
    digits_of,
    is_over_towns,
    signed,
    takes_nothing,
)
from simulator.report.wording import CAVEAT, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.tables import Comparison

Verdict: TypeAlias = Literal["nothing", "null", "falls", "rises"]

FEWEST_TOWNS = 20
"""Fewer towns drawn anew make no headline."""


def verdict(change: Change) -> Verdict:
    """Tell which way a change goes; one whose interval holds 0 goes neither way.

    >>> verdict(Change(0.5, 0.4, -0.1, -0.11, -0.09, 20)), verdict(Change(0, 0, 0, 0, 0, 20))
    ('falls', 'nothing')
    >>> verdict(Change(0.5, 0.51, 0.01, -0.01, 0.03, 20))
    'null'
    """
    if change.is_nothing:
        return "nothing"
    if change.high < 0:
        return "falls"
    return "rises" if change.low > 0 else "null"


def findings(comparison: Comparison) -> list[str]:
    """Return what was found of each policy, a paragraph each, in the order of the policies."""
    known = changes(comparison)
    nothing = takes_nothing(comparison)
    return [
        finding(comparison.labels[name], name, known, has_placebo=not nothing[name])
        for name in comparison.policies
    ]


def finding(label: str, name: str, known: Mapping[Figure, Change], *, has_placebo: bool) -> str:
    """Say what one policy does to exposure, beside chance, and whom it harms.

    Parameters
    ----------
    label, name : str
        The policy as shown, and as the table has it.
    known : mapping
        From `changes`.
    has_placebo : bool
        The adversary holds less than before, so that there is something to take away at random.
    """

    def of(metric: str, run: str = "frozen") -> Change:
        return known[Figure(name, run, EVERYONE, metric)]

    if all(of(metric).is_nothing for metric in NAMES):
        return f"{label}: nothing changes for anybody. It does not touch what this adversary uses."
    said = [_on_exposure(label, of("exposure_share"))]
    if has_placebo:
        said.append(_beside_chance(of("exposure_share", "beyond_placebo")))
    wrongful = of("wrongful_share")
    if verdict(wrongful) in ("falls", "rises"):
        way = "Fewer" if verdict(wrongful) == "falls" else "REVERSED: more"
        said.append(
            f"{way} residents have somebody else's fact in their file: {_by(wrongful)} in 100."
        )
    better, worse = of(BETTER), of(WORSE)
    said.append(
        f"{_in_hundred(better.value)} residents are better off, {_in_hundred(worse.value)} worse "
        "off."
    )
    relearnt = of("exposure_share", "retrained")
    if verdict(relearnt) != verdict(of("exposure_share")):
        said.append(
            f"An adversary that learns anew changes the finding: exposure then {_way(relearnt)}."
        )
    return " ".join(said)


def _on_exposure(label: str, change: Change) -> str:
    found = verdict(change)
    if found == "null":
        return (
            f"{label}: no effect on exposure can be told (null finding): of what there is to know "
            f"about a resident, {_by(change)} in 100 changes."
        )
    if found == "nothing":
        return f"{label}: exposure does not change at all."
    start = f"{label}: " + ("REVERSED, exposure rises" if found == "rises" else "exposure falls")
    return (
        f"{start} from {100 * change.before:.1f} to {100 * change.after:.1f} in 100 of what there "
        f"is to know about a resident ({_by(change)})."
    )


def _beside_chance(beyond: Change) -> str:
    """Say how a policy compares with as much taken away at random."""
    found = verdict(beyond)
    if found == "falls":
        return f"It does more than as much taken away at random (by {_by(beyond)})."
    if found == "rises":
        return f"It does LESS than as much taken away at random (by {_by(beyond)})."
    return f"It cannot be told from as much taken away at random ({_by(beyond)})."


def _way(change: Change) -> str:
    return {
        "nothing": "does not change",
        "null": f"cannot be told from unchanged ({_by(change)})",
        "falls": f"falls ({_by(change)})",
        "rises": f"rises ({_by(change)})",
    }[verdict(change)]


def _by(change: Change) -> str:
    """Say a change with its interval.

    >>> _by(Change(0.5, 0.4, -0.1, -0.11, -0.09, 20))
    '−10.0, 95 % interval −11.0 to −9.0'
    """
    if math.isnan(change.value):
        return "withheld"
    digits = digits_of(change)
    low, high = signed(change.low, digits), signed(change.high, digits)
    return f"{signed(change.value, digits)}, 95 % interval {low} to {high}"


def _in_hundred(share: float) -> str:
    """Say a share of residents with one digit, so that few are not none."""
    return "not told how many" if math.isnan(share) else f"{100 * share:.1f} in 100"


def how_sure(comparison: Comparison) -> str:
    """Say what the intervals are, and whether they make a headline."""
    towns = len(comparison.seeds)
    if not is_over_towns(comparison):
        return (
            "One town: the 95 % intervals are the luck of the draw among its households (whole "
            f"households drawn anew). A headline needs {FEWEST_TOWNS} towns: --replicates "
            f"{FEWEST_TOWNS}."
        )
    said = (
        f"Means over {counted(towns, 'town', 'towns')} drawn anew, seeds {comparison.seeds[0]} to "
        f"{comparison.seeds[-1]}; each resident is paired with themselves, and the 95 % intervals "
        "are Student's over the towns' mean paired changes."
    )
    if towns < FEWEST_TOWNS:
        said += f" A headline needs {FEWEST_TOWNS} towns."
    return said


def heading(comparison: Comparison) -> str:
    """Say what was compared."""
    base = comparison.base
    people = base.population.residents_count
    count = counted(len(comparison.policies), "policy", "policies")
    seeds = counted(len(comparison.seeds), "town", "towns")
    return (
        f"{base.title}: {count} beside it · {people:,} residents, all invented · {seeds}, seed "
        f"{base.seed}{' and after' if is_over_towns(comparison) else ''}"
    )


def paragraphs(comparison: Comparison, width: int) -> list[str]:
    """Return the findings, the certainty and the caveat, wrapped."""
    every = [*findings(comparison), how_sure(comparison), CAVEAT]
    return ["\n".join(wrap(said, width)) for said in every]
