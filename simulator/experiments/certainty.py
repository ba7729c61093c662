"""How sure is the linkage? Its links against the truth, and its stated probabilities too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import wilson
from simulator.pipeline import collect_records, link_records
from simulator.sources import obtain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from simulator.pipeline import Progress
    from simulator.randomness import Floats
    from simulator.scenario import Scenario
    from simulator.tables import Links

THRESHOLDS = tuple(round(0.01 * step, 2) for step in range(1, 100))
UNSURE = (0.05, 0.95)
"""Candidates between these probabilities are the ones calibration is about: the rest are easy."""
BINS_COUNT = 10


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs, and whether each is right.

    Attributes
    ----------
    probability : array of float64
        What the linkage states (0.01 to 1); pairs below are no candidates.
    is_right : array of bool
        Both records are about one entity.
    true_pairs_count : int
        Pairs of records about one entity, candidates or not.
    """

    probability: Floats
    is_right: npt.NDArray[np.bool_]
    true_pairs_count: int


def judge(links: Links, truth: pd.DataFrame) -> Candidates:
    """Hold links against the truth.

    Parameters
    ----------
    links : Links
    truth : DataFrame
        As in `simulator.tables.Collected`, of the sources that were linked.

    Examples
    --------
    Records 1, 2 and 3 are about one person, so three pairs are true:

    >>> truth = pd.DataFrame({"record_id": [1, 2, 3, 4], "field": "*", "entity_id": [7, 7, 7, 8]})
    >>> links = pd.DataFrame({
    ...     "record_id_l": [1, 1], "record_id_r": [2, 4], "match_probability": [0.9, 0.3],
    ... })
    >>> found = judge(links, truth)
    >>> found.is_right.tolist(), found.true_pairs_count
    ([True, False], 3)
    """
    whole = truth.loc[truth["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    left, right = (subject.loc[links[f"record_id_{side}"]].to_numpy() for side in "lr")
    records_count = subject.value_counts().to_numpy()
    return Candidates(
        probability=links["match_probability"].to_numpy(dtype=np.float64),
        is_right=np.asarray(left == right, dtype=np.bool_),
        true_pairs_count=int((records_count * (records_count - 1) // 2).sum()),
    )


def pool(many: Sequence[Candidates]) -> Candidates:
    """Return the candidates of several towns together."""
    return Candidates(
        probability=np.concatenate([one.probability for one in many]),
        is_right=np.concatenate([one.is_right for one in many]),
        true_pairs_count=sum(one.true_pairs_count for one in many),
    )


def by_threshold(candidates: Candidates, thresholds: Iterable[float] = THRESHOLDS) -> pd.DataFrame:
    """Return how many links are right, wrong and missed at each threshold.

    Returns
    -------
    DataFrame
        ``threshold``; ``right`` and ``wrong`` (links at or above it); ``missed`` (true pairs that
        are not); ``precision`` = right / (right + wrong) and ``recall`` = right / (right + missed),
        each with ``_low`` and ``_high``, Wilson's 95 % interval as if links were independent; NaN
        over fewer than 20 pairs.

    Examples
    --------
    >>> half = np.arange(200) % 2 == 0
    >>> table = by_threshold(Candidates(np.where(half, 0.9, 0.2), half, 150), [0.1, 0.5])
    >>> table[["threshold", "right", "wrong", "missed", "precision"]].to_numpy().tolist()
    [[0.1, 100.0, 100.0, 50.0, 0.5], [0.5, 100.0, 0.0, 50.0, 1.0]]
    """
    rows = []
    for threshold in thresholds:
        accepted = candidates.probability >= threshold
        right = int((accepted & candidates.is_right).sum())
        wrong = int(accepted.sum()) - right
        precision, recall = (wilson(right, n) for n in (right + wrong, candidates.true_pairs_count))
        rows.append(
            {
                "threshold": threshold,
                "right": right,
                "wrong": wrong,
                "missed": candidates.true_pairs_count - right,
                "precision": precision.value,
                "precision_low": precision.low,
                "precision_high": precision.high,
                "recall": recall.value,
                "recall_low": recall.low,
                "recall_high": recall.high,
            }
        )
    return pd.DataFrame(rows)


def best_threshold(table: pd.DataFrame) -> tuple[float, float]:
    """Return the threshold with the largest F1, the lowest of several, and that F1.

    F1 = 2 right / (2 right + wrong + missed): the harmonic mean of precision and recall. Only
    whoever knows the truth can tell.

    Parameters
    ----------
    table : DataFrame
        As of `by_threshold`.

    Examples
    --------
    >>> rows = {"threshold": [0.1, 0.5], "right": [9, 8], "wrong": [9, 1], "missed": [1, 2]}
    >>> threshold, f1 = best_threshold(pd.DataFrame(rows))
    >>> threshold, round(f1, 3)
    (0.5, 0.842)
    """
    right = 2 * table["right"].to_numpy(dtype=np.float64)
    f1 = right / np.maximum(right + table["wrong"].to_numpy() + table["missed"].to_numpy(), 1)
    best = int(f1.argmax())
    return float(table["threshold"].iloc[best]), float(f1[best])


def calibration(candidates: Candidates) -> pd.DataFrame:
    """Return the share of true pairs beside the probability stated, in ten equal bins.

    Returns
    -------
    DataFrame
        A row per bin of width 0.1 that holds a candidate: ``low``, ``high`` (of the bin), ``n``,
        ``stated`` (mean probability), ``true_share`` and ``true_low``, ``true_high`` (Wilson's 95 %
        interval; all three NaN over fewer than 20 candidates).
    """
    edge = np.minimum((candidates.probability * BINS_COUNT).astype(np.int64), BINS_COUNT - 1)
    n = np.bincount(edge, minlength=BINS_COUNT)
    right = np.bincount(edge, weights=candidates.is_right, minlength=BINS_COUNT)
    stated = np.bincount(edge, weights=candidates.probability, minlength=BINS_COUNT)
    rows = []
    for place in np.flatnonzero(n):
        share = wilson(int(right[place]), int(n[place]))
        rows.append(
            {
                "low": place / BINS_COUNT,
                "high": (place + 1) / BINS_COUNT,
                "n": int(n[place]),
                "stated": stated[place] / n[place],
                "true_share": share.value,
                "true_low": share.low,
                "true_high": share.high,
            }
        )
    columns = ["low", "high", "n", "stated", "true_share", "true_low", "true_high"]
    return pd.DataFrame(rows, columns=columns)


def unsure(candidates: Candidates) -> Candidates:
    """Return the candidates with a probability of 0.05 to 0.95."""
    low, high = UNSURE
    chosen = (candidates.probability >= low) & (candidates.probability <= high)
    return replace(
        candidates,
        probability=candidates.probability[chosen],
        is_right=candidates.is_right[chosen],
    )


def expected_calibration_error(candidates: Candidates) -> float:
    """Return by how much the stated probabilities are off, on average: 0 (not at all) to 1.

    Over the candidates with a probability of 0.05 to 0.95, in ten equal bins b of width 0.1:

        ECE = sum over b of n_b x |mean probability in b - share true in b| / n

    Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian
    binning", AAAI. NaN without such a candidate.

    Examples
    --------
    Four candidates at 0.75, all true, are off by 0.25; twelve at 0.5, half true, by nothing. The
    candidate at 0.99 does not count:

    >>> probability = np.array([0.75] * 4 + [0.5] * 12 + [0.99])
    >>> is_right = np.array([True] * 4 + [True, False] * 6 + [False])
    >>> expected_calibration_error(Candidates(probability, is_right, 10))
    0.0625
    """
    chosen = unsure(candidates)
    if not len(chosen.probability):
        return float("nan")
    edge = np.minimum((chosen.probability * BINS_COUNT).astype(np.int64), BINS_COUNT - 1)
    gaps = np.bincount(edge, weights=chosen.probability - chosen.is_right)
    return float(np.abs(gaps).sum() / len(edge))


def candidates_of(scenario: Scenario) -> Candidates:
    """Draw the town of a scenario, link its records and judge the links."""
    obtained = obtain(scenario, *collect_records(scenario))
    return judge(link_records(scenario, obtained).links, obtained.collected.truth)


def over_unseen_seeds(
    scenario: Scenario, count: int, progress: Progress | None = None
) -> Candidates:
    """Pool the candidates of `count` towns drawn with the seeds after the scenario's own.

    Nothing was ever chosen by looking at these towns, so they show what to expect of the next one.
    """
    found = []
    for number in range(1, count + 1):
        if progress is not None:
            progress(f"Town {number} of {count}", (number - 1) / count)
        found.append(candidates_of(scenario.model_copy(update={"seed": scenario.seed + number})))
    return pool(found)
