"""A rule of evidence: which stated facts stand once somebody has read the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.dossiers.finest import RIGHT, StatedForms
from simulator.dossiers.ground import LEGAL_NAME
from simulator.randomness import Stream

if TYPE_CHECKING:
    from simulator.dossiers.ground import Ground
    from simulator.randomness import Integers
    from simulator.scenario.schema import Review, Scenario


@dataclass(frozen=True)
class Reviewing:
    """A rule of evidence and the luck of whoever applies it.

    Attributes
    ----------
    rule : Review
    stream : Stream
        Says which untrue facts the reader finds out.
    """

    rule: Review
    stream: Stream


def reviewing(scenario: Scenario) -> Reviewing | None:
    """Return the rule of evidence of the scenario's adversary; None where it keeps to none."""
    rule = scenario.adversary.review
    return None if rule is None else Reviewing(rule, Stream(scenario.seed, "adversary/review"))


def standing(
    ground: Ground, stated: StatedForms, owner: Integers, review: Reviewing
) -> StatedForms:
    """Return the stated values that stand after review.

    A value stands if at least ``least_sources_count`` sources give it and the reader does not
    strike it out: of what is not right, ``errors_found_share`` is struck out, and what is right
    never. Where a fine value falls, a coarser one of the same fact (the ZIP code of an address)
    may stand. The legal name, to which facts are attached, always stands.

    Whether the reader finds out an untrue fact is drawn per owner and fact, so it does not depend
    on which sources are joined.

    Parameters
    ----------
    ground : Ground
    stated : StatedForms
        Before the finest form of each fact is chosen.
    owner : array of int64
        Row in `ground` of whoever each holder's dossier is about.
    review : Reviewing

    Returns
    -------
    StatedForms
        Rows of `stated`, in their order.
    """
    rule, fact = review.rule, ground.fact_of_form[stated.form]
    entity_id = ground.entity_id[owner[stated.holder]]
    stands = stated.sources_count >= rule.least_sources_count
    for code, name in enumerate(ground.facts):
        untrue = np.flatnonzero((fact == code) & (stated.status != RIGHT))
        draws = review.stream.child(name)
        stands[untrue] &= ~draws.chance(entity_id[untrue], rule.errors_found_share)
    is_name = np.array([form == LEGAL_NAME for form in ground.forms], dtype=np.bool_)
    return stated.take(np.flatnonzero(stands | is_name[stated.form]))
