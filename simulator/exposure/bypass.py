"""Bypass: how little had to be asked for what became known, and what was bought around a warrant.

Of a fact that several sources give, the one behind the least demanding gate counts: nobody asks a
judge for what stands in a public register.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import Ratio, household_bootstrap
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats
    from simulator.tables import Dossiers

EVERYONE = "all"


def measure_bypass(dossiers: Dossiers, people: pd.DataFrame, resamples: Resamples) -> pd.DataFrame:
    """Return behind which gates the right facts were had, and which share was a bypass.

    Parameters
    ----------
    dossiers : Dossiers
    people : DataFrame
        From `simulator.exposure.person.measure_people`.
    resamples : Resamples

    Returns
    -------
    DataFrame
        ``group``, ``metric``, ``value``, ``low``, ``high``, ``n`` (residents of whom anything is
        known) and ``interval``. All are shares, in [0, 1], of the weight that right facts in
        residents' dossiers earn; not defined where nothing is known.

        For everyone ("all"): ``gate_public_share``, ``gate_purchase_share`` … one per gate, the
        least demanding first, that sum to 1: facts of which it is the least demanding gate behind
        which a source gives them. For everyone and each group: ``bypass_share``: facts that were
        bought (the gate is purchase) and that no source sells but in a column that the law
        reserves to a warrant.
    """
    earned, by_gate, bought = _credit(dossiers, people.index)
    bag = resamples.bag.reindex(people["household_id"]).to_numpy().astype(np.int64)
    groups = people["group"].astype("category").cat
    shares = [(EVERYONE, f"gate_{gate}_share", credit) for gate, credit in by_gate.items()]
    shares += [(group, "bypass_share", bought) for group in (EVERYONE, *groups.categories)]
    ratios = []
    for group, _, credit in shares:
        counts = np.ones(len(people), dtype=np.bool_)
        if group != EVERYONE:
            counts = groups.codes.to_numpy() == groups.categories.get_loc(group)
        above, below = np.where(counts, credit, 0.0), np.where(counts, earned, 0.0)
        ratios.append(Ratio(above, below, int(np.count_nonzero(below))))
    rates = household_bootstrap(ratios, bag, resamples)
    frame = pd.DataFrame(
        [
            {"group": group, "metric": metric, **asdict(rate)}
            for (group, metric, _), rate in zip(shares, rates, strict=True)
        ]
    )
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def _credit(
    dossiers: Dossiers, residents: pd.Index[int]
) -> tuple[Floats, dict[str, Floats], Floats]:
    """Return per resident what right facts earn: all of them, by gate, and those of a bypass."""
    facts = dossiers.facts
    person = residents.get_indexer(pd.Index(facts["entity_id"]))
    credit = np.where(person >= 0, facts["credit"].to_numpy(dtype=np.float64), 0.0)
    gates = facts["gate"].cat
    code = gates.codes.to_numpy()

    def summed(counted: Floats) -> Floats:
        of_resident = np.bincount(np.maximum(person, 0), counted, minlength=len(residents))
        return of_resident.astype(np.float64)

    by_gate = {
        str(gate): summed(np.where(code == place, credit, 0.0))
        for place, gate in enumerate(gates.categories)
    }
    reserved = facts["warrant_reserved"].to_numpy(dtype=np.bool_)
    bought = (facts["gate"] == "purchase").to_numpy() & reserved
    return summed(credit), by_gate, summed(np.where(bought, credit, 0.0))
