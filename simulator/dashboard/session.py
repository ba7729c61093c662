"""What pages show of a scenario, each computed once for all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from simulator.dashboard.kept import Kept
from simulator.dashboard.many_visitors import kept_for_all
from simulator.experiments.attribution import attribute
from simulator.experiments.certainty import Candidates, judge
from simulator.experiments.compare import compare
from simulator.experiments.ego_network import EgoNetwork, WhoLeft, networks_around
from simulator.experiments.fitting import fitting_policies
from simulator.experiments.holdings import who_holds_what
from simulator.experiments.leaving import Town, town_of
from simulator.experiments.over_time import exposure_by_day, forget, located_by_day, usual_days
from simulator.experiments.person import Assembly, Person, assemble_steps, follow
from simulator.experiments.rejoining import Rejoinable, groups_at, rejoinable
from simulator.experiments.rule_yield import RuleYield, rule_yield
from simulator.experiments.spill_over import SpillOver, default_share, spill_over_in
from simulator.pipeline import Progress, run
from simulator.scenario import (
    Scenario,
    canonical_text,
    load_scenario,
    packaged_policies,
    packaged_scenarios,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.experiments.attribution_tables import Attribution
    from simulator.experiments.harm import Groups
    from simulator.tables import Comparison, Result

FIRST_PRESET = "town"
RESULTS_KEPT = 4
SCENARIOS_KEPT = 32
MEMORIES_KEPT = 2
NETWORKS_KEPT = 32
PEOPLE_KEPT = 32
THRESHOLDS_KEPT = 32


@st.cache_data(show_spinner=False, max_entries=1)
def presets() -> dict[str, str]:
    """Return name -> title of the packaged scenarios, the first to be shown first."""
    found = {preset.name: preset.title for preset in packaged_scenarios()}
    return {FIRST_PRESET: found.pop(FIRST_PRESET), **found}


@kept_for_all(SCENARIOS_KEPT)
def packaged(name: str, laws: tuple[str, ...] = ()) -> Scenario:
    """Return a packaged scenario with packaged policies laid over it in this order, read once.

    Raises
    ------
    ScenarioProblems
        If the policies do not go together.
    """
    return load_scenario(name, overlays=laws)


@kept_for_all(RESULTS_KEPT)
def _computed(text: str) -> Kept[Result]:  # noqa: ARG001
    return Kept()


def is_at_hand(scenario: Scenario) -> bool:
    """Tell whether the result of a scenario is computed already."""
    return _computed(canonical_text(scenario)).is_at_hand


def result_of(scenario: Scenario, progress: Progress | None = None) -> Result:
    """Return the result of a scenario; equal scenarios are computed once for all visitors.

    `progress` is told how far the work is, if there is any; it may end it by an exception.
    """
    return _computed(canonical_text(scenario)).get(lambda: run(scenario, progress))


@kept_for_all(RESULTS_KEPT)
def _assembled(text: str, _scenario: Scenario) -> Assembly:  # noqa: ARG001
    return assemble_steps(result_of(_scenario))


def assembly_of(scenario: Scenario) -> Assembly:
    """Return a scenario's result with the dossiers of every step, computed once."""
    return _assembled(canonical_text(scenario), scenario)


@kept_for_all(PEOPLE_KEPT)
def _followed(text: str, entity_id: int, _scenario: Scenario) -> Person:  # noqa: ARG001
    return follow(assembly_of(_scenario), entity_id)


def person_in(scenario: Scenario, entity_id: int) -> Person:
    """Return one resident's file at every step, computed once."""
    return _followed(canonical_text(scenario), entity_id, scenario)


@kept_for_all(RESULTS_KEPT)
def _judged(text: str, _scenario: Scenario) -> Candidates:  # noqa: ARG001
    result = result_of(_scenario)
    return judge(result.links, result.obtained.collected.truth)


def candidates_in(scenario: Scenario) -> Candidates:
    """Return a scenario's links held against the truth, computed once."""
    return _judged(canonical_text(scenario), scenario)


@kept_for_all(RESULTS_KEPT)
def _yielded(text: str, _scenario: Scenario) -> RuleYield:  # noqa: ARG001
    return rule_yield(result_of(_scenario))


def rule_yield_of(scenario: Scenario) -> RuleYield:
    """Return what each blocking rule brings in a scenario, computed once."""
    return _yielded(canonical_text(scenario), scenario)


@kept_for_all(RESULTS_KEPT)
def _town(text: str, _scenario: Scenario) -> Town:  # noqa: ARG001
    return town_of(result_of(_scenario))


def town_in(scenario: Scenario) -> Town:
    """Return a scenario's result, ready for people to leave its lists, computed once."""
    return _town(canonical_text(scenario), scenario)


@kept_for_all(RESULTS_KEPT)
def _spilt(text: str) -> Kept[SpillOver]:  # noqa: ARG001
    return Kept()


def spill_over_of(scenario: Scenario, progress: Progress | None = None) -> SpillOver:
    """Return what leaving is worth in a scenario, computed once; `progress` as of `result_of`."""

    def compute() -> SpillOver:
        if progress is not None:  # to lay out the town takes a moment of its own
            progress("Letting people leave its lists", 0.0)
        return spill_over_in(town_in(scenario), default_share(scenario), progress)

    return _spilt(canonical_text(scenario)).get(compute)


