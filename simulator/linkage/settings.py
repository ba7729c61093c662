"""What a caller may fix instead of leaving it to the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.linkage.faces import FALSE_MATCH_SHARE

if TYPE_CHECKING:
    from simulator.linkage.blocking import Rule


@dataclass(frozen=True)
class LinkSettings:
    """Choices about linkage; None leaves a choice to the columns that the sources share.

    Attributes
    ----------
    rules : tuple of Rule, optional
        Blocking rules, each a tuple of standardised columns (`simulator.linkage.fields.STANDARD`);
        at most `simulator.linkage.blocking.MOST_RULES`.
    comparisons : tuple of str, optional
        Names of the comparisons to make (`simulator.linkage.comparisons.COMPARISONS`).
    face_false_match_share : float
        How often face search takes two strangers for one, per pair of pictures (above 0, at most
        0.01).
    """

    rules: tuple[Rule, ...] | None = None
    comparisons: tuple[str, ...] | None = None
    face_false_match_share: float = FALSE_MATCH_SHARE
