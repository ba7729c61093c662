"""What a scenario file may say, and how it is read."""

from simulator.scenario.loading import canonical_text, load_scenario, load_text, scenario_hash
from simulator.scenario.notes import load_notes
from simulator.scenario.packaged import PackagedFile, packaged_policies, packaged_scenarios
from simulator.scenario.problems import Problem, ScenarioProblems
from simulator.scenario.schema import Scenario

__all__ = [
    "PackagedFile",
    "Problem",
    "Scenario",
    "ScenarioProblems",
    "canonical_text",
    "load_notes",
    "load_scenario",
    "load_text",
    "packaged_policies",
    "packaged_scenarios",
    "scenario_hash",
]
