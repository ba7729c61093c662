"""Telephone lines: one person uses the number, another may be billed for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.sources.coverage import ADULT_YEARS, account_holders
from simulator.sources.opting_out import corrected, removed
from simulator.sources.subjects import subjects_of

if TYPE_CHECKING:
    import datetime as dt

    from simulator.randomness import Integers, Stream
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.subjects import Subjects
    from simulator.tables import Population


def subscriptions(
    scenario: Scenario, source: Source, population: Population, stream: Stream, as_of: dt.date
) -> Subjects:
    """Draw the telephone lines that one source has on file on a day.

    Coverage is that of the users, who have a number. A record is about whoever is billed, the user
    or the holder of the household's account, whose name and address it carries; the number is the
    user's.
    A line is gone where either had it deleted.
    """
    people = population.people
    users = people.loc[people["phone"].notna().to_numpy()]
    lines = subjects_of(source, users, stream, as_of, scenario.population.history_years)
    billed = _billed(people, lines.entity_id, source.household_bill_share, stream)
    mended = corrected(source, scenario.seed, billed)
    kept = ~removed(source, scenario.seed, billed)
    lines = replace(
        lines,
        entity_id=billed,
        user_id=lines.entity_id,
        record_date=np.where(mended, np.datetime64(as_of, "D"), lines.record_date),
        group=people["group"].array.take(people.index.get_indexer(pd.Index(billed))),
    )
    return lines.take(np.flatnonzero(kept))


def _billed(
    people: pd.DataFrame, user_id: Integers, household_bill_share: float, stream: Stream
) -> Integers:
    """Return who pays for each user's line: one adult of the household, or the user."""
    holders = account_holders(people, ADULT_YEARS, stream.child("holder"))
    household_id = people["household_id"].to_numpy()
    holder_of = pd.Series(people.index.to_numpy()[holders], index=household_id[holders])
    users = people.index.get_indexer(pd.Index(user_id))
    found = holder_of.reindex(household_id[users], fill_value=-1).to_numpy()
    is_adult = people["age"].to_numpy()[users] >= ADULT_YEARS
    shared = stream.child("household_bill").chance(user_id, household_bill_share) | ~is_adult
    return np.asarray(np.where(shared & (found >= 0), found, user_id), dtype=np.int64)
