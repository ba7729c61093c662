"""Scenario files: read, checked as a whole, and every mistake told at once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simulator.scenario.checks import cross_findings
from simulator.scenario.document import Document, read_document
from simulator.scenario.packaged import scenario_path
from simulator.scenario.problems import Problem, ScenarioProblems
from simulator.scenario.rules import rule_at
from simulator.scenario.schema import Scenario
from simulator.scenario.wording import bounds, findings

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.scenario.syntax import Place
    from simulator.scenario.tree import Finding

LARGEST_BYTES = 256 * 1024
_TOO_LARGE = "the file is larger than 256 KiB; a scenario is a few pages of settings"


def load_scenario(
    path: str | Path,
    *,
    people: int | None = None,
    seed: int | None = None,
    engine: str | None = None,
) -> Scenario:
    """Return the scenario in a file.

    Parameters
    ----------
    path : str or Path
        A file, or the name of a packaged scenario such as "town".
    people : int, optional
        Residents of the town, in place of what the file says.
    seed : int, optional
        Seed in place of the file's.
    engine : str, optional
        Linkage engine in place of the file's.

    Raises
    ------
    ScenarioProblems
        With every mistake found.
    """
    file, name = scenario_path(path)
    scenario = load_text(_text_of(file, name), name)
    if people is not None:
        _require(name, "people", people, ("population", "residents_count"))
        population = scenario.population.model_copy(update={"residents_count": people})
        scenario = scenario.model_copy(update={"population": population})
    if seed is not None:
        _require(name, "seed", seed, ("seed",))
        scenario = scenario.model_copy(update={"seed": seed})
    if engine is not None:
        _require_one_of(name, engine, ("linkage", "engine"))
        linkage = scenario.linkage.model_copy(update={"engine": engine})
        scenario = scenario.model_copy(update={"linkage": linkage})
    return scenario


def load_text(text: str, name: str) -> Scenario:
    """Return the scenario written in `text`.

    Parameters
    ----------
    text : str
        A whole scenario file.
    name : str
        What to call it in messages.

    Raises
    ------
    ScenarioProblems
        With every mistake found.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        raise ScenarioProblems([Problem(name, 0, 0, _TOO_LARGE)])
    document = read_document(text.removeprefix("\ufeff"))
    if document.incomplete:
        raise _problems(name, document, [])
    found: list[Finding] = []
    scenario = None
    try:
        scenario = Scenario.model_validate_json(json.dumps(document.values), strict=True)
    except ValidationError as error:
        written = {path: mark.written for path, mark in document.marks.items()}
        found += findings(error.errors(), written)
    found += cross_findings(document.values)
    if scenario is None or found or document.problems:
        raise _problems(name, document, found)
    return scenario


def canonical_text(scenario: Scenario) -> str:
    """Return every setting in force, as JSON: equal for equal scenarios, however they are written.

    The order of sources and groups is kept, for it has a meaning.
    """
    return json.dumps(scenario.model_dump(mode="json"), ensure_ascii=False, indent=1)


def scenario_hash(scenario: Scenario) -> str:
    """Return the first 12 hex digits of the SHA-256 of the canonical text."""
    return hashlib.sha256(canonical_text(scenario).encode()).hexdigest()[:12]


def _text_of(file: Path, name: str) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ScenarioProblems([Problem(name, 0, 0, message)]) from None
    if len(content) > LARGEST_BYTES:
        raise ScenarioProblems([Problem(name, 0, 0, _TOO_LARGE)])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        column = len(before) - before.rfind("\n")
        message = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise ScenarioProblems([Problem(name, before.count("\n") + 1, column, message)]) from None


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


def _problems(name: str, document: Document, found: list[Finding]) -> ScenarioProblems:
    problems = [Problem(name, *place, message) for place, message in document.problems]
    problems += [Problem(name, *_place(document, path), message) for path, message in found]
    return ScenarioProblems(problems)


def _place(document: Document, path: tuple[str | int, ...]) -> Place:
    """Return where a finding is: at its value, at its key, or where its group begins."""
    if path in document.marks:
        return document.marks[path].value
    while path and path not in document.marks:
        path = path[:-1]
    return document.marks[path].key if path else (1, 1)
