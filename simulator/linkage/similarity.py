"""How alike two texts are, computed once per distinct pair of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

if TYPE_CHECKING:
    from simulator.linkage.encoding import Codes, Column, Flags


def _per_distinct_pair(column: Column, left: Codes, right: Codes, **how: Any) -> npt.NDArray[Any]:
    low, high = np.minimum(left, right), np.maximum(left, right)
    where, pairs = pd.factorize(low.astype(np.int64) * column.size + high)
    texts = column.texts
    values = cpdist(texts[pairs // column.size], texts[pairs % column.size], workers=-1, **how)
    return np.asarray(values[where])


def jaro_winkler(
    column: Column, left: Codes, right: Codes, cutoff: float
) -> npt.NDArray[np.float32]:
    """Return the Jaro–Winkler similarity (0 to 1) of value pairs; 0 where it is below `cutoff`.

    Parameters
    ----------
    column : Column
    left, right : int32 arrays of one length
        Codes of `column`, none missing.

    Notes
    -----
    Winkler 1990, "String comparator metrics and enhanced decision rules in the Fellegi–Sunter
    model of record linkage", with prefix weight 0.1 over at most four characters.
    """
    return _per_distinct_pair(
        column,
        left,
        right,
        scorer=JaroWinkler.similarity,
        score_cutoff=cutoff - 1e-6,  # rapidfuzz drops values exactly at the cutoff
        dtype=np.float32,
    )


def one_edit(column: Column, left: Codes, right: Codes) -> Flags:
    """Tell which value pairs differ by one character, or by two neighbours swapped."""
    return np.asarray(
        _per_distinct_pair(column, left, right, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        <= 1
    )
