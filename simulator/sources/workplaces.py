"""Where an employer's people work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.text_columns import arrow_text, joined

if TYPE_CHECKING:
    from simulator.sources.cells import Truths
    from simulator.tables import Population


def workplaces_of(
    population: Population, part: str, employer: pa.LargeStringArray, in_town: Truths
) -> pa.LargeStringArray:
    """Return a column of ``Population.workplaces`` for some workers.

    Parameters
    ----------
    population : Population
    part : str
        ``work_area`` or ``work_address``.
    employer : Arrow text of length n
        For whom each works; null without work.
    in_town : array of bool, length n
        Whether the worker is a resident: an employer can have a site in the town and another in
        the surroundings.

    Returns
    -------
    Arrow text of length n
        Null without work.
    """
    sites = population.workplaces
    held = _named_and_placed(sites.index, sites["in_town"])
    found = pc.index_in(_named_and_placed(employer, in_town), value_set=held)
    return arrow_text(sites[part]).take(found)


def _named_and_placed(employer: Any, in_town: Any) -> pa.LargeStringArray:
    side = pc.if_else(pa.array(np.asarray(in_town, dtype=np.bool_)), "town", "around")
    return joined(arrow_text(employer), side.cast(pa.large_string()))
