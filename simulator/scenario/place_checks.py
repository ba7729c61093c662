"""Whether the haunts of a town fit the facts that it declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.scenario.name_checks import no_such
from simulator.scenario.problems import suggestion
from simulator.scenario.tree import KEY, Finding, Path, numbers, part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

EVERYDAY_PLACES = ("home", "work", "street")
"""Where a sensor may stand beside the declared haunts."""


def haunt_findings(values: Mapping[str, Any], sensitive: Collection[str]) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in the haunts.

    Parameters
    ----------
    values : mapping
        The whole scenario as plain values, valid or not.
    sensitive : collection of str
        The sensitive facts that it declares.
    """
    for name in part(values, "haunts"):
        path = ("haunts", name)
        haunt = part(values, *path)
        if name in EVERYDAY_PLACES:
            yield (*path, KEY), f"'{name}' already means something else; choose another name"
        yield from _fact(values, haunt, path, sensitive)
        yield from _visits(haunt, path)


def _fact(
    values: Mapping[str, Any], haunt: Mapping[str, Any], path: Path, sensitive: Collection[str]
) -> Iterator[Finding]:
    fact, value = haunt.get("fact"), haunt.get("value")
    if (fact is None) != (value is None):
        given, lacking = ("value", "fact") if fact is None else ("fact", "value")
        yield (
            (*path, given, KEY),
            f"'{given}' needs '{lacking}' beside it: what being seen here states; give both or "
            "neither",
        )
    if not isinstance(fact, str):
        return
    if fact not in sensitive:
        yield (*path, "fact"), no_such("sensitive fact", fact, sensitive)
        return
    known = part(values, "sensitive_facts", fact, "values")
    if isinstance(value, str) and known and value not in known:
        close = suggestion(value, known)
        mend = f"Did you mean '{close}'?" if close else f"Its values are: {', '.join(known)}"
        yield (*path, "value"), f"'{fact}' has no value '{value}'. {mend}"


def _visits(haunt: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    visits = numbers([haunt.get("visits_per_week", 0)])
    others = numbers([haunt.get("others_visits_per_week", 0)])
    states_nothing = haunt.get("fact") is None and haunt.get("value") is None
    if states_nothing and visits and visits[0] > 0:
        yield (
            (*path, "visits_per_week", KEY),
            "'visits_per_week' speaks of people of whom a fact is true, and this haunt states "
            "none; write 'others_visits_per_week'",
        )
    elif visits == [0] and others == [0]:
        yield (
            path,
            f"nobody ever visits '{path[-1]}'; give visits_per_week or others_visits_per_week",
        )
