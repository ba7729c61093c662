"""The settings that come in groups, each group in one line: events, sightings, places, the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.scenario.schema import (
        Audit,
        Compiled,
        Events,
        Haunt,
        Review,
        Scenario,
        Sightings,
        Triage,
    )

_ALL_DAY = (0, 23)
_ALL_DAYS = 7


def kind_words(value: Any, scenario: Scenario) -> str | None:
    """Say a group of settings in one line; None for what is not such a group.

    Parameters
    ----------
    value : Events, Sightings, Compiled, Review or Audit
    scenario : Scenario
        Names groups, facts, places and lists.
    """
    said = _SAID.get(type(value).__name__)
    return said(value, scenario) if said else None


def times(by_group: Mapping[str, float], scenario: Scenario) -> str:
    """Say by how much groups differ: "Black × 0.8"."""
    groups = scenario.population.groups
    return ", ".join(f"{groups[key].label} × {factor:g}" for key, factor in by_group.items())


def haunt_words(haunt: Haunt, scenario: Scenario) -> str:
    """Say what being seen at a place states, who comes how often, and when."""
    said = "states nothing"
    if haunt.fact:
        said = f"states {scenario.sensitive_facts[haunt.fact].label}: {haunt.value}"
    often = f"{haunt.others_visits_per_week:g} of each other resident"
    if haunt.visits_per_week:
        often = f"{haunt.visits_per_week:g} of those it is true of, {often}"
    days = "" if len(haunt.days) == _ALL_DAYS else f"{', '.join(map(str.capitalize, haunt.days))}, "
    return f"{said}; visits a week: {often}; {days}{_hours(haunt.first_hour, haunt.last_hour)}"


def triage_words(triage: Triage, scenario: Scenario) -> str:
    """Say a rule that ranks people or squares of the map."""
    ranked = {"people": "people", "areas": "squares of the map"}[triage.ranks]
    labels: dict[str, str] = {key: source.label for key, source in scenario.sources.items()}
    labels |= {key: fact.label for key, fact in scenario.sensitive_facts.items()}
    points = ", ".join(f"{labels.get(key, key)} {w:g}" for key, w in triage.weights.items())
    return (
        f"ranks {ranked} by points for what is on file ({points}) and flags the first "
        f"{100 * triage.flagged_share:g} in 100; it ought to find {100 * triage.outcome_share:g} "
        f"in 100 adults, alike in every group; who is flagged is met {triage.attention_factor:g} "
        f"times as often in the next of {triage.rounds_count} rounds"
    )


def _events(events: Events, scenario: Scenario) -> str:
    who = "person"
    if events.only_with:
        who = f"person with {scenario.sensitive_facts[events.only_with].label.lower()}"
    parts = [f"{events.per_person_year:g} a year per {who}, of the last {_years(events.years)}"]
    if events.reasons:
        kinds = (f"{kind} {100 * share:g}" for kind, share in events.reasons.items())
        parts.append(f"of 100: {', '.join(kinds)}")
    if events.by_group:
        parts.append(times(events.by_group, scenario))
    return "; ".join(parts)


def _sightings(sightings: Sightings, scenario: Scenario) -> str:
    places = [_place(name, scenario) for name in sightings.at]
    parts = [
        f"{sightings.per_person_day:g} a day of whoever is always where a sensor is",
        f"at {', '.join(places)}" if places else "everywhere",
        "on the whole map"
        if sightings.sensors_share == 1
        else f"in {100 * sightings.sensors_share:g} of 100 squares of the map",
        _hours(sightings.first_hour, sightings.last_hour),
    ]
    if sightings.wrong_person_share:
        parts.append(f"{100 * sightings.wrong_person_share:g} in 100 of somebody else at home")
    return "; ".join(parts)


def _place(name: str, scenario: Scenario) -> str:
    haunt = scenario.haunts.get(name)
    return haunt.label if haunt else {"street": "the street"}.get(name, name)


def _compiled(compiled: Compiled, scenario: Scenario) -> str:
    labels = ", ".join(scenario.sources[name].label for name in compiled.from_sources)
    return (
        f"from {labels}, {_years(compiled.years_ago)} ago, two records taken for one from "
        f"{100 * compiled.threshold:g} in 100 on"
    )


def _review(review: Review, _scenario: Scenario) -> str:
    return (
        f"a fact counts once {review.least_sources_count} lists state it; "
        f"{100 * review.errors_found_share:g} in 100 untrue facts are struck out; "
        f"{review.hours_per_dossier:g} working hours a file"
    )


def _audit(audit: Audit, _scenario: Scenario) -> str:
    return (
        f"{100 * audit.sample_share:g} in 100 accepted links are checked; "
        f"{100 * audit.wrong_links_share:g} in 100 may be wrong in any group"
    )


def _years(years: float) -> str:
    return f"{years:g} year{'' if years == 1 else 's'}"


def _hours(first: int, last: int) -> str:
    """Say from which hour to the end of which.

    >>> _hours(0, 23), _hours(8, 18)
    ('at any hour', '8:00 to 19:00')
    """
    return "at any hour" if (first, last) == _ALL_DAY else f"{first}:00 to {last + 1}:00"


_SAID: Mapping[str, Any] = {
    "Events": _events,
    "Sightings": _sightings,
    "Compiled": _compiled,
    "Review": _review,
    "Audit": _audit,
}
