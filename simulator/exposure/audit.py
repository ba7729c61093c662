"""An audit of the joining: a threshold for each group, so that errors are equally rare in all.

Only the auditor is given the truth; what goes back to whoever joins records is thresholds. The same
share of wrong links is tolerated in every group: equality of predictive value across groups
(Chouldechova 2017, "Fair prediction with disparate impact", Big Data 5:153).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import Stream, combine

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats
    from simulator.scenario.schema import Audit
    from simulator.tables import Links


@dataclass(frozen=True)
class Audited:
    """What an audit led to.

    Attributes
    ----------
    links : Links
        Those at or above the threshold of their group; rows of what was audited, in their order.
    groups : DataFrame
        Index ``group``; ``threshold`` (inf where no link of the sample could stand),
        ``checked_count`` and ``checked_wrong_count`` (of the sample), ``links_before_count`` and
        ``links_after_count`` (accepted links), ``wrong_before_share`` and ``wrong_after_share``
        (0 to 1, of all accepted links, NaN where there are none; the auditor does not know them).
    """

    links: Links
    groups: pd.DataFrame


def audit_links(
    links: Links,
    truth: pd.DataFrame,
    group: pd.Series,
    threshold: float,
    audit: Audit,
    seed: int,
) -> Audited:
    """Check a sample of the accepted links and raise the threshold of each group that needs it.

    A link counts for the group of the person its left record is about.

    Parameters
    ----------
    links : Links
    truth : DataFrame
        As in `simulator.tables.Collected`, of the records that were linked.
    group : Series
        entity_id -> group (category), for everyone, residents or not.
    threshold : float
        Least match probability of an accepted link (0 to 1), the same for all before the audit.
    audit : Audit
    seed : int
        The scenario's seed; whether a link is checked depends on it and on the two records alone.

    Returns
    -------
    Audited

    Examples
    --------
    Of the two links of group b one is wrong, and it is the less certain one:

    >>> from simulator.scenario.schema import Audit
    >>> truth = pd.DataFrame({
    ...     "record_id": [1, 2, 3, 4, 5, 6], "field": "*", "entity_id": [7, 7, 8, 8, 9, 7],
    ... })
    >>> links = pd.DataFrame({
    ...     "record_id_l": [1, 3, 5], "record_id_r": [2, 4, 6],
    ...     "match_probability": [0.91, 0.97, 0.92],
    ... })
    >>> group = pd.Series(["a", "b", "b"], index=[7, 8, 9], dtype="category")
    >>> every = Audit(sample_share=1, wrong_links_share=0)
    >>> audited = audit_links(links, truth, group, 0.9, every, seed=1)
    >>> audited.groups["threshold"].to_dict(), audited.links["record_id_l"].tolist()
    ({'a': 0.9, 'b': 0.97}, [1, 3])
    """
    accepted = links.loc[links["match_probability"] >= threshold]
    probability = accepted["match_probability"].to_numpy(dtype=np.float64)
    whole = truth.loc[truth["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    left, right = (accepted[f"record_id_{side}"].to_numpy() for side in "lr")
    about = subject.loc[left].to_numpy()
    wrong = about != subject.loc[right].to_numpy()
    checked = Stream(seed, "audit").chance(combine(left, right), audit.sample_share)
    groups = group.astype("category").cat
    code = groups.codes.to_numpy()[group.index.get_indexer(pd.Index(about))]
    stands = np.zeros(len(accepted), dtype=np.bool_)
    rows = []
    for at in range(len(groups.categories)):
        own = code == at
        sample = own & checked
        raised = least_threshold(
            probability[sample], wrong[sample], threshold, audit.wrong_links_share
        )
        kept = own & (probability >= raised)
        stands |= kept
        rows.append(
            {
                "threshold": raised,
                "checked_count": int(sample.sum()),
                "checked_wrong_count": int(wrong[sample].sum()),
                "links_before_count": int(own.sum()),
                "links_after_count": int(kept.sum()),
                "wrong_before_share": _share(wrong[own]),
                "wrong_after_share": _share(wrong[kept]),
            }
        )
    return Audited(
        accepted.loc[stands], pd.DataFrame(rows, index=groups.categories.rename("group"))
    )


def least_threshold(
    probability: Floats, wrong: npt.NDArray[np.bool_], threshold: float, tolerated_share: float
) -> float:
    """Return the smallest threshold at which no more than a share of the checked links is wrong.

    Parameters
    ----------
    probability : array of float, length n
        Match probability of each checked link, at least `threshold`.
    wrong : array of bool, length n
        Whether it joins two people.
    threshold : float
        Where to begin; it stands if nothing was checked.
    tolerated_share : float
        Share of wrong links that is tolerated (0 to 1).

    Returns
    -------
    float
        `threshold`, or the probability of a checked link, or inf if even the surest links are
        wrong too often.

    Examples
    --------
    >>> wrong = np.array([True, False, False, False])
    >>> least_threshold(np.array([0.92, 0.95, 0.95, 0.99]), wrong, 0.9, 0.25)
    0.9
    >>> least_threshold(np.array([0.92, 0.95, 0.95, 0.99]), wrong, 0.9, 0.2)
    0.95
    """
    if wrong.sum() <= tolerated_share * len(wrong):
        return threshold
    order = np.argsort(-probability)
    candidates = np.unique(probability)
    accepted = np.searchsorted(-probability[order], -candidates, side="right")
    wrong_count = np.cumsum(wrong[order])[accepted - 1]
    good = np.flatnonzero(wrong_count <= tolerated_share * accepted)
    return float(candidates[good[0]]) if len(good) else np.inf


def _share(wrong: npt.NDArray[np.bool_]) -> float:
    return float(wrong.mean()) if len(wrong) else np.nan
