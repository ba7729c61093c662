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
    taken,
    takes_nothing,
)
from simulator.report.wording import CAVEAT, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    """Return what was found of each design, a paragraph each, in the order given."""
    known = changes(comparison)
    tell = _of_policy if comparison.overlaid else _of_scenario
    return [tell(comparison, name, known) for name in comparison.policies]


def _of_policy(comparison: Comparison, name: str, known: Mapping[Figure, Change]) -> str:
    """Say what a policy does to exposure, beside chance, and whom it harms.

    A rise is called a reversal only where the adversary holds no more than before: a new list is
    not there to protect.
    """
    label, less = comparison.labels[name], taken(comparison)[name]
    if _changes_nothing(known, name):
        return f"{label}: nothing changes for anybody. It does not touch what this adversary uses."
    protects = less.records >= 0
    of = _reader(known, name)
    said = [_on_exposure(label, of("exposure_share"), protects=protects)]
    if not takes_nothing(comparison)[name]:
        said.append(_beside_chance(of("exposure_share", "beyond_placebo")))
    said += _on_wrongful(of("wrongful_share"), more="REVERSED: more" if protects else "More")
    said.append(_on_people(of(BETTER), of(WORSE)))
    return " ".join([*said, *_on_learning(of)])


def _of_scenario(comparison: Comparison, name: str, known: Mapping[Figure, Change]) -> str:
    """Say how a scenario differs from the base, neither of which is meant to mend the other."""
    label, base = comparison.labels[name], comparison.base.title
    if _changes_nothing(known, name):
        return f"{label}: nothing differs from {base} for anybody."
    of = _reader(known, name)
    change = of("exposure_share")
    said = [
        f"{label}: exposure is {100 * change.after:.1f} in 100 of what there is to know about a "
        f"resident, against {100 * change.before:.1f} in {base}: {_by(change)}."
    ]
    if verdict(change) == "null":
        said.append("No difference can be told (null finding).")
    if not takes_nothing(comparison)[name]:
        beyond = of("exposure_share", "beyond_placebo")
        said.append(f"Beside as much taken away at random it is {_by(beyond)}.")
    said += _on_wrongful(of("wrongful_share"), more="More")
    said.append(f"In it {_on_people(of(BETTER), of(WORSE))}")
    return " ".join([*said, *_on_learning(of)])


def _changes_nothing(known: Mapping[Figure, Change], name: str) -> bool:
    return all(known[Figure(name, "frozen", EVERYONE, metric)].is_nothing for metric in NAMES)


def _reader(known: Mapping[Figure, Change], name: str) -> Callable[..., Change]:
    """Return what reads a design's changes over everyone: of a measure, by default frozen."""

    def of(metric: str, run: str = "frozen") -> Change:
        return known[Figure(name, run, EVERYONE, metric)]

    return of


def _on_wrongful(wrongful: Change, *, more: str) -> list[str]:
    found = verdict(wrongful)
    if found not in ("falls", "rises"):
        return []
    way = "Fewer" if found == "falls" else more
    return [f"{way} residents have somebody else's fact in their file: {_by(wrongful)} in 100."]


def _on_people(better: Change, worse: Change) -> str:
    return (
        f"{_in_hundred(better.value)} residents are better off, {_in_hundred(worse.value)} worse "
        "off."
    )


def _on_learning(of: Callable[..., Change]) -> list[str]:
    relearnt = of("exposure_share", "retrained")
    if verdict(relearnt) == verdict(of("exposure_share")):
        return []
    return [f"An adversary that learns anew changes the finding: exposure then {_way(relearnt)}."]


def _on_exposure(label: str, change: Change, *, protects: bool) -> str:
    found = verdict(change)
    if found == "null":
        return (
            f"{label}: no effect on exposure can be told (null finding): of what there is to know "
            f"about a resident, {_by(change)} in 100 changes."
        )
    if found == "nothing":
        return f"{label}: exposure does not change at all."
    rises = "REVERSED, exposure rises" if protects else "exposure rises"
    start = f"{label}: {rises if found == 'rises' else 'exposure falls'}"
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
    """Say a share of residents with one digit or two, so that few are not none.

    >>> _in_hundred(0.012), _in_hundred(0.0004), _in_hundred(0.0)
    ('1.2 in 100', '0.04 in 100', '0 in 100')
    """
    if math.isnan(share):
        return "not told how many"
    if share == 0:
        return "0 in 100"
    return f"{100 * share:.{1 if share >= 0.001 else 2}f} in 100"


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


def paragraphs(comparison: Comparison, width: int) -> list[str]:
    """Return the findings, the certainty and the caveat, wrapped."""
    every = [*findings(comparison), how_sure(comparison), CAVEAT]
    return ["\n".join(wrap(said, width)) for said in every]
