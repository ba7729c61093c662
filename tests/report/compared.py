"""A comparison made by hand: four policies, one of each finding, over twenty towns."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd

from simulator.report.compare_figures import BETTER, NAMES, WORSE
from simulator.scenario import load_scenario
from simulator.tables import Comparison
from tests.report import invented

BASE = 0.5
CHANGES = {"ban": (-0.1, 0.02), "shield": (-0.001, 0.004), "reform": (0.02, 0.005), "moot": (0, 0)}
"""Policy -> its change of exposure, and half the interval."""

LABELS = {
    "ban": "Ban on sharing",
    "shield": "Privacy shield",
    "reform": "Access reform",
    "moot": "Rule for nobody",
}
PLACEBO = (-0.05, 0.01)
SHARES = {BETTER: 0.3, WORSE: 0.012}


ABOUTS = {"ban": "Lists stay where they are.", "shield": "", "reform": "People see their file."}


def scenarios(name: str = "reform", *, records_share: float = -1.5) -> Comparison:
    """Return the same figures as those of a second scenario, whose adversary holds more."""
    policy = comparison(name)
    return replace(
        policy,
        labels={name: "Another town"},
        removed=policy.removed.assign(records_share=records_share),
        overlaid=False,
    )


def comparison(*names: str) -> Comparison:
    """Return the comparison of the policies named, by default of all four."""
    chosen = names or tuple(CHANGES)
    base = load_scenario("town")
    effects = pd.DataFrame(
        [
            row(name, run, group, metric)
            for name, run, group, metric in itertools.product(
                chosen,
                ("frozen", "retrained", "placebo", "beyond_placebo"),
                ("all", *base.population.groups),
                NAMES,
            )
        ]
    )
    growth = invented.exposure().query("group == 'all'")
    designs = [growth.assign(policy="")]
    if len(chosen) == 1:
        fewer = growth.loc[growth["step"] < 4]
        designs.append(fewer.assign(policy=chosen[0], value=fewer["value"] / 2))
    takes = [0.0 if name == "moot" else 0.2 for name in chosen]
    return Comparison(
        base=base,
        policies=dict.fromkeys(chosen, base),
        labels={name: LABELS[name] for name in chosen},
        seeds=tuple(range(7, 27)),
        version="0.1.0",
        effects=effects,
        removed=pd.DataFrame({"policy": list(chosen), "records_share": takes, "cells_share": 0.0}),
        ranking=ranking(chosen, list(base.population.groups)),
        growth=pd.concat(designs, ignore_index=True),
        abouts={name: ABOUTS[name] for name in chosen if name in ABOUTS},
    )


def row(name: str, run: str, group: str, metric: str) -> dict[str, object]:
    """Return one row of `Comparison.effects`."""
    value, half = CHANGES[name]
    if run == "placebo" and name != "moot":
        value, half = PLACEBO
    elif run == "beyond_placebo" and name != "moot":
        value, half = value - PLACEBO[0], half + PLACEBO[1]
    before = BASE
    if metric == "wrongful_share":
        value, half, before = -value / 100, half / 200, 0.03
    elif metric in SHARES:
        value, before = (SHARES[metric] if name != "moot" else 0.0), np.nan
    elif metric != "exposure_share":
        value = value / 2
    is_small = group == "other"  # too few people to be told about
    figures = (before, before + value, value, value - half, value + half)
    names = ("before", "after", "value", "low", "high")
    told = dict(zip(names, [np.nan] * 5 if is_small else figures, strict=True))
    key = {"policy": name, "run": run, "group": group, "metric": metric}
    return key | told | {"n": 0 if is_small else 20, "interval": "paired_t"}


def ranking(chosen: tuple[str, ...], groups: list[str]) -> pd.DataFrame:
    """Return a ranking: the ban first, the others after it."""
    return pd.DataFrame(
        {
            "policy": list(chosen),
            "rank": [1 if name == "ban" else 2 for name in chosen],
            "hardest_group": groups[1],
        }
    )
