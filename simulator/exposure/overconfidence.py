"""Is the linkage as right as it says? The probability of the links it accepted beside the truth."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.growth import EVERYONE
from simulator.exposure.intervals import Ratio, household_bootstrap, wilson, withheld
from simulator.tables import Rate, text

if TYPE_CHECKING:
    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats
    from simulator.tables import Links

METRICS = ("stated_probability", "accepted_precision", "overconfidence")


def overconfidence(
    links: Links,
    truth: pd.DataFrame,
    people: pd.DataFrame,
    threshold: float,
    resamples: Resamples,
) -> pd.DataFrame:
    """Return how much surer the accepted links are than they are right, for all and by group.

        overconfidence = mean match probability of accepted links - their precision

    A link is accepted if its probability is at least the threshold, whether or not the clusters
    make use of it, and right if both records are about one entity. Links count where at least one
    record is about a resident. Each record of a link answers for half of it, an outsider's half
    goes to the resident; a group's figure is that of its members' halves.

    Parameters
    ----------
    links : Links
    truth : DataFrame
        As in `simulator.tables.Collected`, of the records that were linked.
    people : DataFrame
        Residents, indexed by ``entity_id``, sorted: ``group`` and ``household_id``.
    threshold : float
        Least match probability of an accepted link (0 to 1).
    resamples : Resamples

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric`` (one of `METRICS`), ``value``, ``low``, ``high``, ``n``
        (accepted links, halves added up and rounded) and ``interval``. The first two lie in [0, 1],
        overconfidence in [-1, 1]; above 0 is too sure, below 0 too modest. The mean probability has
        a household bootstrap; precision has Wilson's interval as if links were independent, and
        overconfidence that of precision, the mean probability being taken as known. (Drawing
        households anew would call a group perfect in which no wrong link happens to be.) Withheld
        where fewer than 20 residents have a link.

    Examples
    --------
    Twenty people with one right link each at 0.95, twenty with one wrong link each to an outsider:

    >>> from simulator.exposure.intervals import resample_households
    >>> people = pd.DataFrame({"group": ["a"] * 20 + ["b"] * 20, "household_id": range(40)})
    >>> subjects = [*range(40), *range(20), *range(100, 120)]
    >>> truth = pd.DataFrame({"record_id": range(80), "field": "*", "entity_id": subjects})
    >>> links = pd.DataFrame({"record_id_l": range(40), "record_id_r": range(40, 80),
    ...     "match_probability": 0.95})
    >>> found = overconfidence(links, truth, people, 0.9,
    ...     resample_households(people["household_id"], 1))
    >>> figures = found.pivot(index="group", columns="metric", values="value").round(9)
    >>> figures["overconfidence"].to_dict()
    {'a': -0.05, 'all': 0.45, 'b': 0.95}
    """
    accepted = links.loc[links["match_probability"] >= threshold]
    whole = truth.loc[truth["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    left, right = (subject.loc[accepted[f"record_id_{side}"]].to_numpy() for side in "lr")
    probability = accepted["match_probability"].to_numpy(dtype=np.float64)
    is_right = (left == right).astype(np.float64)
    ends = [people.index.get_indexer(pd.Index(end)) for end in (left, right)]
    both = (ends[0] >= 0) & (ends[1] >= 0)

    def by_person(weights: Floats) -> Floats:
        """Return the weight of the links that each resident answers for."""
        total = np.zeros(len(people))
        for end in ends:
            among = end >= 0
            part = np.where(both, 0.5, 1.0) * weights
            total += np.bincount(end[among], weights=part[among], minlength=len(people))
        return total

    count, stated, correct = (
        by_person(each) for each in (np.ones(len(accepted)), probability, is_right)
    )
    bag = resamples.bag.reindex(people["household_id"]).to_numpy().astype(np.int64)
    groups = people["group"].astype("category").cat
    rows = []
    for group in (EVERYONE, *groups.categories):
        members = np.ones(len(people), dtype=np.bool_)
        if group != EVERYONE:
            members = (people["group"] == group).to_numpy()
        n = round(float(count[members].sum()))
        mean = Ratio(stated[members], count[members], n)
        (said,) = household_bootstrap([mean], bag[members], resamples)
        true = withheld(n)
        if not np.isnan(said.value):
            true = _precision(float(correct[members].sum()), float(count[members].sum()), n)
        apart = Rate(
            said.value - true.value, said.value - true.high, said.value - true.low, n, true.interval
        )
        rows += [
            {"group": group, "metric": metric, **asdict(rate)}
            for metric, rate in zip(METRICS, (said, true, apart), strict=True)
        ]
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def _precision(correct: float, count: float, n: int) -> Rate:
    """Return the share of right links, with Wilson's interval for as many whole links."""
    rounded = wilson(min(round(correct), n), n)
    value = correct / count
    return Rate(value, min(rounded.low, value), max(rounded.high, value), n, rounded.interval)
