"""A sweep made by hand: two settings, two measures."""

from __future__ import annotations

import itertools

import pandas as pd

from simulator.experiments.sweep import Sweep, Swept
from simulator.scenario import load_scenario

SETTINGS = (
    Swept("linkage.threshold", ("0.9", "0.5")),
    Swept("sources.broker.coverage.share", ("0.3", "0.6")),
)


def sweep(
    settings: tuple[Swept, ...] = SETTINGS,
    *,
    half: float = 0.02,
    seeds: tuple[int, ...] = (7,),
) -> Sweep:
    """Return a sweep in which every cell has 0.1 more exposure and one bit more than the last."""
    rows = []
    for place, values in enumerate(itertools.product(*(swept.values for swept in settings))):
        cell = {swept.path: value for swept, value in zip(settings, values, strict=True)}
        for metric, value, spread in (
            ("exposure_share", 0.2 + 0.1 * place, half),
            ("anonymity_bits", 5.0 + place, 10 * half),
        ):
            ends = {"low": value - spread, "high": value + spread}
            rows.append(cell | {"metric": metric, "value": value} | ends
                        | {"n": 5000, "interval": "household_bootstrap"})  # fmt: skip
    return Sweep(load_scenario("town"), settings, seeds, "0.1.0", pd.DataFrame(rows))
