"""Weights that never fall as agreement rises.

A level that hardly occurs is learnt badly, and chance can make better agreement look like less
evidence than worse. Such a level is lifted to the weight of the one below it. Where learning turned
a comparison upside down, so that agreeing weighs no more than differing, the declared probabilities
are taken instead, and it is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.chance import Chance
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats


def never_falling(
    comparisons: tuple[Comparison, ...], m: Mapping[str, Floats], chance: Chance
) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """Return m such that m / u never falls from one level to the next, and what was declared.

    Lifted rows may sum to a little more than 1.

    Parameters
    ----------
    comparisons : tuple of Comparison
    m : dict of float array, pair types × levels
    chance : Chance

    Returns
    -------
    m : dict of float array, pair types × levels
    declared : tuple of str
        The comparisons for which the declared probabilities were taken in some pair type.
    """
    mended, turned = {}, []
    for comparison in comparisons:
        learnt, u = m[comparison.name], chance.u[comparison.name]
        inverted = learnt[:, -1] / u[:, -1] <= learnt[:, 0] / u[:, 0]
        declared = np.array(comparison.declared_m)[None, :]
        if inverted.any():
            turned.append(comparison.name)
        usable = np.where(inverted[:, None], declared, learnt)
        mended[comparison.name] = np.maximum.accumulate(usable / u, axis=1) * u
    return mended, tuple(turned)
