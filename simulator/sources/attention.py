"""Attention: how much more often some squares of the map, and some people, are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from simulator.randomness import Stream
from simulator.sources.text_columns import arrow_text
from simulator.sources.text_keys import text_keys

if TYPE_CHECKING:
    from simulator.randomness import Floats, Integers


def area_factors(scenario_seed: int, areas: Any, spread: float) -> Floats:
    """Return how often each square is watched, beside the mean of all squares.

    Log-normal with mean 1: ``exp(spread * z - spread**2 / 2)``, where z is the square's own
    standard normal number. It is the same for every source, so the same squares are watched more by
    all of them; a source's `spread` says by how much.

    Parameters
    ----------
    scenario_seed : int
    areas : text array (pandas or Arrow) of length n
        Squares of the map; a missing one has factor 1.
    spread : float
        0: all alike. 1: one square in six has 2.7 times the middle one, or more.

    Returns
    -------
    array of float, length n

    Examples
    --------
    >>> area_factors(7, ["A1", "B1", None], 0.0).tolist()
    [1.0, 1.0, 1.0]
    >>> one, other, again = area_factors(7, ["A1", "B1", "A1"], 1.0)
    >>> bool(one == again), bool(one == other)
    (True, False)
    """
    encoded = pc.dictionary_encode(arrow_text(areas))
    normal = Stream(scenario_seed, "attention").normal(text_keys(encoded.dictionary))
    # a missing square reads the last entry
    factors = np.append(np.exp(spread * normal - spread**2 / 2), 1.0)
    codes = encoded.indices.fill_null(len(normal)).to_numpy()
    return np.asarray(factors[codes], dtype=np.float64)


@dataclass(frozen=True)
class Attention:
    """Where and at whom somebody looks harder than usual, on top of what the scenario says.

    Attributes
    ----------
    areas : Series of float
        Square of the map -> factor on the rate of events of the people who live there.
    people : Series of float
        entity_id -> factor on the rate of events of that person.
    sources : tuple of str
        The sources that it speaks of; empty: every source of events.

    Whoever is not named has factor 1.
    """

    areas: pd.Series[float]
    people: pd.Series[float]
    sources: tuple[str, ...] = ()

    def factors(self, source_name: str, entity_id: Integers, home_area: Any) -> Floats:
        """Return the factor of each person in one source.

        Parameters
        ----------
        source_name : str
        entity_id : array of int64, length n
        home_area : text array of length n
            Where each of them lives.

        Examples
        --------
        >>> attention = Attention(pd.Series({"A1": 2.0}), pd.Series({8: 3.0}))
        >>> attention.factors("stops", np.array([7, 8]), ["A1", "A1"]).tolist()
        [2.0, 6.0]
        """
        if self.sources and source_name not in self.sources:
            return np.ones(len(entity_id))
        of_area, of_person = (
            factor.reindex(pd.Index(asked)).fillna(1.0).to_numpy(np.float64)
            for factor, asked in ((self.areas, home_area), (self.people, entity_id))
        )
        return np.asarray(of_area * of_person, dtype=np.float64)
