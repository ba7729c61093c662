"""Figures over time made by hand: ten days, two memories, two groups."""

from __future__ import annotations

import pandas as pd

NAN = float("nan")
LAST = 10


def located(shares=(0.1, 0.4, 0.6), half=(7.0, 6.0, 9.0), *, retention=None, n=400):
    """Return the table of one memory; the shares are those of days 1, 5 and 10."""
    rows = []
    for group, count in (("all", n), ("a", n - 12), ("b", 12)):
        known = count >= 20
        interval = "greenwood" if known else "none"
        for day in range(1, LAST + 1):
            value = shares[(day >= 5) + (day >= 10)] if known else NAN
            rows.append((day, group, "located_share", value, value - 0.02, value + 0.02, interval))
        ends = half if known else (NAN, NAN, NAN)
        rows.append((LAST, group, "half_located_days", *ends, interval))
        rows.append((LAST, group, "located_by_another_share", 0.03, 0.01, 0.05, "wilson"))
    columns = ["day", "group", "metric", "value", "low", "high", "interval"]
    frame = pd.DataFrame(rows, columns=columns)
    counts = frame["group"].map({"all": n, "a": n - 12, "b": 12})
    memory = pd.Series([retention] * len(frame), dtype="Int64")
    return frame.assign(n=counts, retention_days=memory)


def both():
    """Return the scenario's own memory and one of 3 days."""
    shorter = located((0.0, 0.0, 0.25), (NAN, NAN, NAN), retention=3)
    return pd.concat([located(), shorter], ignore_index=True)


def exposure(days=(0, 10)):
    """Return how much the file held on some days."""
    metrics = (
        "exposure_share",
        "named_share",
        "reidentified_share",
        "wrongful_share",
        "sensitive_wrongful_share",
    )
    rows = [
        {
            "day": day,
            "group": "all",
            "metric": metric,
            "value": 0.5 + day / 100,
            "low": 0.48 + day / 100,
            "high": 0.52 + day / 100,
            "n": 500,
            "interval": "wilson",
        }
        for day in days
        for metric in metrics
    ]
    return pd.DataFrame(rows)


def sightings():
    """Return a trail of five sightings, one outside the town, one of somebody else."""
    return pd.DataFrame(
        {
            "day": [1, 3, 3, 6, 9],
            "seen_area": ["B2", "B2", "D4", "~A1", "C3"],
            "near_home": [True, True, False, False, True],
            "of_another": [False, False, True, False, False],
        }
    )


def squares(side=4):
    """Return a square map."""
    places = [(column, row) for column in range(side) for row in range(side)]
    names = [f"{chr(65 + column % 26)}{row + 1}" for column, row in places]
    return pd.DataFrame(places, columns=["column", "row"], index=names)
