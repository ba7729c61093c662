"""What a scenario file may say: every setting with its meaning, unit and range.

The JSON schema that editors use is generated from these classes, so a description here is the text
that a person sees when they hover over a setting.
"""

from simulator.scenario.schema.adversary import Adversary, Audit, LinkageSettings, Review, Triage
from simulator.scenario.schema.base import (
    BULK_GATES,
    GATES_BY_DEMAND,
    INDIVIDUAL_GATES,
    Gate,
    Setting,
)
from simulator.scenario.schema.population import (
    CensusGroup,
    Fact,
    FactName,
    Group,
    Haunt,
    PopulationSettings,
    SensitiveFact,
)
from simulator.scenario.schema.scenario import Scenario
from simulator.scenario.schema.source import (
    Compiled,
    Coverage,
    DisplayStyle,
    Events,
    FieldRole,
    Noise,
    NoiseType,
    RecordOf,
    Sightings,
    Source,
    SourceField,
)

__all__ = [
    "BULK_GATES",
    "GATES_BY_DEMAND",
    "INDIVIDUAL_GATES",
    "Adversary",
    "Audit",
    "CensusGroup",
    "Compiled",
    "Coverage",
    "DisplayStyle",
    "Events",
    "Fact",
    "FactName",
    "FieldRole",
    "Gate",
    "Group",
    "Haunt",
    "LinkageSettings",
    "Noise",
    "NoiseType",
    "PopulationSettings",
    "RecordOf",
    "Review",
    "Scenario",
    "SensitiveFact",
    "Setting",
    "Sightings",
    "Source",
    "SourceField",
    "Triage",
]
