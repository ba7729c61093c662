"""Ranking people or squares of the map for attention, and how often that is wrong.

"Predictive analytics": a declared rule gives points for what is on file, and those with most points
are flagged. What it ought to find is drawn at random, the same in every group; any difference in
who is flagged comes out of the files. The loop from attention to more records to more attention is
that of Lum and Isaac 2016, "To predict and serve?", Significance 13(5), and Ensign et al. 2018,
"Runaway feedback loops in predictive policing", PMLR 81.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from simulator.exposure.intervals import Ratio, household_bootstrap, wilson, withheld
from simulator.randomness import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from simulator.exposure.intervals import Resamples
    from simulator.tables import Dossiers, Rate

    Flags: TypeAlias = npt.NDArray[np.bool_]

EVERYONE = "all"
ADULT_YEARS = 18
FEWEST_EVENTS = 5
"""No figure is given about a group of which fewer are flagged: one more or less would double it."""
METRICS = ("flagged_share", "wrongly_flagged_share", "right_of_flagged_share", "found_share")
"""What is measured of a flagged list; see `measure_flagged`."""
FEEDBACK = "records_on_flagged_share"
"""What the flagged list does to the files; see `measure_feedback`."""


def points_of_people(weights: Mapping[str, float], dossiers: Dossiers) -> pd.Series[float]:
    """Return the points of everyone who has a dossier.

    Parameters
    ----------
    weights : mapping
        Points per record in a source, or per sensitive fact that the dossier states.
    dossiers : Dossiers

    Returns
    -------
    Series
        entity_id of the dossier's owner -> points; whoever has no dossier is not there.
    """
    records = dossiers.records.loc[dossiers.records["owner_id"] >= 0]
    of_source = records["source"].astype(str).map(weights).fillna(0.0).astype(np.float64)
    facts = dossiers.facts
    of_fact = facts["fact"].astype(str).map(weights).fillna(0.0).astype(np.float64)
    of_fact = of_fact.where(facts["sensitive"].astype(bool), 0.0)
    points = pd.concat(
        [
            pd.Series(of_source.to_numpy(), index=records["owner_id"].to_numpy()),
            pd.Series(of_fact.to_numpy(), index=facts["entity_id"].to_numpy()),
        ]
    )
    return points.groupby(level=0).sum()


def points_of_areas(
    weights: Mapping[str, float], records: Mapping[str, pd.DataFrame], areas: pd.Index[str]
) -> pd.Series[float]:
    """Return the points of each square: per record of a named source that happened there.

    Parameters
    ----------
    weights : mapping
    records : mapping of DataFrame
        Source name -> frame; read are the first of ``event_area``, ``seen_area`` and ``home_area``
        that it has.
    areas : Index of str
        The squares of the town's map.

    Examples
    --------
    >>> stops = pd.DataFrame({"event_area": ["A1", "B1", "A1"]})
    >>> points_of_areas({"police": 2.0}, {"police": stops}, pd.Index(["A1", "B1", "C1"])).tolist()
    [4.0, 2.0, 0.0]
    """
    points = pd.Series(0.0, index=areas)
    for source, weight in weights.items():
        frame = records.get(source, pd.DataFrame())
        column = next((n for n in ("event_area", "seen_area", "home_area") if n in frame), None)
        if column is not None:
            counts = frame[column].astype(object).value_counts()
            points += weight * counts.reindex(areas).fillna(0.0)
    return points


def flag_top(points: pd.Series[float], share: float, seed: int) -> pd.Series[bool]:
    """Flag those with most points; equal points in an order drawn at random.

    Parameters
    ----------
    points : Series of float
    share : float
        Share of the entries to flag (0 to 1); above 0, at least one is flagged. Whoever has no
        points above 0 is never flagged.
    seed : int

    Examples
    --------
    >>> flag_top(pd.Series([3.0, 0.0, 5.0, 1.0]), 0.5, 1).tolist()
    [True, False, True, False]
    >>> flag_top(pd.Series([3.0, 0.0, 5.0, 1.0]), 0.05, 1).tolist()
    [False, False, True, False]
    >>> flag_top(pd.Series([0.0, 0.0]), 0.5, 1).tolist()
    [False, False]
    """
    count = max(1, round(share * len(points))) if share > 0 else 0
    lots = Stream(seed, "triage/lots").uniform(np.arange(len(points)))
    order = np.lexsort((lots, -points.to_numpy()))
    flagged = np.zeros(len(points), dtype=np.bool_)
    flagged[order[:count]] = True
    return pd.Series(flagged & (points.to_numpy() > 0), index=points.index)


def true_outcomes(people: pd.DataFrame, share: float, seed: int) -> pd.Series[bool]:
    """Draw whom the rule ought to find: adults, with the same chance in every group.

    Parameters
    ----------
    people : DataFrame
        ``Population.people`` or some of its rows.
    share : float
        Share of adults (0 to 1).
    seed : int
    """
    drawn = Stream(seed, "triage/outcome").chance(people.index.to_numpy(), share)
    return pd.Series(drawn & (people["age"].to_numpy() >= ADULT_YEARS), index=people.index)


def measure_flagged(
    people: pd.DataFrame, flagged: pd.Series[bool], ought: pd.Series[bool]
) -> pd.DataFrame:
    """Return who is flagged and how many wrongly, for everyone and for each group.

    Parameters
    ----------
    people : DataFrame
        Residents: ``group``, indexed by entity_id.
    flagged, ought : Series of bool
        Whether each of them is flagged, and whether the rule ought to find them.

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric``, ``value``, ``low``, ``high``, ``n``, ``interval``
        (Wilson; withheld below 20 people, and of a group where fewer than `FEWEST_EVENTS` are
        counted as flagged, wrongly flagged or found):

        flagged_share : flagged, of all people
        wrongly_flagged_share : flagged, of those it ought not to find (false positive rate)
        right_of_flagged_share : of those flagged, the share it ought to find (precision)
        found_share : of those it ought to find, the share flagged (recall)
    """
    group = people["group"].astype("category")
    flags = flagged.reindex(people.index).to_numpy(dtype=bool)
    true = ought.reindex(people.index).to_numpy(dtype=bool)
    rows = []
    for name in (EVERYONE, *group.cat.categories):
        among = np.ones(len(people), bool) if name == EVERYONE else (group == name).to_numpy()
        rows += [
            {"group": str(name), "metric": metric, **asdict(rate)}
            for metric, rate in _rates(
                flags[among], true[among], fewest=0 if name == EVERYONE else FEWEST_EVENTS
            ).items()
        ]
    return pd.DataFrame(rows)


def _rates(flags: Flags, true: Flags, *, fewest: int) -> dict[str, Rate]:
    """Return the shares; those that count fewer than `fewest` people are withheld.

    How many of the flagged are right is told even where none is: it rests on those flagged, of whom
    there are 20 at least.
    """
    both, wrongly = int((flags & true).sum()), int((flags & ~true).sum())
    counted = {
        "flagged_share": (int(flags.sum()), len(flags)),
        "wrongly_flagged_share": (wrongly, int((~true).sum())),
        "found_share": (both, int(true.sum())),
    }
    told = {
        metric: wilson(events, n) if events >= fewest else withheld(n)
        for metric, (events, n) in counted.items()
    }
    told["right_of_flagged_share"] = wilson(both, int(flags.sum()))
    return {metric: told[metric] for metric in METRICS}


def measure_feedback(
    people: pd.DataFrame,
    flagged: pd.Series[bool],
    records_count: pd.Series[int],
    resamples: Resamples,
) -> pd.DataFrame:
    """Return which share of the records that the rule counts is about flagged people.

    Sum of the counted records about flagged people / sum of all counted records, of everyone and of
    each group; between 0 and 1. Records of one person come together, so the interval is over
    households and not over records.

    Parameters
    ----------
    people : DataFrame
        Residents: ``group`` and ``household_id``, indexed by entity_id.
    flagged : Series of bool
        Whether each of them is flagged.
    records_count : Series of int
        entity_id -> counted records about them; whoever is not there has none.
    resamples : Resamples
        From `simulator.exposure.intervals.resample_households`, of these people.

    Returns
    -------
    DataFrame
        As of `measure_flagged`, the metric `FEEDBACK`; withheld where fewer than 20 people have a
        record that counts, and of a group of which fewer than `FEWEST_EVENTS` with one are flagged.
        ``n`` is the number of records.
    """
    group = people["group"].astype("category")
    names = (EVERYONE, *group.cat.categories)
    records = records_count.reindex(people.index).fillna(0).to_numpy(np.float64)
    on_flagged = records * flagged.reindex(people.index).to_numpy(dtype=bool)
    ratios = []
    for name in names:
        among = (group == name).to_numpy(np.float64) if name != EVERYONE else np.ones(len(people))
        ratios.append(Ratio(on_flagged * among, records * among, int((records * among).sum())))
    bag = resamples.bag.reindex(people["household_id"]).to_numpy().astype(np.int64)
    rows = []
    for name, ratio, rate in zip(
        names, ratios, household_bootstrap(ratios, bag, resamples), strict=True
    ):
        is_few = name != EVERYONE and np.count_nonzero(ratio.above) < FEWEST_EVENTS
        told = withheld(rate.n) if is_few else rate
        rows.append({"group": str(name), "metric": FEEDBACK, **asdict(told)})
    return pd.DataFrame(rows)
