"""The differences between groups that a scenario puts in: what comes out beside them is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.setting_kinds import times
from simulator.report.setting_words import amount, words

if TYPE_CHECKING:
    from simulator.scenario.schema import Group, Scenario


def group_inputs(scenario: Scenario) -> tuple[str, ...]:
    """Return the differences between groups that the scenario puts in, in words."""
    of_groups: dict[str, list[str]] = {}
    for group in scenario.population.groups.values():
        for name, value in own_settings(group):
            of_groups.setdefault(name, []).append(f"{group.label}: {amount(name, value)}")
    found = [f"{words(name)} ({', '.join(values)})" for name, values in of_groups.items()]
    sorting = scenario.population.neighbourhood_sorting_share
    if sorting:
        found.append(
            f"where groups live ({100 * sorting:g} in 100 households among their own group, so "
            "that what falls unevenly on the map falls unevenly on groups)"
        )
    for source in scenario.sources.values():
        if source.coverage.by_group:
            found.append(
                f"coverage of {source.label} ({times(source.coverage.by_group, scenario)})"
            )
        if source.events and source.events.by_group:
            found.append(f"events of {source.label} ({times(source.events.by_group, scenario)})")
        kinds = {"": source.noise} | {name: field.noise for name, field in source.fields.items()}
        found += [
            f"{words(kind)} in {f'{words(field)} of ' if field else ''}{source.label} "
            f"({times(error.by_group, scenario)})"
            for field, noise in kinds.items()
            for kind, error in noise.items()
            if error.by_group
        ]
    return tuple(found)


def own_settings(group: Group) -> list[tuple[str, Any]]:
    """Return the settings of a group that differ from what holds without them."""
    return [
        (name, getattr(group, name))
        for name, field in type(group).model_fields.items()
        if not field.is_required() and getattr(group, name) != field.default
    ]
