"""Who knows what: which facts each list states rightly, of how many residents, before any joining.

Lists that only come together (see `simulator.experiments.subsets.players`) are shown as one.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd

from simulator.dossiers.ground import ground
from simulator.dossiers.holdings import Holdings, find_holdings
from simulator.dossiers.statements import statements
from simulator.experiments.subsets import players
from simulator.exposure.intervals import wilson
from simulator.tables import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.scenario import Scenario
    from simulator.tables import Result

METRICS: Mapping[str, str] = {
    "right_share": "right_count",
    "named_share": "named_count",
    "coarse_share": "coarse_count",
}
"""Metric -> what is counted; see `simulator.dossiers.holdings.Holdings.counts`."""


def who_holds_what(result: Result) -> pd.DataFrame:
    """Return, per list and fact, the share of residents of whom the list states it rightly.

    Parameters
    ----------
    result : Result

    Returns
    -------
    DataFrame
        ``player`` (label of the list), ``fact``, ``label`` (of the fact), ``sensitive`` (bool),
        ``metric``, ``value``, ``low``, ``high``, ``n`` and ``interval``; facts in the scenario's
        order. Of the n residents of whom the fact is true: ``right_share``, in how many cases a
        record of the list states it rightly and exactly; ``named_share``, in how many such a record
        itself states the legal name; ``coarse_share``, in how many only a coarser value is right.
        Wilson's 95 % interval; withheld under 20 residents.
    """
    scenario = result.scenario
    joined = players(scenario)
    counts = holdings_of(result).counts()
    labels, sensitive = fact_labels(scenario), set(scenario.sensitive_facts)
    rows = [
        {
            "player": joined[row["holder"]].label,
            "fact": row["fact"],
            "label": labels[row["fact"]],
            "sensitive": row["fact"] in sensitive,
            "metric": metric,
            **asdict(wilson(row[counted], row["true_count"])),
        }
        for row in counts.to_dict("records")
        for metric, counted in METRICS.items()
    ]
    frame = pd.DataFrame(rows)
    named = ("player", "fact", "label", "metric", "interval")
    return frame.assign(**{name: text(frame[name]) for name in named})


def holdings_of(result: Result) -> Holdings:
    """Find what each player of a run states rightly of the residents."""
    known = ground(result.scenario, result.population)
    return find_holdings(
        known,
        statements(known, result.obtained.collected),
        [player.sources for player in players(result.scenario)],
        result.people.index.to_numpy(),
    )


def fact_labels(scenario: Scenario) -> dict[str, str]:
    """Return fact -> its name as shown, in the scenario's order."""
    return {name: fact.label for name, fact in scenario.facts.items()} | {
        name: fact.label for name, fact in scenario.sensitive_facts.items()
    }
