"""How often face search takes two people of one group for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.exposure.intervals import wilson
from simulator.face_templates import similarity_threshold, templates_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.tables import Rate

_FACES_AT_A_TIME = 1_000


def false_match_rates(
    one: pd.DataFrame,
    other: pd.DataFrame,
    whose: pd.Series[int],
    group: pd.Series[str],
    false_match_share: float,
) -> Mapping[str, Rate]:
    """Return per group how often pictures of two of its people are taken for one person's.

    Of all pairs of a picture in the one source and a picture in the other, of different people of
    the group, the share that reaches the likeness search is set to: between 0 and 1. For random
    templates it is `false_match_share`; National Institute of Standards and Technology, NISTIR 8280
    (2019), calls it the false match rate.

    Parameters
    ----------
    one, other : DataFrame
        Records of two sources, indexed by ``record_id``, with a column ``face``.
    whose : Series of int64
        record_id -> entity_id: whom each record is about (truth).
    group : Series of text
        entity_id -> group.
    false_match_share : float
        What search is set to.

    Returns
    -------
    dict of Rate
        Group -> rate with Wilson's 95 % interval as if pairs were independent; pairs share faces,
        so the true interval is a little wider. A group that either source lacks is left out.
    """
    least = similarity_threshold(false_match_share)
    (left, person_left), (right, person_right) = (_pictures(side, whose) for side in (one, other))
    group_left, group_right = (
        group.loc[person].to_numpy() for person in (person_left, person_right)
    )
    rates = {}
    for name in sorted(set(group_left) & set(group_right)):
        ours, theirs = np.flatnonzero(group_left == name), np.flatnonzero(group_right == name)
        false, n = 0, 0
        for start in range(0, len(ours), _FACES_AT_A_TIME):
            piece = ours[start : start + _FACES_AT_A_TIME]
            strangers = person_left[piece][:, None] != person_right[theirs][None, :]
            false += int(np.count_nonzero((left[piece] @ right[theirs].T >= least) & strangers))
            n += int(np.count_nonzero(strangers))
        rates[str(name)] = wilson(false, n)
    return rates


def _pictures(frame: pd.DataFrame, whose: pd.Series[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the templates of a source and whose they are."""
    templates, present = templates_of(frame["face"])
    return templates, whose.loc[frame.index[present]].to_numpy()
