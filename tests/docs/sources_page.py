"""The tables of docs/sources.md, made from scenarios/modern.yaml and the notes in it.

``python -m tests.docs.sources_page`` writes them anew; what stands around them is left as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.report.setting_words import GATES, words
from simulator.scenario import load_notes, load_scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.scenario import Scenario
    from simulator.scenario.schema import Coverage, Noise, Sightings, Source

SCENARIO = "modern"
PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
BEGIN, END = "<!-- begin: {} -->", "<!-- end: {} -->"
RECORDS_OF = {
    "person": "a person",
    "household_account": "a household, in one adult's name",
    "subscription": "a telephone line",
    "job": "a job, present or former",
    "event": "an event",
    "compiled": "a profile, joined from other lists",
}
TRACKED = {"plate": "number plate", "device": "device", "phone": "telephone", "card": "card"}
SETTINGS = {
    "coverage": "whom it sees",
    "staleness_years": "age",
    "duplicates_share": "second records",
    "events": "events",
    "sightings": "sightings",
    "compiled": "joining",
    "areas_spread": "squares",
    "retention_days": "kept",
    "opt_out": "leaving",
    "noise": "errors",
    "noise_correlation": "careless records",
    "fields": "fields",
}


def tables() -> dict[str, str]:
    """Return each table of the page by the name it has there."""
    scenario, notes = load_scenario(SCENARIO), load_notes(SCENARIO)
    kept = [
        (place, source.label, source)
        for place, source in enumerate(scenario.sources.values(), start=1)
    ]
    said = [
        (place, source.label, _notes(name, notes))
        for place, (name, source) in enumerate(scenario.sources.items(), start=1)
    ]
    return {
        "lists": _table(
            ("#", "list", "one record is", "obtained", "sees"),
            (
                (place, label, _record(source), GATES[source.gate], _sees(source, scenario))
                for place, label, source in kept
            ),
        ),
        "holdings": _table(
            ("#", "list", "holds", "what goes wrong in it"),
            (
                (place, label, ", ".join(map(words, source.fields)), _wrong(source))
                for place, label, source in kept
            ),
        ),
        "origins": _table(("#", "list", "where its figures come from"), said),
    }


def with_tables(page: str) -> str:
    """Return the page with its tables replaced by those of the scenario."""
    for name, table in tables().items():
        begin, end = BEGIN.format(name), END.format(name)
        before, rest = page.split(begin)
        page = f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}"
    return page


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    ruler = tuple("---" for _ in heads)
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (heads, ruler, *rows))


def _record(source: Source) -> str:
    if source.record_of != "sighting":
        return RECORDS_OF[source.record_of]
    token = next((name for name in source.fields if name in TRACKED), None)
    if token:
        return f"all that was seen of one {TRACKED[token]}"
    return f"one sighting{' of a face' if 'face' in source.fields else ', of nobody named'}"


def _sees(source: Source, scenario: Scenario) -> str:
    parts = [_covered(source.coverage, of_households=source.record_of == "household_account")]
    if source.staleness_years:
        parts.append(f"as of {_years(source.staleness_years)} ago on average")
    if source.duplicates_share:
        parts.append(f"{_hundred(source.duplicates_share)} have a second record")
    if events := source.events:
        parts.append(f"{events.per_person_year:g} events a year each, {_years(events.years)} back")
        if events.only_with:
            parts.append(f"only of {scenario.sensitive_facts[events.only_with].label.lower()}")
    if source.sightings:
        parts += _sighted(source.sightings, scenario)
    if source.compiled:
        feeders = (scenario.sources[name].label for name in source.compiled.from_sources)
        parts.append(f"joined {_years(source.compiled.years_ago)} ago from {', '.join(feeders)}")
    if source.areas_spread:
        parts.append("more in some squares than in others")
    if source.retention_days:
        parts.append(f"kept for {source.retention_days} days")
    return "; ".join(parts)


def _sighted(sightings: Sightings, scenario: Scenario) -> list[str]:
    labels = {name: haunt.label for name, haunt in scenario.haunts.items()}
    places = ", ".join(labels.get(place, place) for place in sightings.at) or "everywhere"
    parts = [
        f"{sightings.per_person_day:g} sightings a day of whoever is always in view",
        f"places: {places}",
    ]
    if sightings.sensors_share < 1:
        parts.append(f"sensors in {_hundred(sightings.sensors_share)} squares")
    if sightings.last_hour - sightings.first_hour < 23:
        parts.append(f"from {sightings.first_hour} to {sightings.last_hour} o'clock")
    return parts


def _covered(coverage: Coverage, *, of_households: bool) -> str:
    if coverage.share is None:
        bands = coverage.by_age.items()
        return "in 100 of each age: " + ", ".join(
            f"{100 * share:g} ({band.replace('-', '–')})" for band, share in bands
        )
    if of_households:
        return f"{_hundred(coverage.share)} households"
    if coverage.minimum_age_years:
        return f"{_hundred(coverage.share)} aged {coverage.minimum_age_years} or over"
    return f"{_hundred(coverage.share)} people of any age"


def _wrong(source: Source) -> str:
    parts = [_errors(source.noise)] if source.noise else []
    parts += [
        f"in {words(name)}: {_errors(field.noise)}"
        for name, field in source.fields.items()
        if field.noise
    ]
    if source.sightings and source.sightings.wrong_person_share:
        parts.append(
            f"somebody else of the household: {100 * source.sightings.wrong_person_share:g}"
        )
    if source.compiled:
        parts.append(
            f"wrong joins (it joins from a match probability of {source.compiled.threshold:g})"
        )
    missing = [
        f"{words(name)} {100 * field.missing_share:g}"
        for name, field in source.fields.items()
        if field.missing_share
    ]
    parts += [f"missing: {', '.join(missing)}"] if missing else []
    if face := source.fields.get("face"):
        parts.append(f"quality of pictures {face.quality:g}")
    return "; ".join(parts) or "no errors of its own"


def _errors(noise: dict[str, Noise]) -> str:
    return ", ".join(f"{words(kind)} {100 * error.cells_share:g}" for kind, error in noise.items())


def _notes(name: str, notes: dict[tuple[str | int, ...], str]) -> str:
    return "<br>".join(_notes_by_setting(name, notes)) or "–"


def _notes_by_setting(name: str, notes: dict[tuple[str | int, ...], str]) -> Iterator[str]:
    """Yield, for each setting that the file says something about, all that it says."""
    for setting, label in SETTINGS.items():
        path = ("sources", name, setting)
        said = dict.fromkeys(note for where, note in notes.items() if where[:3] == path)
        if said:
            yield f"**{label}**: {' · '.join(said)}"


def _hundred(share: float) -> str:
    """Say a share of people, households or squares.

    >>> _hundred(0.66), _hundred(1)
    ('66 in 100', 'all')
    """
    return "all" if share == 1 else f"{100 * share:g} in 100"


def _years(years: float) -> str:
    return f"{years:g} year{'' if years == 1 else 's'}"


def main() -> None:
    """Write the tables into the page."""
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
