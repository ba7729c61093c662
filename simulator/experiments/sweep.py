"""A town over a grid of settings: the same people and draws in every cell, as far as they can be.

Each cell is an overlay of one setting per dimension, laid over the scenario like any other. All
cells of one seed share every draw that their settings do not touch, and share the people as a whole
where no setting makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from simulator import __version__
from simulator.experiments.compare import TOWN
from simulator.experiments.processes import in_processes
from simulator.exposure import combine_replicates
from simulator.exposure.growth import EVERYONE
from simulator.pipeline import collect_records, run_on
from simulator.scenario import Problem, Scenario, ScenarioProblems, canonical_text, load_scenario
from simulator.scenario.one_setting import setting_layer
from simulator.sources import obtain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from simulator.pipeline import Progress
    from simulator.sources.held_before import HeldBefore
    from simulator.tables import Population

FIGURE = ("value", "low", "high", "n", "interval")
_FEWEST_PER_TASK, _MOST_PER_TASK = 2, 8
_TASKS = 20
"""About so many tasks: each draws its town once more, and each moves the progress."""


class Swept(NamedTuple):
    """One setting and the values it takes: its dotted path, and each value as it was written."""

    path: str
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return f"--set {self.path}"


@dataclass(frozen=True)
class Sweep:
    """What was found over a grid of settings.

    Attributes
    ----------
    base : Scenario
        What the settings were changed in.
    settings : tuple of Swept
        The dimensions of the grid; the last one runs fastest.
    seeds : tuple of int
        One per town drawn anew; the first is the base's own.
    version : str
    figures : DataFrame
        A row per cell and metric over all residents, every list joined: a column per setting, named
        by its path, with the value as written; ``metric``, ``value``, ``low``, ``high``, ``n``,
        ``interval``. Over several seeds means and 2.5 to 97.5 percentiles.
    """

    base: Scenario
    settings: tuple[Swept, ...]
    seeds: tuple[int, ...]
    version: str
    figures: pd.DataFrame


@dataclass(frozen=True)
class Cells:
    """Some cells of the grid, all of one seed."""

    places: tuple[int, ...]
    scenarios: tuple[Scenario, ...]
    metrics: tuple[str, ...]


def grid(
    scenario: str | Path,
    settings: Sequence[Swept],
    *,
    overlays: Sequence[str | Path] = (),
    people: int | None = None,
    seed: int | None = None,
) -> list[Scenario]:
    """Return the scenario of every cell, the last setting running fastest.

    Parameters
    ----------
    scenario : str or Path
        A file, or the name of a packaged scenario; with `overlays`, `people` and `seed` it must be
        without mistakes.
    settings : sequence of Swept
        At least one, each with at least one value.
    overlays : sequence of str or Path
        Laid over the scenario in every cell, below the settings.
    people, seed : int, optional
        In place of what the scenario says.

    Raises
    ------
    ScenarioProblems
        With every mistake in a path or a value, and where a setting changes nothing.
    """
    problems: list[Problem] = []
    cells = []
    for values in product(*(swept.values for swept in settings)):
        try:
            layers = [
                setting_layer(swept.path, value, swept.name)
                for swept, value in zip(settings, values, strict=True)
            ]
            cells.append(
                load_scenario(scenario, overlays=[*overlays, *layers], people=people, seed=seed)
            )
        except ScenarioProblems as found:
            problems += found.problems
    if not problems:
        problems += _without_effect(settings, cells)
    if problems:
        names = {swept.name for swept in settings}
        raise ScenarioProblems(
            # a setting of the command line is no file and has no lines
            Problem(one.file, 0, 0, one.message) if one.file in names else one
            for one in problems
        )
    return cells


def _without_effect(settings: Sequence[Swept], cells: Sequence[Scenario]) -> Iterator[Problem]:
    """Yield for which settings two values come to the same scenario."""
    texts = [canonical_text(cell) for cell in cells]
    step = len(cells)
    for swept in settings:
        step //= len(swept.values)
        along = texts[: step * len(swept.values) : step]
        if len(set(along)) == len(along):
            continue
        message = "changes nothing: there is nothing in this scenario that '*' could stand for"
        if len(set(along)) > 1 or "*" not in swept.path:
            later = next(place for place, text in enumerate(along) if text in along[:place])
            values = f"{swept.values[along.index(along[later])]} and {swept.values[later]}"
            message = f"{values} come to the same scenario; give each value once"
        yield Problem(swept.name, 0, 0, message)


def sweep(
    base: Scenario,
    settings: Sequence[Swept],
    cells: Sequence[Scenario],
    metrics: Sequence[str],
    replicates: int,
    progress: Progress | None = None,
) -> Sweep:
    """Run every cell with every seed, in processes of their own; each hands back its figures alone.

    Parameters
    ----------
    base : Scenario
    settings : sequence of Swept
    cells : sequence of Scenario
        From `grid`.
    metrics : sequence of str
        Some of `simulator.exposure.growth.METRICS`, in the order of the rows.
    replicates : int
        At least 1. With 1, intervals are those of the run; with more, they come from the towns.
    progress : function (what, share done), optional
    """
    seeds = tuple(base.seed + step for step in range(replicates))
    tasks = list(_tasks(cells, seeds, tuple(metrics)))
    found: dict[int, list[pd.DataFrame]] = {seed: [] for seed in seeds}
    done = 0
    for task, rows in zip(tasks, in_processes(measure_cells, tasks), strict=True):
        found[task.scenarios[0].seed].append(rows)
        done += len(task.scenarios)
        if progress is not None:
            runs = len(cells) * replicates
            progress(f"Run {done} of {runs}", done / runs)
    towns = [pd.concat(parts, ignore_index=True) for parts in found.values()]
    keys = ["cell", "metric"]
    figures = combine_replicates(towns, keys) if len(towns) > 1 else towns[0]
    values = list(product(*(swept.values for swept in settings)))
    columns = {
        swept.path: [values[cell][place] for cell in figures["cell"]]
        for place, swept in enumerate(settings)
    }
    table = pd.concat([pd.DataFrame(columns), figures[["metric", *FIGURE]]], axis="columns")
    return Sweep(base, tuple(settings), seeds, __version__, table)


def _tasks(
    cells: Sequence[Scenario], seeds: Sequence[int], metrics: tuple[str, ...]
) -> Iterator[Cells]:
    size = ceil(len(cells) * len(seeds) / _TASKS)
    size = min(max(size, _FEWEST_PER_TASK), _MOST_PER_TASK)
    for seed in seeds:
        for start in range(0, len(cells), size):
            places = tuple(range(start, min(start + size, len(cells))))
            scenarios = tuple(cells[place].model_copy(update={"seed": seed}) for place in places)
            yield Cells(places, scenarios, metrics)


def measure_cells(cells: Cells) -> pd.DataFrame:
    """Return the figures of some cells over all residents, every list joined.

    People and records are drawn once for cells that share them.
    """
    frames = []
    town: Scenario | None = None
    population: Population | None = None
    shared: HeldBefore = {}
    for place, scenario in zip(cells.places, cells.scenarios, strict=True):
        is_same = town is not None and all(
            getattr(town, part) == getattr(scenario, part) for part in TOWN
        )
        if is_same:
            # a copy, so that only what the first cell held stays in memory
            population, collected = collect_records(
                scenario, population=population, before=dict(shared)
            )
        else:
            town, population, shared = scenario, None, {}
            population, collected = collect_records(scenario, before=shared)
        obtained = obtain(scenario, population, collected)
        exposure = run_on(scenario, population, collected, obtained, every_step=False).exposure
        rows = exposure.loc[exposure["group"] == EVERYONE].set_index("metric")
        chosen = rows.loc[list(cells.metrics), list(FIGURE)].reset_index()
        chosen.insert(0, "cell", place)
        frames.append(chosen)
    return pd.concat(frames, ignore_index=True)
