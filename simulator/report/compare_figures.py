"""The figures of a comparison, looked up by policy and measure, and how a change is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.tables import Comparison

EVERYONE = "all"
BETTER, WORSE = "better_off_share", "worse_off_share"

NAMES: Mapping[str, str] = {
    "exposure_share": "facts known by name",
    "named_share": "known by name",
    "reidentified_share": "re-identified",
    "outdated_share": "an outdated fact",
    "wrongful_share": "somebody else's fact",
    "sensitive_wrongful_share": "… a sensitive one",
    "false_dossier_people_share": "somebody else's record",
    BETTER: "better off",
    WORSE: "worse off",
}
"""Metric -> what it is called in tables, in their order."""

MEANINGS: Mapping[str, str] = {
    "facts known by name": "part of a resident's true facts (by weight) that stands right in the "
    "file under their name",
    "somebody else's fact": "residents whose file states something untrue that is another person's",
    "somebody else's record": "residents whose file holds a record about anyone else",
    "better off": "residents of whom more than 1 in 100 of their facts is known no longer, or "
    "whose file is rid of somebody else's sensitive fact",
    "worse off": "residents of whom more than 1 in 100 of their facts is known in addition, or "
    "whose file states somebody else's sensitive fact that it did not state before",
    "hardest-hit group": "the group in which exposure falls least or rises most; groups under 20 "
    "people are left out",
    "at random": "the same town with as many records, and as many cells of what is left, taken "
    "from the adversary at random: a policy that does no better owes its effect to the amount",
    "retrained": "the adversary learns anew how to join what the policy leaves; everywhere else it "
    "joins as it has learnt without the policy",
    "rank": "1: no other policy does at least as well by facts known, by somebody else's facts and "
    "by the hardest-hit group, and better by one of them; 2: none but those of rank 1 does; by the "
    "means alone, so policies whose intervals overlap may as well trade ranks",
}
"""A heading of the tables -> what is counted."""

_BETWEEN_SCENARIOS: Mapping[str, str] = {
    "at random": "A with as many records, and as many cells of what is left, taken from its "
    "adversary at random as B's adversary holds less of",
    "retrained": "B's adversary learns anew how to join; everywhere else it joins as A's has "
    "learnt, and learns only what A's never met",
}
"""What is counted, where two scenarios are compared and no policy."""

_OF_RANKS = {"hardest-hit group", "rank"}


@dataclass(frozen=True)
class Change:
    """A mean change over residents, each paired with themselves.

    Attributes
    ----------
    before, after : float
        The figure in either design; NaN where only the change is defined.
    value, low, high : float
        Mean change and its 95 % interval; NaN where withheld.
    n : int
        Towns, or residents where there is one town.
    """

    before: float
    after: float
    value: float
    low: float
    high: float
    n: int

    @property
    def is_nothing(self) -> bool:
        """Whether nobody at all changed."""
        return self.value == self.low == self.high == 0


class Figure(NamedTuple):
    """Which figure: of which policy, how run, of which group, what."""

    policy: str
    run: str
    group: str
    metric: str


def changes(comparison: Comparison) -> dict[Figure, Change]:
    """Return every change of a comparison."""
    effects = comparison.effects
    keys = zip(*(effects[name].astype(str) for name in Figure._fields), strict=True)
    columns = (effects[name] for name in ("before", "after", "value", "low", "high", "n"))
    return {
        Figure(*key): Change(
            float(before), float(after), float(value), float(low), float(high), int(n)
        )
        for key, before, after, value, low, high, n in zip(keys, *columns, strict=True)
    }


def takes_nothing(comparison: Comparison) -> dict[str, bool]:
    """Return per policy whether the adversary holds as much as before: then nothing is left out."""
    return {name: less.records <= 0 and less.cells <= 0 for name, less in taken(comparison).items()}


class Taken(NamedTuple):
    """What the adversary holds less of; negative shares of records: it holds more of them."""

    records: float
    cells: float


def taken(comparison: Comparison) -> dict[str, Taken]:
    """Return per policy what the adversary holds less of, as shares (see `Comparison.removed`)."""
    table = comparison.removed
    columns = (table[name] for name in ("policy", "records_share", "cells_share"))
    return {
        str(policy): Taken(float(records), float(cells))
        for policy, records, cells in zip(*columns, strict=True)
    }


def sides(comparison: Comparison) -> tuple[str, str]:
    """Return what the base and the design beside it are called in headings."""
    return ("without", "with") if comparison.overlaid else ("A", "B")


def only_design(comparison: Comparison) -> str | None:
    """Return the name of the design that stands alone beside the base; None where there are more.

    Of one alone everything is shown, of several what sets them apart.
    """
    names = list(comparison.policies)
    return names[0] if len(names) == 1 else None


def meanings(comparison: Comparison) -> dict[str, str]:
    """Return those of `MEANINGS` that a comparison needs, in its words."""
    found = dict(MEANINGS) if comparison.overlaid else {**MEANINGS, **_BETWEEN_SCENARIOS}
    unused = _OF_RANKS if only_design(comparison) else set()
    if all(takes_nothing(comparison).values()):
        unused = unused | {"at random"}
    return {name: meaning for name, meaning in found.items() if name not in unused}


def step_rows(comparison: Comparison) -> list[dict[Any, Any]]:
    """Return what one design changes of the facts known, list by list: rows of `growth_change`.

    Each has besides a ``label``, the list that is joined last.
    """
    table, labels = comparison.growth_change, _list_labels(comparison)
    rows = table.loc[table["metric"] == "exposure_share"].to_dict("records")
    return [row | {"label": labels[row["source_added"]]} for row in rows]


def _list_labels(comparison: Comparison) -> dict[str, str]:
    """Return what the lists are called; where designs differ in that, as the base has it."""
    return {
        name: source.label
        for scenario in (*comparison.policies.values(), comparison.base)
        for name, source in scenario.sources.items()
    }


class Grown(NamedTuple):
    """A list joined: its name as shown, and metric -> value per design that has the list."""

    label: str
    designs: dict[str, dict[str, float]]


def growth(comparison: Comparison) -> list[Grown]:
    """Return the growth without and with a policy ("" and its name), list by list.

    A list that only the policy's design has stands after the one it is joined after.
    """
    labels = _list_labels(comparison)
    table = comparison.growth.loc[comparison.growth["source_added"] != ""]
    found: dict[str, Grown] = {}
    order: list[str] = []
    before: dict[str, str] = {}
    columns = (table[name].astype(str) for name in ("policy", "source_added", "metric"))
    for policy, source, metric, value in zip(*columns, table["value"], strict=True):
        if source not in found:
            found[source] = Grown(labels[source], {})
            order.insert(order.index(before[policy]) + 1 if policy in before else 0, source)
        before[policy] = source
        found[source].designs.setdefault(policy, {})[metric] = float(value)
    return [found[source] for source in order]


def is_over_towns(comparison: Comparison) -> bool:
    """Tell whether the town was drawn more than once."""
    return len(comparison.seeds) > 1


def signed(share: float, digits: int = 1) -> str:
    """Write a change in 100 with its sign.

    >>> signed(-0.0993), signed(0.0021, 2), signed(-0.00001), signed(0.0)
    ('−9.9', '+0.21', '0.0', '0.0')
    """
    if math.isnan(share):
        return "–"
    written = f"{100 * share:+.{digits}f}"
    if float(written) == 0:
        return written[1:]
    return written.replace("-", "−")


def digits_of(change: Change) -> int:
    """Return how many digits a change in 100 needs: one more where all of it is below 1."""
    ends = [abs(end) for end in (change.value, change.low, change.high) if not math.isnan(end)]
    return 2 if ends and max(ends) < 0.01 else 1


def short(change: Change) -> str:
    """Write a change and half its interval, in 100.

    >>> short(Change(0.5, 0.4, -0.1, -0.11, -0.09, 20)), short(Change(0.5, 0.5, 0.0, 0.0, 0.0, 20))
    ('−10.0±1.0', '0')
    """
    if math.isnan(change.value):
        return "–"
    if change.is_nothing:
        return "0"
    digits = digits_of(change)
    if math.isnan(change.low):
        return signed(change.value, digits)
    return f"{signed(change.value, digits)}±{50 * (change.high - change.low):.{digits}f}"


def long(change: Change) -> str:
    """Write a change with the ends of its interval, in 100.

    >>> long(Change(0.5, 0.4, -0.1, -0.11, -0.09, 20))
    '−10.0 (−11.0 to −9.0)'
    """
    if math.isnan(change.value):
        return "withheld"
    if change.is_nothing:
        return "0"
    digits = digits_of(change)
    if math.isnan(change.low):
        return signed(change.value, digits)
    ends = f"{signed(change.low, digits)} to {signed(change.high, digits)}"
    return f"{signed(change.value, digits)} ({ends})"
