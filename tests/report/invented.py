"""A small result made by hand: four lists, 5,000 residents, figures that are easy to recognise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.exposure import measure_effort
from simulator.linkage import learn
from simulator.scenario import Scenario, load_scenario
from simulator.sources import Obtained
from simulator.tables import Collected, Dossiers, Population, Result

SOURCES = ("utility", "social", "broker", "dmv")

FIGURES = {
    "exposure_share": (0.0, 0.12, 0.17, 0.31, 0.47),
    "unjoined_share": (0.0, 0.12, 0.15, 0.24, 0.36),
    "named_share": (0.0, 0.41, 0.70, 0.85, 0.94),
    "reidentified_share": (0.0, 0.0, 0.09, 0.44, 0.74),
    "reidentified_of_nameless_share": (np.nan, np.nan, 0.2, 0.6, 0.82),
    "outdated_share": (0.0, 0.05, 0.07, 0.12, 0.14),
    "wrongful_share": (0.0, 0.0, 0.004, 0.02, 0.031),
    "sensitive_wrongful_share": (0.0, 0.0, 0.002, 0.01, 0.012),
    "false_dossier_share": (np.nan, 0.0, 0.01, 0.03, 0.04),
    "missed_share": (np.nan, np.nan, 0.5, 0.3, 0.2),
    "surplus": (0.0, 0.0, 0.02, 0.07, 0.11),
    "fragmentation": (0.0, 0.0, 0.0, 0.0, 0.001),
    "linkage_precision": (np.nan, np.nan, 0.98, 0.97, 0.95),
    "linkage_recall": (np.nan, np.nan, 0.45, 0.6, 0.7),
    "linkage_f1": (np.nan, np.nan, 0.62, 0.74, 0.81),
}


def scenario() -> Scenario:
    return load_scenario("town")


def exposure() -> pd.DataFrame:
    rows = []
    for metric, values in FIGURES.items():
        for step, value in enumerate(values):
            half = 0.0 if value == 0 else 0.012
            rows.append(
                {
                    "step": step,
                    "source_added": "" if step == 0 else SOURCES[step - 1],
                    "group": "all",
                    "metric": metric,
                    "value": value,
                    "low": max(value - half, 0.0) if not np.isnan(value) else np.nan,
                    "high": value + half if not np.isnan(value) else np.nan,
                    "n": 5000,
                    "interval": "wilson",
                }
            )
    rows.append(rows[4] | {"group": "white", "value": 0.5, "n": 2900})
    return pd.DataFrame(rows)


def effort() -> pd.DataFrame:
    people = pd.DataFrame({"named": True, "group": "white"}, index=range(1, 101))
    bypass = {"group": "all", "metric": "bypass_share", "value": 0.12, "low": 0.1, "high": 0.14}
    bought = pd.DataFrame([bypass | {"n": 100, "interval": "household_bootstrap"}])
    return pd.concat([measure_effort(people, np.array([1]), 30, 2.0), bought], ignore_index=True)


def result() -> Result:
    empty = pd.DataFrame()
    people = pd.DataFrame({"exposure": [0.25, 0.5]}, index=pd.Index([1, 2], name="entity_id"))
    links = pd.DataFrame(
        {
            "record_id_l": np.array([1], dtype=np.int64),
            "record_id_r": np.array([2], dtype=np.int64),
            "match_weight": [12.5],
            "match_probability": [0.99],
        }
    )
    records = {
        name: pd.DataFrame(
            {"city": ["Millbrook"]}, index=pd.Index([number], name="record_id", dtype="int64")
        )
        for number, name in enumerate(SOURCES)
    }
    return Result(
        scenario=scenario(),
        scenario_hash="0123456789ab",
        seed=20260101,
        version="0.1.0",
        population=Population(empty, empty, empty, empty, empty),
        collected=Collected(records, empty),
        obtained=Obtained(
            Collected(records, empty),
            np.array([], dtype=np.int64),
            pd.Series(dtype="int64"),
            pd.Series(dtype="int64"),
        ),
        learnt=learn(records),
        links=links,
        audit=None,
        membership=pd.Series([1, 1], index=pd.Index([1, 2], name="record_id")),
        dossiers=Dossiers(empty, empty, empty, pd.Series(dtype="float64")),
        exposure=exposure(),
        people=people,
        effort=effort(),
    )
