"""Evidence of a few invented rows, for measures that read one part of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from simulator.experiments.validate.evidence import Evidence
from simulator.scenario import load_scenario


def evidence_of(**parts: Any) -> Evidence:
    nobody = pd.DataFrame()
    return Evidence(
        **{
            "scenario": load_scenario("town"),
            "people": nobody,
            "households": nobody,
            "adults": nobody,
            "unique_names": {},
            "in_sources": nobody,
            "unicity": nobody,
            **parts,
        }
    )
