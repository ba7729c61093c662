"""Scenario files: read, laid over one another, checked as a whole; every mistake told at once."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.scenario.checks import cross_findings
from simulator.scenario.layering import layered_file, layered_text
from simulator.scenario.number_wording import bounds
from simulator.scenario.overlays import is_overlay
from simulator.scenario.problems import Problem, ScenarioProblems
from simulator.scenario.rules import rule_at
from simulator.scenario.schema import Scenario
from simulator.scenario.wording import findings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.scenario.layering import Layered, Overlay
    from simulator.scenario.merging import Merged
    from simulator.scenario.schema import PopulationSettings
    from simulator.scenario.tree import Finding


def load_scenario(
    path: str | Path,
    *,
    overlays: Sequence[Overlay] = (),
    people: int | None = None,
    seed: int | None = None,
    engine: str | None = None,
) -> Scenario:
    """Return the scenario in a file.

    Parameters
    ----------
    path : str or Path
        A file, or the name of a packaged scenario such as "town".
    overlays : sequence of str, Path or Layer
        Overlay files, names of packaged policies, or overlays already read, laid over it in this
        order.
    people : int, optional
        Residents of the town, in place of what the file says, also in its title. The people of
        the surroundings shrink with the town and do not grow with it: they are there so that a
        small town's residents have strangers to be mistaken for, and many residents are strangers
        to one another. What an overlay says of the surroundings stands.
    seed : int, optional
        Seed in place of the file's.
    engine : str, optional
        Linkage engine in place of the file's.

    Raises
    ------
    ScenarioProblems
        With every mistake found.
    """
    layered = layered_file(path, overlays)
    name = layered.name
    scenario = checked(layered)
    if people is not None:
        _require(name, "people", people, ("population", "residents_count"))
        population, title = _resized(scenario, layered, people), _retitled(scenario, people)
        scenario = scenario.model_copy(update={"population": population, "title": title})
    if seed is not None:
        _require(name, "seed", seed, ("seed",))
        scenario = scenario.model_copy(update={"seed": seed})
    if engine is not None:
        _require_one_of(name, engine, ("linkage", "engine"))
        linkage = scenario.linkage.model_copy(update={"engine": engine})
        scenario = scenario.model_copy(update={"linkage": linkage})
    return scenario


def _resized(scenario: Scenario, layered: Layered, people: int) -> PopulationSettings:
    population = scenario.population
    update: dict[str, float] = {"residents_count": people}
    origins = layered.merged.origins.get(("population", "outsiders_per_resident"), ())
    if not any(is_overlay(origin.layer) for origin in origins):
        share = min(1.0, population.residents_count / people)
        update["outsiders_per_resident"] = population.outsiders_per_resident * share
    return population.model_copy(update=update)


def _retitled(scenario: Scenario, people: int) -> str:
    """Return the title, the number of residents in it being the new one: "A town of 600"."""
    residents = f"{scenario.population.residents_count:,}"
    alone = rf"(?<!\d)(?<!\d[,.]){residents}(?![,.]?\d)"  # and no part of a longer number
    return re.sub(alone, f"{people:,}", scenario.title)


def load_text(text: str, name: str, *, overlays: Sequence[str | Path] = ()) -> Scenario:
    """Return the scenario written in `text`.

    Parameters
    ----------
    text : str
        A whole scenario file; one that extends another can extend a packaged one only.
    name : str
        What to call it in messages.
    overlays : sequence of str or Path
        Overlay files, or names of packaged policies, laid over it in this order.

    Raises
    ------
    ScenarioProblems
        With every mistake found.
    """
    return checked(layered_text(text, name, overlays))


def checked(layered: Layered) -> Scenario:
    """Return the scenario that layers of settings make together.

    Raises
    ------
    ScenarioProblems
        With every mistake found, each in the file it was written in.
    """
    scenario, found = _findings(layered.merged)
    if scenario is None or found or layered.problems:
        before = _findings(layered.lowest)[1] if len(layered.layers) > 1 else found
        problems = [_problem(layered, one, is_new=one not in before) for one in found]
        raise ScenarioProblems([*layered.problems, *problems])
    return scenario


def _findings(merged: Merged) -> tuple[Scenario | None, list[Finding]]:
    """Return the scenario, if the settings have the right shape, and every mistake in them."""
    found: list[Finding] = []
    scenario = None
    try:
        scenario = Scenario.model_validate_json(json.dumps(merged.values), strict=True)
    except ValidationError as error:
        written = {path: origins[-1].mark.written for path, origins in merged.origins.items()}
        found += findings(error.errors(), written)
    return scenario, [*found, *cross_findings(merged.values)]


def canonical_text(scenario: Scenario) -> str:
    """Return every setting in force, as JSON: equal for equal scenarios, however they are written.

    The order of sources and groups is kept, for it has a meaning.
    """
    return json.dumps(scenario.model_dump(mode="json"), ensure_ascii=False, indent=1)


def scenario_hash(scenario: Scenario) -> str:
    """Return the first 12 hex digits of the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical_text(scenario).encode()).hexdigest()[:12]


def _require(name: str, setting: str, value: int, path: tuple[str, ...]) -> None:
    rule = rule_at(path)
    if not rule["minimum"] <= value <= rule["maximum"]:
        message = f"{setting} must be {bounds(rule)} (you wrote {value})"
        raise ScenarioProblems([Problem(name, 0, 0, message)])


def _require_one_of(name: str, value: str, path: tuple[str, ...]) -> None:
    known = rule_at(path)["enum"]
    if value not in known:
        message = f"{path[-1]} must be one of: {', '.join(known)} (you wrote '{value}')"
        raise ScenarioProblems([Problem(name, 0, 0, message)])


def _problem(layered: Layered, finding: Finding, *, is_new: bool) -> Problem:
    """Return a finding in the file it is about; what no file writes is missing in the first.

    `is_new` says that the lowest file alone does not have it: if it stands there nevertheless, the
    files above have brought it about, and are named.
    """
    path, message = finding
    place = layered.merged.place(path)
    if place is None:
        return Problem(layered.name, 1, 1, message)
    layer, where = place
    if path in layered.merged.deleted:
        message = f"'{path[-1]}' cannot be deleted: it is needed here. Write a value for it"
    elif is_new and layer is layered.layers[0]:
        above = " and ".join(other.name for other in layered.layers[1:])
        message = f"{message}. This comes of what {above} changes"
    return layer.problem(where, message)
