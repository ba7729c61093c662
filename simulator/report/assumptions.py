"""Every setting of a scenario in plain words, with what its file says about where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.report.group_inputs import own_settings
from simulator.report.setting_kinds import haunt_words, kind_words, times, triage_words
from simulator.report.setting_notes import gathered, heading_note
from simulator.report.setting_words import GATES, RECORDS_OF, amount, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.report.setting_notes import Notes
    from simulator.scenario.schema import Coverage, Noise, Scenario, Source, SourceField
    from simulator.scenario.schema.base import Setting


_NAMES = {"coverage": "Sees", "staleness_years": "Records", "noise": "Errors", "fields": "Fields"}
_NAMES_AT: Mapping[tuple[str, ...], str] = {("adversary", "method"): "Way of working"}
"""Path of a setting -> its name, where another beside it has the same."""
_SAID_ELSEWHERE = ("noise_correlation", "label", "about", "exists", "gate", "record_of")
_ONLY_OF = {"household_bill_share": "subscription"}
"""Setting that a list has whatever its records stand for -> the records it is about."""
_NOTHING: tuple[object, ...] = (None, 0, (), {}, "")


class Assumption(NamedTuple):
    """One line of the list of inputs."""

    setting: str
    value: str
    note: str


class Part(NamedTuple):
    """The inputs that belong together: a list, the town, the facts, the joining.

    Attributes
    ----------
    title, note : str
    rows : tuple of Assumption
    source : str
        Name of the list in the scenario; empty where it is no list.
    """

    title: str
    note: str
    rows: tuple[Assumption, ...]
    source: str = ""


def assumptions(scenario: Scenario, notes: Notes) -> tuple[Part, ...]:
    """Return every input of a scenario.

    Parameters
    ----------
    scenario : Scenario
    notes : mapping
        Path of a setting -> what the scenario file says about it; empty where no file is at hand.

    Returns
    -------
    tuple of Part
        The lists in the order in which they are joined, those out of reach in their places, then
        the lists that nobody keeps, the town, the facts, the places and the joining.
    """
    lists = tuple(
        _source(name, source, notes, scenario)
        for name, source in scenario.sources.items()
        if source.exists
    )
    others = (_town, _facts, *((_places,) if scenario.haunts else ()), _joining)
    return (*lists, *_not_kept(scenario), *(part(scenario, notes) for part in others))


def _source(key: str, source: Source, notes: Notes, scenario: Scenario) -> Part:
    path = ("sources", key)
    said = {
        "coverage": _coverage(source.coverage, source.record_of, scenario),
        "staleness_years": f"{amount('staleness_years', source.staleness_years)} old on average",
        "noise": _errors_of(source) if scenario.noise_enabled else "all turned off",
        "fields": ", ".join(_field(name, field) for name, field in source.fields.items()),
    }
    correlation = notes.get((*path, "noise_correlation"))
    also = {"noise": f" · {correlation} (noise correlation)" if correlation else ""}
    rows = tuple(
        Assumption(
            _NAMES.get(name, words(name).capitalize()),
            said.get(name) or _value(name, getattr(source, name), scenario),
            (gathered((*path, name), notes) + also.get(name, "")).removeprefix(" · "),
        )
        for name in type(source).model_fields
        if name not in _SAID_ELSEWHERE
        and getattr(source, name)
        and _ONLY_OF.get(name, source.record_of) == source.record_of
    )
    title = (
        f"{source.label}: {GATES.get(source.gate, source.gate)}; a record is of "
        f"{RECORDS_OF.get(source.record_of, words(source.record_of))}"
    )
    joined = list(scenario.reachable())
    if key in joined:
        title = f"{joined.index(key) + 1}. {title}"
    else:
        title += " (out of reach)"
    return Part(title, heading_note(path, notes), rows, key)


def _not_kept(scenario: Scenario) -> tuple[Part, ...]:
    """Name the lists that the scenario describes and nobody keeps: their settings play no part."""
    labels = [source.label for source in scenario.sources.values() if not source.exists]
    if not labels:
        return ()
    return (Part("Lists that nobody keeps", "", (Assumption("Lists", ", ".join(labels), ""),)),)


def _value(name: str, value: Any, scenario: Scenario) -> str:
    """Say a setting in words, those that come in a group in one line."""
    if name == "targets_with" and value:
        return f"residents with {scenario.sensitive_facts[value].label.lower()}"
    return kind_words(value, scenario) or amount(name, value)


def _rows(
    settings: Setting, path: tuple[str, ...], scenario: Scenario, notes: Notes
) -> list[Assumption]:
    """Return a row per setting of a group that has a value."""
    return [
        Assumption(
            _NAMES_AT.get((*path, name), words(name).capitalize()),
            f"{value:g}" if name == "threshold" else _value(name, value, scenario),
            gathered((*path, name), notes),
        )
        for name, value in settings
        if value not in _NOTHING
    ]


def _coverage(coverage: Coverage, record_of: str, scenario: Scenario) -> str:
    if coverage.share is None:
        bands = ", ".join(
            f"{band.replace('-', '–')}: {100 * share:g}" for band, share in coverage.by_age.items()
        )
        said = f"in 100 of each age; {bands}"
    elif record_of == "household_account":
        said = f"{100 * coverage.share:g} in 100 households"
    else:
        said = f"{100 * coverage.share:g} in 100 aged {coverage.minimum_age_years} or over"
    if coverage.by_group:
        return f"{said}; {times(coverage.by_group, scenario)}"
    return said


def _errors_of(source: Source) -> str:
    gathering = (
        f"; noise correlation {source.noise_correlation:g}" if source.noise_correlation else ""
    )
    return _errors(source.noise) + gathering


def _errors(noise: Mapping[Any, Noise]) -> str:
    """Say how often each kind of error is, those equally often together."""
    kinds: dict[float, list[str]] = {}
    for kind, error in noise.items():
        kinds.setdefault(error.cells_share, []).append(words(kind))
    listed = (f"{', '.join(alike)} {100 * share:g}" for share, alike in kinds.items())
    return f"{'; '.join(listed)} in 100 cells"


def _field(name: str, field: SourceField) -> str:
    """Say a field, with the share of records that lack it and what else is its own."""
    own = [f"{100 * field.missing_share:g} missing"] if field.missing_share else []
    own += [f"{words(style)} {100 * share:g}" for style, share in field.styles.items() if share]
    own += [f"quality {field.quality:g}"] if name == "face" else []
    own += ["reserved to a warrant"] if field.warrant_reserved else []
    own += [_errors(field.noise)] if field.noise else []
    return f"{words(name)} ({', '.join(own)})" if own else words(name)


def _town(scenario: Scenario, notes: Notes) -> Part:
    path = ("population",)
    population = scenario.population
    groups = ", ".join(
        f"{group.label} {100 * group.share:g}"
        + "".join(f" ({words(name)} {_number(name, value)})" for name, value in own_settings(group))
        for group in population.groups.values()
    )
    rows = [
        Assumption(
            words(name).capitalize(),
            amount(name, getattr(population, name)),
            gathered((*path, name), notes),
        )
        for name in type(population).model_fields
        if name not in ("town_name", "groups")
    ]
    if any(source.record_of == "sighting" for source in scenario.sources.values()):
        name = "observation_days"
        said = amount(name, scenario.observation_days)
        rows.append(Assumption(words(name).capitalize(), said, gathered((name,), notes)))
    labels = {key: group.label for key, group in population.groups.items()}
    rows.append(
        Assumption("Groups", f"in 100: {groups}", gathered((*path, "groups"), notes, labels))
    )
    return Part(f"The town and its surroundings on {scenario.as_of}", notes.get(path, ""), (*rows,))


def _facts(scenario: Scenario, notes: Notes) -> Part:
    ordinary = ", ".join(f"{fact.label} {fact.weight:g}" for fact in scenario.facts.values())
    sensitive = "; ".join(
        f"{fact.label} {fact.weight:g} ("
        + ", ".join(f"{value} {100 * share:g}" for value, share in fact.values.items())
        + ")"
        for fact in scenario.sensitive_facts.values()
    )
    rows = [Assumption("Ordinary", ordinary, gathered(("facts",), notes))]
    if sensitive:
        said = f"{sensitive}. In brackets: true of so many in 100"
        rows.append(Assumption("Sensitive", said, gathered(("sensitive_facts",), notes)))
    return Part("The facts, with their weights", "", tuple(rows))


def _number(name: str, value: float) -> str:
    """Write what a group has of its own: a share in 100, a factor as it is.

    >>> _number("double_surname_share", 0.3), _number("face_false_match_factor", 10.0)
    ('30', '10')
    """
    return f"{100 * value:g}" if name.endswith("_share") else f"{value:g}"


def _places(scenario: Scenario, notes: Notes) -> Part:
    rows = tuple(
        Assumption(haunt.label, haunt_words(haunt, scenario), gathered(("haunts", name), notes))
        for name, haunt in scenario.haunts.items()
    )
    return Part("Places where people are seen", heading_note(("haunts",), notes), rows)


def _joining(scenario: Scenario, notes: Notes) -> Part:
    adversary = scenario.adversary
    reach = "; ".join(GATES[power] for power in adversary.powers)
    said = f"{adversary.label}; it obtains what is {reach}"
    rows = [Assumption("Adversary", said, gathered(("adversary", "powers"), notes))]
    if adversary.targets_count or adversary.review or adversary.method != "join_everything":
        own = adversary.model_copy(update={"label": "", "powers": ()})
        rows += _rows(own, ("adversary",), scenario, notes)
    rows += _rows(scenario.linkage, ("linkage",), scenario, notes)
    if scenario.triage:
        said = triage_words(scenario.triage, scenario)
        rows.append(Assumption("Rule", said, gathered(("triage",), notes)))
    return Part("The joining", "", tuple(rows))
