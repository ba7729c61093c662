"""Weights that never fall as agreement rises.

A level that hardly occurs is learnt badly, and chance can make better agreement look like less
evidence than worse. Such a level is lifted to the weight of the one below it. Where learning turned
a comparison upside down, so that two records of one person differ as often as strangers' do, the
declared probabilities are taken instead, and it is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.training import declared_m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.chance import Chance
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Flags, Floats


def unless_turned(
    comparisons: tuple[Comparison, ...],
    m: Mapping[str, Floats],
    chance: Chance,
    within: Mapping[str, Flags],
) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """Return m as learnt, or as declared where learning turned a comparison upside down.

    Parameters
    ----------
    comparisons : tuple of Comparison
    m : dict of float array, pair types × levels
    chance : Chance
    within : dict of bool array, pair types × levels
        The levels attained (`simulator.linkage.training.attained`).

    Returns
    -------
    m : dict of float array, pair types × levels
    declared : tuple of str
        The comparisons for which the declared probabilities were taken in some pair type.
    """
    usable, turned = {}, []
    for comparison in comparisons:
        name = comparison.name
        inverted = (within[name].sum(axis=1) > 1) & (m[name][:, 0] >= chance.u[name][:, 0])
        if inverted.any():
            turned.append(name)
        usable[name] = np.where(inverted[:, None], declared_m(comparison, within[name]), m[name])
    return usable, tuple(turned)


def never_falling(
    comparisons: tuple[Comparison, ...], m: Mapping[str, Floats], chance: Chance
) -> dict[str, Floats]:
    """Return m such that m / u never falls from one level to the next.

    Lifted rows sum to more than 1: weights are read from them, no shares. Levels of
    `Comparison.aside` are lifted too, but lift no other.

    Parameters
    ----------
    comparisons : tuple of Comparison
    m : dict of float array, pair types × levels
    chance : Chance
    """
    lifted = {}
    for comparison in comparisons:
        u = chance.u[comparison.name]
        ratio = m[comparison.name] / u
        steps = ratio.copy()
        steps[:, [level - 1 for level in comparison.aside]] = 0.0
        lifted[comparison.name] = np.maximum(np.maximum.accumulate(steps, axis=1), ratio) * u
    return lifted
