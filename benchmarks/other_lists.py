"""How well records of other kinds are linked, ours beside Splink's own training.

    python -m benchmarks.other_lists

Invented people, as everywhere, on lists that no packaged scenario has (`other_lists.yaml`): names
and birth dates alone, one list that holds people many times over, whole names in several spellings.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.side_by_side import KnownRecords, print_table
from simulator import pipeline
from simulator.scenario import load_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERLAY = Path(__file__).with_name("other_lists.yaml")

COPIES = {"names_and_dates": 2, "often_on_file": 10, "several_spellings": 4}
"""Source of the overlay -> how many times it is filled; two are two lists, more are one."""

PEOPLE = 5_000


def sets(people: int = PEOPLE) -> Iterator[KnownRecords]:
    """Yield the records of each kind of list, and who they are about."""
    scenario = load_scenario("town", overlays=[OVERLAY], people=people)
    for kind, copies in COPIES.items():
        sources = {f"{kind}_{number}": scenario.sources[kind] for number in range(copies)}
        _, collected = pipeline.collect_records(scenario.model_copy(update={"sources": sources}))
        records = pipeline.linkable(collected, tuple(sources))
        if one_list := copies > 2:
            records = {kind: pd.concat(records.values())}
        whole = collected.truth.loc[collected.truth["field"] == "*"]
        entity = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
        ids = np.concatenate([frame.index.to_numpy() for frame in records.values()])
        yield KnownRecords(
            scenario.sources[kind].label,
            records,
            set(records) if one_list else set(),
            entity.loc[ids].to_numpy(dtype=np.int64),
        )


if __name__ == "__main__":
    print_table(sets())
