"""Every measure at one step of the growth: for everyone and for each group, with its interval."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from simulator.exposure.intervals import Ratio, Resamples, household_bootstrap, wilson
from simulator.exposure.linkage_quality import PAIR_COLUMNS
from simulator.tables import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from simulator.randomness import Floats, Integers
    from simulator.tables import Exposure, Rate

EVERYONE = "all"
METRICS = (
    "exposure_share",
    "unjoined_share",
    "named_share",
    "reidentified_share",
    "reidentified_of_nameless_share",
    "outdated_share",
    "wrongful_share",
    "sensitive_wrongful_share",
    "false_dossier_share",
    "missed_share",
    "surplus",
    "fragmentation",
    "unique_share",
    "misdirected_share",
    "anonymity_bits",
    "linkage_precision",
    "linkage_recall",
    "linkage_f1",
)
"""Every metric, in the order of the rows."""

SHARES: Mapping[str, tuple[str, str | None]] = {
    "named_share": ("named", None),
    "reidentified_share": ("reidentified", None),
    "reidentified_of_nameless_share": ("reidentified", "has_nameless"),
    "outdated_share": ("outdated", None),
    "wrongful_share": ("wrongful", None),
    "sensitive_wrongful_share": ("sensitive_wrongful", None),
    "false_dossier_share": ("false_dossier", "named"),
    "unique_share": ("unique", None),
    "misdirected_share": ("misdirected", None),
}
"""Yes/no metrics: the column that is counted, and among whom (None: all residents)."""

MEANS = (
    "exposure_share",
    "unjoined_share",
    "missed_share",
    "surplus",
    "fragmentation",
    "anonymity_bits",
)
"""Metrics that are the mean of the column of the same name, over those for whom it is defined."""

_COLUMNS = tuple(
    dict.fromkeys(
        [*MEANS, *PAIR_COLUMNS, *(name for pair in SHARES.values() for name in pair if name)]
    )
)
Columns: TypeAlias = "Mapping[str, npt.NDArray[Any]]"
"""Some residents' columns of `measure_people`, one entry each."""


def measure_step(
    people: pd.DataFrame, resamples: Resamples, step: int, source_added: str
) -> Exposure:
    """Return every metric at one step, for everyone and for each group.

    Parameters
    ----------
    people : DataFrame
        From `measure_people`.
    resamples : Resamples
    step : int
        How many sources are joined; 0 is none.
    source_added : str
        The source that this step added; empty at step 0.

    Returns
    -------
    Exposure
        A row per group ("all" first) and metric, in the order of `METRICS`. A figure about fewer
        than 20 people is withheld: NaN, with its n. The n of precision is the number of joined
        pairs, of recall the number of true pairs, of F1 the number of pairs that are either.
    """
    groups = people["group"].astype("category").cat
    bag = resamples.bag.reindex(people["household_id"]).to_numpy().astype(np.int64)
    columns = {name: people[name].to_numpy() for name in _COLUMNS}
    rows = []
    for group in (EVERYONE, *groups.categories):
        members = np.ones(len(people), dtype=bool)
        if group != EVERYONE:
            members = groups.codes.to_numpy() == groups.categories.get_loc(group)
        chosen = {name: values[members] for name, values in columns.items()}
        rates = _rates(chosen, bag[members], resamples)
        rows += [{"group": group, "metric": name, **asdict(rates[name])} for name in METRICS]
    frame = pd.DataFrame(rows)
    frame.insert(0, "step", step)
    frame.insert(1, "source_added", source_added)
    named = ("source_added", "group", "metric", "interval")
    return frame.assign(**{name: text(frame[name]) for name in named})


def _rates(people: Columns, bag: Integers, resamples: Resamples) -> dict[str, Rate]:
    rates = {}
    for name, (column, among) in SHARES.items():
        flags = people[column] if among is None else people[column][people[among]]
        rates[name] = wilson(int(flags.sum()), len(flags))
    ratios = {name: _mean(people[name]) for name in MEANS} | _linkage_ratios(people)
    bootstrapped = household_bootstrap(list(ratios.values()), bag, resamples)
    return rates | dict(zip(ratios, bootstrapped, strict=True))


def _mean(values: Floats) -> Ratio:
    defined = ~np.isnan(values)
    return Ratio(np.where(defined, values, 0.0), defined.astype(np.float64), int(defined.sum()))


def _linkage_ratios(people: Columns) -> dict[str, Ratio]:
    joined, rightly, true = (people[name] for name in PAIR_COLUMNS)
    return {
        "linkage_precision": _of_pairs(rightly, joined, joined),
        "linkage_recall": _of_pairs(rightly, true, true),
        "linkage_f1": _of_pairs(2 * rightly, joined + true, joined + true - rightly),
    }


def _of_pairs(above: Floats, below: Floats, pairs: Floats) -> Ratio:
    """Return a ratio of pairs; two groups may share a pair, so n is rounded."""
    return Ratio(above, below, round(float(pairs.sum())))
