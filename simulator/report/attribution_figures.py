"""What is read out of an attribution, and how its figures are written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from simulator.experiments.attribution_tables import Attribution

ORDERS: Mapping[str, str] = {
    "share": "Greatest share first",
    "closing": "To close first",
    "own": "As the scenario has them",
}
"""In which order the lists are shown."""


def ordered(found: Attribution, order: str) -> list[str]:
    """Return the lists in one of `ORDERS`; those that no closing was worked out for come last."""
    own = [player.label for player in found.players]
    if order == "own":
        return own
    by_share = [row["player"] for row in ranked_shares(found)]
    if order == "closing":
        closed = found.closing_order["closed"].iloc[1:].tolist()
        return [*closed, *(name for name in by_share if name not in closed)]
    return by_share


def ranked_shares(found: Attribution) -> list[dict[str, Any]]:
    """Return the lists' shares of exposure, the greatest first."""
    rows = _of_metric(found.attribution, "exposure_share")
    return sorted(rows, key=lambda row: -round(row["value"], 12))


def best_removals(found: Attribution) -> list[dict[str, Any]]:
    """Return the removal of one list that saves most exposure, and of two, if there are two."""
    rows = _of_metric(found.removals, "exposure_share")
    return [row for row in rows if row["rank"] == 1]


def _of_metric(table: pd.DataFrame, metric: str) -> list[dict[str, Any]]:
    rows = table.loc[table["metric"] == metric].to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def named(found: Attribution, label: str) -> str:
    """Name a list inside a sentence."""
    asked = found.scenario.individually_obtained()
    together = [player.label for player in found.players if asked and player.sources == asked]
    return "the lists for named targets" if label in together else label


def listed(parts: Sequence[str]) -> str:
    """Join parts of a sentence.

    >>> listed(["one"]), listed(["one", "two", "three"])
    ('one', 'one, two and three')
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def points(share: float) -> str:
    """Write a share in 100; with a digit more where it is small.

    >>> points(0.474), points(0.004), points(0.0), points(-0.02)
    ('47', '0.4', '0', '−2')
    """
    if math.isnan(share):
        return "–"
    small = 0 < abs(share) < 0.0095
    said = f"{100 * share:.1f}" if small else f"{100 * share:.0f}"
    return "0" if float(said) == 0 else said.replace("-", "−")


def exact(share: float) -> str:
    """Write a share in 100 with one digit.

    >>> exact(0.158), exact(-0.0002), exact(math.nan)
    ('15.8', '0.0', '–')
    """
    if math.isnan(share):
        return "–"
    said = f"{100 * share:.1f}"
    return "0.0" if float(said) == 0 else said.replace("-", "−")


def signed_points(share: float) -> str:
    """Write a difference in 100 with its sign and one digit.

    >>> signed_points(-0.0592), signed_points(0.0175)
    ('−5.9', '+1.8')
    """
    return f"{100 * share:+.1f}".replace("-", "−")
