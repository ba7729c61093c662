"""How few points of a telephone's trace tell it from every other, and at which resolution."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from simulator.experiments.validate.finding import Finding
from simulator.exposure.unicity import unicity_by_points
from simulator.population import populate
from simulator.randomness import Stream
from simulator.scenario.schema import Source
from simulator.sources.sightings import sight

if TYPE_CHECKING:
    from simulator.experiments.validate.evidence import Evidence
    from simulator.scenario import Scenario

POINTS_COUNT = 5
RESOLUTIONS = ((1, 1), (1, 2), (1, 4), (1, 8), (2, 1), (4, 1))
"""Squares each way and hours that are taken together, the finest first."""
PER_PERSON_DAY = 4.0
"""As in the published study: 114 calls and messages a month (recalled)."""
NETWORK = Source.model_validate(
    {
        "label": "Telephone network",
        "gate": "warrant",
        "record_of": "sighting",
        "coverage": {"share": 1.0},
        "sightings": {"per_person_day": PER_PERSON_DAY},
        "fields": {"phone": {"role": "identifying"}},
    }
)


def unicity_curve(scenario: Scenario) -> pd.DataFrame:
    """Return the unicity of the telephones of all adults, by points known and by resolution.

    Parameters
    ----------
    scenario : Scenario
        Its people, with a telephone network that sees each of them four times a day.

    Returns
    -------
    DataFrame
        ``points``, ``squares``, ``hours``, ``value``, ``low``, ``high``, ``n``: the same traces in
        every row of a resolution, those with five different points or more.
    """
    stream = Stream(scenario.seed, "validate/unicity")
    people = populate(scenario)
    points = sight(scenario, "network", NETWORK, people, stream).sightings
    rows = []
    for squares, hours in RESOLUTIONS:
        rates = unicity_by_points(
            points, POINTS_COUNT, squares=squares, hours=hours, seed=scenario.seed
        )
        for count, rate in enumerate(rates, start=1):
            rows.append((count, squares, hours, rate.value, rate.low, rate.high, rate.n))
    columns = ["points", "squares", "hours", "value", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)


def unicity_at(evidence: Evidence, points: int) -> Finding:
    """Return the unicity of some points at the finest resolution."""
    finest = _finest(evidence)
    days = evidence.scenario.observation_days
    how = f"telephones, {PER_PERSON_DAY:.0f} points a day for {days} days; square and hour"
    return Finding(float(finest["value"][points]), int(finest["n"][points]), how)


def unicity_rise(evidence: Evidence) -> Finding:
    """Return by how much the unicity of four points is above that of one."""
    value, n = _finest(evidence)["value"], int(_finest(evidence)["n"].min())
    how = f"from {100 * value[1]:.1f} % at 1 point to {100 * value[4]:.1f} % at 4"
    return Finding(float(value[4] - value[1]), n, how)


def unicity_power(evidence: Evidence, coarser: Literal["hours", "squares"]) -> Finding:
    """Return the power of the resolution that the unicity of four points falls by.

    The slope of a line through the logarithms: of unicity, on that of hours or of the area of a
    block, the other at its finest.
    """
    curve = evidence.unicity
    other = "squares" if coarser == "hours" else "hours"
    four = curve.loc[(curve["points"] == 4) & (curve[other] == 1)]
    n = int(four["n"].min())
    if not (four["value"] > 0).all():
        return Finding(nan, n, "some resolution tells nobody apart, or holds too few")
    size = four[coarser].to_numpy(np.float64) ** (1 if coarser == "hours" else 2)
    slope = np.polyfit(np.log(size), np.log(four["value"].to_numpy()), 1)[0]
    last = four.iloc[-1]
    unit = "hours" if coarser == "hours" else "squares each way"
    how = (
        f"4 points: {100 * four['value'].iloc[0]:.1f} % at the finest, "
        f"{100 * last['value']:.1f} % with {last[coarser]:.0f} {unit} taken together"
    )
    return Finding(float(slope), n, how)


def _finest(evidence: Evidence) -> pd.DataFrame:
    curve = evidence.unicity
    return curve.loc[(curve["squares"] == 1) & (curve["hours"] == 1)].set_index("points")
