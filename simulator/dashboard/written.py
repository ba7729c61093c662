"""A scenario or an overlay written on the page: read, checked, and run once.

It is text and stays text: of other files it can name packaged ones only.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from simulator.dashboard.many_visitors import kept_for_all
from simulator.pipeline import run
from simulator.scenario import Scenario, canonical_text
from simulator.scenario.layering import layered_file, layered_text
from simulator.scenario.loading import checked
from simulator.scenario.overlays import is_overlay, overlay_in
from simulator.scenario.packaged import packaged_path
from simulator.scenario.problems import Problem, ScenarioProblems
from simulator.scenario.reading import read_layer

if TYPE_CHECKING:
    from simulator.scenario.layering import Layered
    from simulator.tables import Result

RUNS_KEPT = 2
"""Few, and apart from the packaged towns, which what visitors write must not push out."""


class Written(NamedTuple):
    """What was written, if it is without mistakes.

    Attributes
    ----------
    layered : Layered
        Its settings, and those of what it extends or is laid over.
    scenario : Scenario
    command : str
        What to type to run the same from a file.
    """

    layered: Layered
    scenario: Scenario
    command: str


def says_overlay(text: str, name: str) -> bool:
    """Tell whether a text is an overlay; one that cannot be read is none."""
    try:
        return is_overlay(read_layer(text, name))
    except ScenarioProblems:
        return False


def read_written(text: str, name: str, over: str) -> Written:
    """Return the scenario that a text makes.

    Parameters
    ----------
    text : str
        A scenario, which can extend a packaged one only, or an overlay.
    name : str
        What to call it in messages.
    over : str
        The packaged scenario that an overlay is laid over.

    Raises
    ------
    ScenarioProblems
        With every mistake found.
    """
    if is_overlay(read_layer(text, name)):
        if packaged_path(over) is None:
            raise ScenarioProblems([Problem(over, 0, 0, "there is no such packaged scenario")])
        layered = layered_file(over, [overlay_in(text, name)])
        command = shlex.join(["mosaic", "run", over, "--overlay", name])
    else:
        layered = layered_text(text, name)
        command = shlex.join(["mosaic", "run", name])
    return Written(layered, checked(layered), command)


@kept_for_all(RUNS_KEPT)
def _ran(text: str, _scenario: Scenario) -> Result:  # noqa: ARG001
    return run(_scenario)


def result_of(scenario: Scenario) -> Result:
    """Return the result of a scenario that was written here; `run_limit` says which may be run."""
    return _ran(canonical_text(scenario), scenario)
