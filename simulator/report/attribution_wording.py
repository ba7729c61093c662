"""To which lists exposure is owed, in sentences: shares, the removals that protect most, the order.

Every sentence is the same in the terminal and on the page.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.attribution_figures import (
    best_removals,
    exact,
    listed,
    named,
    points,
    ranked_shares,
    signed_points,
)
from simulator.report.definitions import DEFINITIONS
from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pandas as pd

    from simulator.experiments.attribution_tables import Attribution

LISTS_NAMED = 3
"""So many lists are named in a sentence; the table holds the others."""

OWED = (
    "the list's Shapley share: what it adds on average, over all orders in which the lists may be "
    "joined. The shares of all lists add up to what is known."
)
LEFT = "what stays known when this list alone is closed."

GLOSSARY: Mapping[str, str] = {
    "Facts known": DEFINITIONS["exposure_share"].meaning[:1].upper()
    + DEFINITIONS["exposure_share"].meaning[1:],
    "Number in a cell": "Of 100 residents of whom the fact is true, of how many a record of the "
    "list states it rightly and exactly, before anything is joined. Nothing is said of fewer than "
    "20 residents (–).",
    "Dark, pale": "Dark: such a record itself carries the resident's legal name. Pale: it does "
    "not; only joining says whose fact it is.",
    "part": "Only a coarser value is right: the ZIP code of the home, the year of birth.",
    "Owed to a list": OWED[:1].upper() + OWED[1:] + " It can be negative, where a list mixes people"
    " up (Shapley 1953).",
    "Left without it": LEFT[:1].upper() + LEFT[1:] + " Where two lists tell the same, closing one "
    "of them changes little.",
    "Named targets only": "Lists that open for people on the adversary's target list only; they "
    "come and go together here.",
    "Interval": "Thin line: 95 % interval; over households of the town drawn anew, or, of more "
    "than 12 lists, over the orders drawn.",
}


def owed_sentence(found: Attribution) -> str:
    """Say how much of what is known is owed to the lists that it is owed to most."""
    first, *others = ranked_shares(found)[:LISTS_NAMED]
    said = [
        f"{exact(first['value'])} are owed to {named(found, first['player'])} ({_interval(first)})",
        *(f"{exact(row['value'])} to {named(found, row['player'])}" for row in others),
    ]
    lists = counted(len(found.players), "list", "lists")
    known = exact(found.whole.value)
    return f"Of the {known} in 100 facts known with {lists} joined, {listed(said)}."


def removal_sentence(found: Attribution) -> str:
    """Say which removal protects most, of one list and of two."""
    one, *two = best_removals(found)
    if not one["value"] > 0:
        return "Closing any one list alone protects nobody: the others tell the same."
    said = (
        f"The removal that protects most: without {named(found, one['first'])}, "
        f"{exact(one['left'])} in 100 facts stay known in place of {exact(found.whole.value)} "
        f"({exact(one['value'])} fewer, {_interval(one)})."
    )
    if two and len(found.players) > 2:
        both = listed([named(found, two[0][place]) for place in ("first", "second")])
        said += f" Of two: without {both}, {exact(two[0]['left'])}."
    return said


def headline(found: Attribution) -> str:
    """Say in few words which removal protects most."""
    one = best_removals(found)[0]
    if not one["value"] > 0:
        return "No single list makes the difference"
    return (
        f"Without {named(found, one['first'])}: {points(one['left'])} facts in 100, "
        f"not {points(found.whole.value)}"
    )


def closing_sentence(found: Attribution) -> str:
    """Say in which order to close lists so that exposure falls fastest."""
    steps = found.closing_order.iloc[1:].to_dict("records")
    said = [
        f"{named(found, row['closed'])} ({points(row['exposure_share'])} left)" for row in steps
    ]
    which = "" if len(steps) == len(found.players) else "first "
    return f"Closed one after another, so that it falls fastest: {which}{', '.join(said)}."


def together_sentence(found: Attribution) -> str:
    """Say which two lists repeat one another most, and which tell more together; else nothing."""
    pairs = found.interactions.sort_values("value", kind="stable")
    if pairs.empty:
        return ""
    least, most = pairs.iloc[0], pairs.iloc[-1]

    def both(pair: pd.Series) -> str:
        return listed([named(found, pair[place]) for place in ("first", "second")])

    said = []
    if least["value"] < 0:
        amount = signed_points(least["value"])
        said.append(f"{both(least)} repeat one another most ({amount} in 100)")
    if most["value"] > 0:
        amount = signed_points(most["value"])
        said.append(f"{both(most)} add most to one another ({amount} in 100)")
    sentence = "; ".join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""


def certainty_sentence(found: Attribution) -> str:
    """Say how the shares were found and what their intervals are."""
    lists = counted(len(found.players), "list", "lists")
    together = sum(len(player.sources) for player in found.players if len(player.sources) > 1)
    if together:
        lists += f" (the {counted(together, 'list', 'lists')} for named targets count as one)"
    if not found.permutations_count:
        return (
            f"The shares are exact: all {found.subsets_count:,} subsets of {lists} were joined. "
            "95 % intervals: whole households of this one town drawn anew."
        )
    return (
        f"The shares are averages over {counted(found.permutations_count, 'order', 'orders')} of "
        f"{lists} drawn at random ({found.subsets_count:,} subsets joined); their standard error "
        f"is at most {100 * found.standard_error:.1f} in 100. Their 95 % intervals are over such "
        "orders, those of removals over households of this one town drawn anew."
    )


def order_sentence(found: Attribution) -> str:
    """Say how much the order of the lists matters half-way."""
    half = max(len(found.players) // 2, 1)
    row = found.orders.loc[found.orders["joined_count"] == half]
    least, most = float(row["least"].iloc[0]), float(row["most"].iloc[0])
    which = "all orders of the lists"
    if found.permutations_count:
        which = f"the {counted(found.permutations_count, 'order', 'orders')} drawn"
    return (
        f"With {counted(half, 'list', 'lists')} joined, {points(least)} to "
        f"{points(most)} in 100 facts are known, over {which}."
    )


def nobody_holds_all(holdings: pd.DataFrame) -> str:
    """Say that no list holds everything, before anything is known of shares.

    Parameters
    ----------
    holdings : DataFrame
        From `simulator.experiments.holdings.who_holds_what`.
    """
    stated = holdings.loc[(holdings["metric"] == "right_share") & (holdings["value"] > 0)]
    most = int(stated.groupby("player")["fact"].nunique().max())
    facts = holdings["fact"].nunique()
    every, longest = counted(facts, "fact", "facts"), counted(most, "fact", "facts").split()[0]
    if most == facts:
        return f"One list holds all {every}"
    return f"No list holds all {every}: the longest holds {longest}"


def matrix_in_words(holdings: pd.DataFrame, rows: Sequence[str], found: Attribution | None) -> str:
    """Describe the matrix to those who cannot see it: what each list tells most of."""
    right = holdings.loc[holdings["metric"] == "right_share"]
    owed = {row["player"]: row["value"] for row in ranked_shares(found)} if found else {}
    said = []
    for name in rows:
        told = right.loc[(right["player"] == name) & (right["value"] > 0)]
        best = told.sort_values("value", ascending=False, kind="stable").head(LISTS_NAMED)
        facts = [f"{row['label']} {points(row['value'])}" for row in best.to_dict("records")] or [
            "nothing exactly"
        ]
        share = f"; owed to it {exact(owed[name])}" if name in owed else ""
        said.append(f"{name}: {', '.join(facts)}{share}")
    return (
        "Matrix of a synthetic town, lists against facts; of 100 residents of whom a fact is true, "
        f"of how many the list states it rightly, its three greatest. {'. '.join(said)}."
    )


def _interval(row: Mapping[str, Any]) -> str:
    if math.isnan(row["low"]):
        return "no interval: too few residents"
    return f"95 % interval {exact(row['low'])} to {exact(row['high'])}"
