"""Linking, with everything that was learnt on the way kept for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.linkage.blocking import block, rules_for
from simulator.linkage.comparisons import comparisons_for
from simulator.linkage.engines import ENGINES
from simulator.linkage.engines.extras import refuse_if_missing
from simulator.linkage.fields import standardise
from simulator.linkage.frozen import frozen_model
from simulator.linkage.settings import LinkSettings
from simulator.linkage.weights import fit, no_links

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from simulator.linkage.comparisons import Comparison
    from simulator.linkage.record_table import RecordTable
    from simulator.linkage.weights import Model
    from simulator.tables import Links


@dataclass(frozen=True)
class Learnt:
    """The links of some records and how they came about.

    Attributes
    ----------
    table : RecordTable
        The records, standardised and coded.
    comparisons : tuple of Comparison
    model : Model or None
        None where the records had nothing to compare.
    links : Links
    """

    table: RecordTable
    comparisons: tuple[Comparison, ...]
    model: Model | None
    links: Links


def learn(
    records: Mapping[str, pd.DataFrame],
    duplicates: Collection[str] = (),
    settings: LinkSettings | None = None,
    engine: str = "vectorised",
    attaching: Collection[str] = (),
    given: Model | None = None,
) -> Learnt:
    """Link the records and keep what was learnt; parameters as of `simulator.linkage.link`.

    With `given`, nothing is learnt that it holds already (see `simulator.linkage.frozen`).

    Raises
    ------
    simulator.linkage.engines.extras.EngineMissing
        If the engine needs what is not installed here.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}, not {engine!r}")
    refuse_if_missing(engine)
    settings = settings or LinkSettings()
    table = standardise(records, duplicates, attaching, settings.face_false_match_share)
    comparisons = comparisons_for(table, settings.comparisons)
    blocks = block(table, rules_for(table, settings.rules))
    if not comparisons:
        return Learnt(table, comparisons, None, no_links(table))
    with ENGINES[engine](table, blocks, comparisons) as candidates:
        patterns = candidates.patterns
        model = frozen_model(given, table, patterns) if given else fit(table, patterns)
        return Learnt(table, comparisons, model, candidates.links(model))
