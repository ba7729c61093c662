"""Weights that never fall as agreement rises.

A level that hardly occurs is learnt badly, and chance can make better agreement look like less
evidence than worse. Such a level is lifted to the weight of the one below it. Where learning turned
a comparison upside down, so that agreeing weighs no more than differing, the declared probabilities
are taken instead, and it is said.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from simulator.linkage.fields import LinkageWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.linkage.chance import Chance
    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.encoding import Floats


def never_falling(
    comparisons: tuple[Comparison, ...], m: Mapping[str, Floats], chance: Chance
) -> dict[str, Floats]:
    """Return m such that m / u never falls from one level to the next, per pair type.

    Lifted rows may sum to a little more than 1.

    Parameters
    ----------
    comparisons : tuple of Comparison
    m : dict of float array, pair types × levels
    chance : Chance

    Warns
    -----
    LinkageWarning
        Naming the comparisons for which the declared probabilities were taken.
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
    if turned:
        warnings.warn(
            f"the records do not show how {', '.join(turned)} agree for one person; "
            "declared probabilities are used",
            LinkageWarning,
            stacklevel=2,
        )
    return mended
