"""What the page Policies says: one sentence in natural frequencies, and what stands behind it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.compare_figures import (
    BETTER,
    EVERYONE,
    NAMES,
    WORSE,
    Change,
    Figure,
    changes,
    long,
    step_rows,
    taken,
)
from simulator.report.compare_wording import verdict

if TYPE_CHECKING:
    from simulator.tables import Comparison

SAME = "A and B are the same design: choose a policy for one of them"
CLASH = "These policies cannot be laid over one another: one changes what another takes away."


def headline(comparison: Comparison) -> str:
    """Say in one sentence what the one design changes; never an effect whose interval holds 0.

    A rise is called REVERSED where a policy was laid over the other design and its adversary holds
    no more than before.
    """
    (name,) = comparison.policies
    label = comparison.labels[name]
    known = changes(comparison)
    change = known[Figure(name, "frozen", EVERYONE, "exposure_share")]
    found: str = verdict(change)
    if all(known[Figure(name, "frozen", EVERYONE, metric)].is_nothing for metric in NAMES):
        found = "nobody"
    first = f"{label}: " if comparison.overlaid else ""
    between = "" if comparison.overlaid else " between A and B"
    unmoved = {
        "nobody": f"{first or 'From A to B '}nothing changes for anybody",
        "nothing": f"{first or 'From A to B '}what is known of residents does not change",
        "null": f"{first}no difference{between} in what is known of residents can be told",
    }
    if found in unmoved:
        said = unmoved[found]
    elif not comparison.overlaid:
        said = f"In B {of_facts(change)} than in A"
    else:
        is_reversed = found == "rises" and taken(comparison)[name].records >= 0
        said = f"{label}{', REVERSED' if is_reversed else ''}: {of_facts(change)}"
    return said[0].upper() + said[1:]


def of_facts(change: Change) -> str:
    """Say a change of exposure as facts about a resident.

    >>> of_facts(Change(0.5, 0.38, -0.12, -0.13, -0.11, 20))
    '12 fewer of 100 facts about a resident are known'
    >>> of_facts(Change(0.5, 0.501, 0.001, 0.0005, 0.0014, 20))
    '1 more of 1,000 facts about a resident is known'
    >>> of_facts(Change(0.5, 0.49998, -0.00002, -0.00003, -0.00001, 20))
    'fewer facts about a resident are known, by less than 1 of 10,000'
    """
    way = "more" if change.value > 0 else "fewer"
    share = abs(change.value)
    base = 100 if share >= 0.0095 else 1000 if share >= 0.00095 else 10_000
    count = round(share * base)
    if count == 0:
        return f"{way} facts about a resident are known, by less than 1 of {base:,}"
    return f"{count} {way} of {base:,} facts about a resident {'is' if count == 1 else 'are'} known"


def behind(comparison: Comparison) -> str:
    """Say what the headline rests on: either design, the difference, who gains and who loses."""
    (name,) = comparison.policies
    known = changes(comparison)
    exposure, better, worse = (
        known[Figure(name, "frozen", EVERYONE, metric)]
        for metric in ("exposure_share", BETTER, WORSE)
    )
    first, second = ("without", "with") if comparison.overlaid else ("in A", "in B")
    return (
        f"Facts known by name, in 100: {100 * exposure.before:.1f} {first}, "
        f"{100 * exposure.after:.1f} {second}, difference {long(exposure)}. Residents better off, "
        f"in 100: {share(better)}; worse off: {share(worse)}. In brackets 95 % intervals."
    )


def share(change: Change) -> str:
    """Write a share of residents in 100, with the ends of its interval.

    >>> share(Change(float("nan"), float("nan"), 0.024, 0.02, 0.028, 500))
    '2.4 (2.0 to 2.8)'
    >>> share(Change(float("nan"), float("nan"), 0.0, 0.0, 0.0, 500))
    '0'
    """
    return long(change).replace("+", "")


def pictures_in_words(comparison: Comparison) -> str:
    """Describe the pictures to those who cannot see them."""
    said = [
        f"{row['label']}: {100 * row['before']:.1f} and {100 * row['after']:.1f}"
        for row in step_rows(comparison)
        if not math.isnan(row["value"])
    ]
    sides = "without and with" if comparison.overlaid else "in A and in B"
    return (
        f"{headline(comparison)}. {behind(comparison)} Synthetic town, list by list, facts known "
        f"by name in 100, {sides}: {'; '.join(said)}."
    )
