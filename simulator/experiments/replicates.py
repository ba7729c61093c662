"""The same scenario drawn anew many times: how much a figure owes to the draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.experiments.processes import in_processes
from simulator.exposure import combine_replicates
from simulator.pipeline import run

if TYPE_CHECKING:
    from simulator.pipeline import Progress
    from simulator.scenario import Scenario
    from simulator.tables import Exposure, Result


def replicate(scenario: Scenario, count: int, progress: Progress | None = None) -> Result:
    """Run the scenario with `count` seeds, its own and the ones after it.

    Replicates run in processes of their own, at most one per core, and hand back their exposure
    table alone, so memory does not grow with their number.

    Parameters
    ----------
    scenario : Scenario
    count : int
        At least 1.
    progress : function (what, share done), optional

    Returns
    -------
    Result
        That of the scenario's own seed, with the exposure of all replicates: means, and the 2.5 to
        97.5 percentiles over seeds.
    """
    first = run(scenario)
    exposures = [first.exposure]
    others = [
        scenario.model_copy(update={"seed": scenario.seed + step}) for step in range(1, count)
    ]
    for exposure in in_processes(_exposure, others):
        exposures.append(exposure)
        if progress is not None:
            progress(f"Replicate {len(exposures)} of {count}", len(exposures) / count)
    return replace(first, exposure=combine_replicates(exposures))


def _exposure(scenario: Scenario) -> Exposure:
    return run(scenario).exposure
