"""What each source asks of whoever wants a column of it: its gate, and what the law reserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.scenario.schema import GATES_BY_DEMAND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.randomness import Integers
    from simulator.scenario.schema import Scenario


def demands(scenario: Scenario, columns: Sequence[str]) -> Integers:
    """Return what is asked for, the least first: the smallest demand is the one that counts.

    Parameters
    ----------
    scenario : Scenario
    columns : sequence of str

    Returns
    -------
    array of int64, shape (sources, columns)
        2 x the place of the source's gate in `GATES_BY_DEMAND`, and 1 more where the law reserves
        the column to a warrant.
    """
    sources = scenario.sources.values()
    gate = np.array([GATES_BY_DEMAND.index(source.gate) for source in sources])
    reserved = [
        [column in source.fields and source.fields[column].warrant_reserved for column in columns]
        for source in sources
    ]
    return 2 * gate[:, None] + np.array(reserved, dtype=np.int64)