@kept_for_all(NETWORKS_KEPT)
def _networks(text: str, entity_id: int, _scenario: Scenario) -> Mapping[WhoLeft, EgoNetwork]:  # noqa: ARG001
    return networks_around(town_in(_scenario), entity_id)


def networks_in(scenario: Scenario, entity_id: int) -> Mapping[WhoLeft, EgoNetwork]:
    """Return the network around one resident by who has left, computed once."""
    return _networks(canonical_text(scenario), entity_id, scenario)


@kept_for_all(RESULTS_KEPT)
def _held(text: str, _scenario: Scenario) -> pd.DataFrame:  # noqa: ARG001
    return who_holds_what(result_of(_scenario))


def holdings_in(scenario: Scenario) -> pd.DataFrame:
    """Return which list states which fact of how many residents, computed once."""
    return _held(canonical_text(scenario), scenario)


@kept_for_all(RESULTS_KEPT)
def _attributed(text: str) -> Kept[Attribution]:  # noqa: ARG001
    return Kept()


def attribution_of(scenario: Scenario, progress: Progress | None = None) -> Attribution:
    """Return to which lists exposure is owed, computed once; `progress` as of `result_of`."""
    attributed = _attributed(canonical_text(scenario))
    return attributed.get(lambda: attribute(result_of(scenario), progress=progress))


@kept_for_all(MEMORIES_KEPT)
def _forgotten(text: str, retention: int, _scenario: Scenario) -> Result:  # noqa: ARG001
    return forget(result_of(_scenario), retention)


def result_with_memory(scenario: Scenario, retention: int | None) -> Result:
    """Return a scenario's result where sensors keep what they saw for so many days at most."""
    if retention is None:
        return result_of(scenario)
    return _forgotten(canonical_text(scenario), retention, scenario)


@kept_for_all(3 * RESULTS_KEPT)
def _located(text: str, retention: int | None, _scenario: Scenario) -> pd.DataFrame:  # noqa: ARG001
    return located_by_day(result_with_memory(_scenario, retention), retention)


def located_in(scenario: Scenario, retention: int | None) -> pd.DataFrame:
    """Return by when residents were seen near home, for one memory, computed once."""
    return _located(canonical_text(scenario), retention, scenario)


@kept_for_all(RESULTS_KEPT)
def _by_day(text: str, _scenario: Scenario) -> pd.DataFrame:  # noqa: ARG001
    return exposure_by_day(result_of(_scenario), usual_days(_scenario))


def exposure_in_days(scenario: Scenario) -> pd.DataFrame:
    """Return how much of the file had come about by each day, computed once."""
    return _by_day(canonical_text(scenario), scenario)


@kept_for_all(RESULTS_KEPT)
def _rejoinable(text: str, _scenario: Scenario) -> Rejoinable:  # noqa: ARG001
    return rejoinable(result_of(_scenario))


@kept_for_all(THRESHOLDS_KEPT)
def _harmed(text: str, threshold: float, _scenario: Scenario) -> Groups:
    return groups_at(_rejoinable(text, _scenario), threshold)


def harm_at(scenario: Scenario, threshold: float) -> Groups:
    """Return who is harmed if records are joined at a threshold, computed once."""
    return _harmed(canonical_text(scenario), threshold, scenario)


@st.cache_data(show_spinner=False, max_entries=8)
def policies_for(town: str) -> dict[str, str]:
    """Return name -> title of the packaged policies that fit a packaged scenario."""
    return {name: file.title for name, file in fitting_policies(town).files.items()}


@kept_for_all(RESULTS_KEPT)
def _compared(base: str, design: str, label: str) -> Kept[Comparison]:  # noqa: ARG001
    return Kept()


def comparison_of(
    town: str,
    first: tuple[str, ...],
    second: tuple[str, ...],
    progress: Progress | None = None,
) -> Comparison:
    """Return a packaged town under some policies beside itself under others, computed once.

    Where the second design has all policies of the first, it is told as the others laid over it.
    `progress` is told how far the work is, as of `result_of`.

    Raises
    ------
    ScenarioProblems
        If policies do not go together.
    """
    base, design = (load_scenario(town, overlays=sorted(names)) for names in (first, second))
    files = {file.name: file for file in packaged_policies()}
    is_overlaid = set(first) <= set(second)
    if first:
        titles = " + ".join(files[name].title for name in sorted(first))
        base = base.model_copy(update={"title": f"{base.title} + {titles}"})
    told = [files[name] for name in sorted(second) if not is_overlaid or name not in first]
    label = " + ".join(file.title for file in told) or design.title
    about = " ".join(" ".join(file.about.split()) for file in told)
    compared = _compared(canonical_text(base), canonical_text(design), label)
    return compared.get(
        lambda: compare(
            base,
            {"b": design},
            {"b": label},
            1,
            progress,
            abouts={"b": about},
            overlaid=is_overlaid,
        )
    )
