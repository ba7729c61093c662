"""Which packaged policies fit a scenario: they change only what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.scenario import ScenarioProblems, load_scenario, packaged_policies

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.scenario import PackagedFile, Scenario


class Fitting(NamedTuple):
    """The packaged policies beside one scenario.

    Attributes
    ----------
    policies : dict of Scenario
        Name of a policy that fits -> the scenario under it, in the order of the names.
    files : dict of PackagedFile
        The same names -> what the policy says of itself.
    left_out : list of str
        Titles of the policies that change something the scenario does not have.
    """

    policies: dict[str, Scenario]
    files: dict[str, PackagedFile]
    left_out: list[str]


def fitting_policies(
    scenario: str | Path, *, people: int | None = None, seed: int | None = None
) -> Fitting:
    """Lay every packaged policy over a scenario, each by itself.

    Parameters
    ----------
    scenario : str or Path
        A file, or the name of a packaged scenario; it must be without mistakes.
    people, seed : int, optional
        In place of what the scenario says.
    """
    found = Fitting({}, {}, [])
    for file in packaged_policies():
        try:
            policy = load_scenario(scenario, overlays=[file.name], people=people, seed=seed)
        except ScenarioProblems:
            found.left_out.append(file.title)
        else:
            found.policies[file.name] = policy
            found.files[file.name] = file
    return found
