"""Records drawn once for several designs of one town: a source that no design changes is reused.

No draw of one source depends on another, but for what a compiled one is joined from. So a source
whose settings are the same in two designs of a town holds the same records in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from simulator.scenario.schema import Scenario
    from simulator.sources.kinds import Held

HeldBefore: TypeAlias = "dict[tuple[str, ...], Held]"
"""What decides the records of a source (`decided_by`) -> what it holds, of one population."""

_NOT_OF_THE_TOWN = {"title", "about", "facts", "sources", "adversary", "linkage", "triage"}
_NOT_OF_THE_RECORDS = {"label", "about", "gate", "opt_out"}


def town_settings(scenario: Scenario) -> str:
    """Return the settings of a scenario that all its sources are drawn from."""
    return scenario.model_dump_json(exclude=_NOT_OF_THE_TOWN)


def decided_by(scenario: Scenario, name: str, town: str) -> tuple[str, ...]:
    """Return everything that decides the records of a source, as text.

    How a source is called, who may obtain it and who could leave it is left out; so a gate closes
    without a draw.

    Parameters
    ----------
    scenario : Scenario
    name : str
        The source's.
    town : str
        From `town_settings`.
    """
    source = scenario.sources[name]
    feeders = source.compiled.from_sources if source.compiled else ()
    return (
        town,
        *(
            f"{each}: {scenario.sources[each].model_dump_json(exclude=_NOT_OF_THE_RECORDS)}"
            for each in (name, *feeders)
            if each in scenario.sources
        ),
    )
