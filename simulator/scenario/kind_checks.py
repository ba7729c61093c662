"""Whether a source has what its kind of record needs: its events, its sensors, its feeders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.scenario.name_checks import no_such
from simulator.scenario.place_checks import EVERYDAY_PLACES
from simulator.scenario.tree import KEY, TOLERANCE, Finding, Path, numbers, part, shortfall
from simulator.tables import TOKENS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_BLOCKS = {
    "event": ("events", "{per_person_year: 0.2}"),
    "sighting": ("sightings", "{per_person_day: 0.5}"),
    "compiled": ("compiled", "{from_sources: [utility]}"),
}
"""Kind of record -> the settings it needs, and the shortest example of them."""

_ONLY_OF = {
    "job_from": "job",
    "job_to": "job",
    "event_date": "event",
    "event_area": "event",
    "event_kind": "event",
    "seen_area": "sighting",
    "seen_at": "sighting",
    "sightings_count": "sighting",
}
"""Fields that only one kind of record has."""

_HAPPENING = ("event", "sighting")
_MANY_A_PERSON = ("job", *_HAPPENING)


def kind_findings(
    values: Mapping[str, Any], name: str, sensitive: Collection[str]
) -> Iterator[Finding]:
    """Yield (path, message) for every mistake in what one record of a source stands for.

    Parameters
    ----------
    values : mapping
        The whole scenario as plain values, valid or not.
    name : str
        The source.
    sensitive : collection of str
        The sensitive facts that the scenario declares.
    """
    path = ("sources", name)
    source = part(values, *path)
    kind = source.get("record_of")
    if not isinstance(kind, str):
        return
    yield from _blocks(source, kind, path)
    yield from _settings_of_kind(source, kind, path)
    yield from _fields_of_kind(source, kind, path)
    if kind == "event":
        yield from _events(source, (*path, "events"), sensitive)
    elif kind == "sighting":
        yield from _sightings(values, source, path, sensitive)
    elif kind == "compiled":
        yield from _compiled(values, name)


def _blocks(source: Mapping[str, Any], kind: str, path: Path) -> Iterator[Finding]:
    """Check that the settings of its kind are there, and those of another kind are not."""
    for owner, (block, example) in _BLOCKS.items():
        written = source.get(block)
        if owner == kind and written is None:
            yield (
                (*path, "record_of"),
                f"'record_of: {kind}' needs '{block}', for example '{block}: {example}'",
            )
        elif owner != kind and written is not None:
            yield (
                (*path, block, KEY),
                f"'{block}' is for 'record_of: {owner}' only; delete it, or change record_of",
            )


def _settings_of_kind(source: Mapping[str, Any], kind: str, path: Path) -> Iterator[Finding]:
    """Check that no setting speaks of something that its kind of record does not have."""
    if kind not in _HAPPENING:
        if source.get("retention_days") is not None:
            yield (
                (*path, "retention_days", KEY),
                "'retention_days' is for events and sightings only, which have a day on which they "
                "happened; delete it",
            )
        if source.get("areas_spread", 0) != 0:
            yield (
                (*path, "areas_spread", KEY),
                "'areas_spread' is for events and sightings only, which have a place; delete it",
            )
    if kind in _MANY_A_PERSON and source.get("duplicates_share", 0) != 0:
        yield (
            (*path, "duplicates_share", KEY),
            f"'duplicates_share' is for lists of people; a person has any number of {kind}s "
            "anyway: delete it",
        )


def _fields_of_kind(source: Mapping[str, Any], kind: str, path: Path) -> Iterator[Finding]:
    for field in part(source, "fields"):
        owner = _ONLY_OF.get(field, kind)
        if owner != kind:
            yield (
                (*path, "fields", field, KEY),
                f"'{field}' is a field of 'record_of: {owner}' only; delete it",
            )


def _events(source: Mapping[str, Any], path: Path, sensitive: Collection[str]) -> Iterator[Finding]:
    events = part(source, "events")
    only_with = events.get("only_with")
    if isinstance(only_with, str) and only_with not in sensitive:
        yield (*path, "only_with"), no_such("sensitive fact", only_with, sensitive)
    reasons = numbers(part(events, "reasons").values())
    if reasons and abs(sum(reasons) - 1) > TOLERANCE:
        yield (*path, "reasons"), f"the shares of the reasons must sum to 1; {shortfall(reasons)}"
    if events and "event_kind" in part(source, "fields") and not events.get("reasons"):
        yield (
            (*path[:-1], "fields", "event_kind", KEY),
            "event_kind needs 'events: {reasons: …}', the kinds of event with their shares",
        )


def _sightings(
    values: Mapping[str, Any], source: Mapping[str, Any], path: Path, sensitive: Collection[str]
) -> Iterator[Finding]:
    tokens = [field for field in part(source, "fields") if field in TOKENS]
    for surplus in tokens[1:]:
        yield (
            (*path, "fields", surplus, KEY),
            f"a sensor knows people by one token, and '{tokens[0]}' is one already; make "
            f"'{surplus}' a source of its own",
        )
    haunts = part(values, "haunts")
    sightings = part(source, "sightings")
    looks_at = sightings.get("at")
    looks_at = looks_at if isinstance(looks_at, list) else []
    known = [*EVERYDAY_PLACES, *haunts]
    for number, place in enumerate(looks_at):
        if isinstance(place, str) and place not in known:
            yield (*path, "sightings", "at", number), no_such("place", place, known)
    in_view = [haunt for haunt in haunts if not looks_at or haunt in looks_at]
    told = [part(haunts, haunt).get("fact") for haunt in in_view]
    for field in part(source, "fields"):
        if field in sensitive and field not in told:
            yield (
                (*path, "fields", field, KEY),
                f"no place in its sight states '{field}'; a sensor learns it only at a haunt that "
                f"says 'fact: {field}'",
            )


def _compiled(values: Mapping[str, Any], name: str) -> Iterator[Finding]:
    path = ("sources", name, "compiled", "from_sources")
    sources = part(values, "sources")
    feeders = part(sources, name, "compiled").get("from_sources")
    feeders = feeders if isinstance(feeders, list) else []
    for number, feeder in enumerate(feeders):
        if not isinstance(feeder, str):
            continue
        if feeder == name:
            yield (*path, number), f"'{name}' cannot be joined from itself; name other sources"
        elif feeder not in sources:
            others = [source for source in sources if source != name]
            yield (*path, number), no_such("source", feeder, others)
        elif part(sources, feeder).get("record_of") == "compiled":
            yield (
                (*path, number),
                f"'{feeder}' is compiled itself; name the sources that it was joined from",
            )
        elif feeder in feeders[:number]:
            yield (*path, number), f"'{feeder}' is named twice; keep one"
