"""The scenarios that come with the simulator."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from simulator.locations import SCENARIOS
from simulator.scenario.document import read_document
from simulator.scenario.problems import Problem, ScenarioProblems, suggestion


class PackagedScenario(NamedTuple):
    """A scenario file that comes with the simulator: its short name, and what it says of itself."""

    name: str
    path: Path
    title: str
    about: str


def packaged_scenarios() -> list[PackagedScenario]:
    """Return every packaged scenario, in the order of their names."""
    found = []
    for path in sorted(SCENARIOS.glob("*.yaml")):
        values = read_document(path.read_text(encoding="utf-8")).values
        found.append(
            PackagedScenario(path.stem, path, str(values["title"]), str(values["about"]).strip())
        )
    return found


def scenario_path(argument: str | Path) -> tuple[Path, str]:
    """Return the file that `argument` means, and what to call it in messages.

    Parameters
    ----------
    argument : str or Path
        A file, or the name of a packaged scenario with or without ".yaml".

    Raises
    ------
    ScenarioProblems
        If it is neither.
    """
    written = str(argument)
    path = Path(argument)
    if path.is_file():
        return path, written
    packaged = {found.stem: found for found in sorted(SCENARIOS.glob("*.yaml"))}
    name = written.removesuffix(".yaml")
    if name in packaged:
        return packaged[name], packaged[name].name
    if path.is_dir():
        raise _unreadable(written, "this is a folder; name a scenario file in it")
    close = suggestion(path.name.removesuffix(".yaml"), packaged)
    mend = f"Did you mean '{close}'?" if close else "'mosaic list' shows what comes with it"
    raise _unreadable(written, f"there is no such file, and no packaged scenario. {mend}")


def _unreadable(name: str, message: str) -> ScenarioProblems:
    return ScenarioProblems([Problem(name, 0, 0, message)])
