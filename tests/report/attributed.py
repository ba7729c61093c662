"""An attribution made by hand: three lists, of which one repeats another; shares that add up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.experiments.attribution_tables import Attribution
from simulator.experiments.subsets import Player
from simulator.exposure.attribution import interactions, shapley
from simulator.exposure.removals import alone_and_last, closing_order, removals
from simulator.exposure.source_orders import band_of_all_orders
from simulator.scenario import load_scenario
from simulator.tables import Rate

LABELS = ("Utility bills", "Social media", "Data broker")
VALUES = np.array([0.0, 0.06, 0.0, 0.12, 0.06, 0.06, 0.06, 0.12])
"""The town of three sources of `simulator.exposure.attribution`, in 100."""


def attribution(permutations: int = 0, values: np.ndarray = VALUES) -> Attribution:
    """Return what the values of all subsets of the three lists give."""
    scenario = load_scenario("town")
    value_of = values.__getitem__
    count = len(values).bit_length() - 1
    labels = LABELS[:count]
    interval = "permutations" if permutations else "household_bootstrap"
    alone, last = alone_and_last(value_of, count)
    rows = [
        {
            "player": label,
            "metric": metric,
            "value": value,
            "low": value - 0.01,
            "high": value + 0.01,
            "n": permutations or 5000,
            "interval": interval,
        }
        for metric, figures in (
            ("exposure_share", shapley(values)),
            ("wrongful_share", shapley(values) / 100),
            ("alone_share", alone),
            ("last_share", last),
        )
        for label, value in zip(labels, figures, strict=True)
    ]
    closed = closing_order(value_of, count)
    pairs = interactions(values)
    named = [labels[number] for number in closed["closed"].iloc[1:]]
    return Attribution(
        scenario=scenario,
        scenario_hash="0123456789ab",
        seed=scenario.seed,
        version="0.1.0",
        players=tuple(Player(label, (label,)) for label in labels),
        whole=Rate(float(values[-1]), values[-1] - 0.01, values[-1] + 0.01, 5000, interval),
        permutations_count=permutations,
        subsets_count=len(values),
        standard_error=0.004 if permutations else 0.0,
        attribution=pd.DataFrame(rows),
        interactions=pairs.iloc[:0]
        if permutations
        else pairs.assign(
            first=[labels[number] for number in pairs["first"]],
            second=[labels[number] for number in pairs["second"]],
        ),
        removals=_removals(values, labels),
        closing_order=pd.DataFrame(
            {
                "step": closed["step"],
                "closed": ["", *named],
                "exposure_share": closed["value"],
                "exposure_saved": closed["saved"],
                "wrongful_share": closed["value"] / 100,
            }
        ),
        orders=band_of_all_orders(values).assign(own_order=values[(1 << np.arange(count + 1)) - 1]),
        by_person=pd.DataFrame({label: [0.1, 0.2] for label in labels}, index=[1, 2]),
    )


def _removals(values: np.ndarray, labels: tuple[str, ...]) -> pd.DataFrame:
    table = removals(values.__getitem__, len(labels))
    parts = [
        pd.DataFrame(
            {
                "first": [labels[number] for number in table["first"]],
                "second": [labels[number] if number >= 0 else "" for number in table["second"]],
                "removed_count": table["removed_count"],
                "rank": table["rank"],
                "metric": metric,
                "left": table["left"] / scale,
                "value": table["saved"] / scale,
                "low": table["saved"] / scale - 0.01,
                "high": table["saved"] / scale + 0.01,
                "n": 5000,
                "interval": "household_bootstrap",
            }
        )
        for metric, scale in (("exposure_share", 1), ("wrongful_share", 100))
    ]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def holdings() -> pd.DataFrame:
    """Return what three lists hold: a name everyone has, a home in parts, a rare open case."""
    figures = {
        ("legal_name", "Name", False): [(0.5, 0.5, 0.0), (0.3, 0.3, 0.0), (0.4, 0.4, 0.0)],
        ("home_address", "Home address", False): [(0.4, 0.4, 0.1), (0, 0, 0.7), (0.5, 0.2, 0.3)],
        ("case", "Open immigration case", True): [(np.nan,) * 3] * 3,
    }
    return pd.DataFrame(
        [
            {
                "player": label,
                "fact": fact,
                "label": name,
                "sensitive": sensitive,
                "metric": metric,
                "value": value,
                "low": value,
                "high": value,
                "n": 12 if np.isnan(value) else 5000,
                "interval": "none" if np.isnan(value) else "wilson",
            }
            for (fact, name, sensitive), by_list in figures.items()
            for label, found in zip(LABELS, by_list, strict=True)
            for metric, value in zip(
                ("right_share", "named_share", "coarse_share"), found, strict=True
            )
        ]
    )
