"""What the adversary obtains of what there is: whole lists, or records of its targets only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.randomness import Stream
from simulator.sources.look_ups import Finds, can_be_searched, known_of, search, watch
from simulator.sources.truth import WHOLE_RECORD
from simulator.tables import Collected

if TYPE_CHECKING:
    from simulator.randomness import Integers
    from simulator.scenario.schema import Scenario
    from simulator.tables import Links, Population

ADULT_AGE = 18
CERTAIN_BITS = 60.0
"""Match weight of a link that is taken for certain: as sure as comparing ever makes one."""


@dataclass(frozen=True)
class Obtained:
    """What the adversary has in hand, and what it asked for.

    Attributes
    ----------
    collected : Collected
        Of the reachable sources, in scenario order, the records it obtains (none perhaps), their
        truth and their sightings; nothing of any other source.
    targets : array of int64
        Entity ids on its target list, in the order in which they are looked up.
    asked_for : Series of int64
        record_id -> entity_id of the target in whose file a record that was got by request was put,
        rightly or not; in the order of sources, then record_id. Empty without requests.
    lookups : Series of int64
        Source -> requests made there, for every source that is asked.
    """

    collected: Collected
    targets: Integers
    asked_for: pd.Series[int]
    lookups: pd.Series[int]

    @property
    def lookups_count(self) -> int:
        """Requests in all; one is one target looked up in one source."""
        return int(self.lookups.sum())


def obtain(scenario: Scenario, population: Population, collected: Collected) -> Obtained:
    """Return what passes the access gates.

    Reachable sources are obtained whole if their gate opens in bulk and the adversary joins
    everything. The others (all of them, for one that looks up its targets) are asked about one
    target after another, in all of them in turn, until the requests are used up. A source in which
    there is nothing to look a person up by is not asked. Behind the gate ``observation`` a request
    is watching a person: it brings the records that are about them. Elsewhere it is an exact
    search, see `simulator.sources.look_ups.search`; a record found for two targets goes to the
    one who was looked up first.

    Parameters
    ----------
    scenario : Scenario
    population : Population
    collected : Collected
        What all the sources hold. Nothing in it depends on who can obtain it.

    Returns
    -------
    Obtained
    """
    reachable = scenario.reachable()
    asked = reachable
    if scenario.adversary.method == "join_everything":
        asked = scenario.individually_obtained()
    targets = draw_targets(scenario, population)
    known = known_of(targets, population)
    lookups = _requests_made(scenario, asked, len(targets))
    truth = collected.truth
    whole = (truth["field"] == WHOLE_RECORD).to_numpy()
    subject = pd.Series(
        truth["entity_id"].to_numpy()[whole], index=truth["record_id"].to_numpy()[whole]
    )
    records: dict[str, pd.DataFrame] = {}
    found = [pd.Series(dtype="int64", index=pd.Index([], dtype="int64"))]
    for name in reachable:
        records[name] = frame = collected.records[name]
        if name not in asked:
            continue
        if scenario.sources[name].gate == "observation":
            finds = watch(subject.loc[frame.index].to_numpy(), targets)
        else:
            finds = search(frame, known)
        rows, target = _first_asked(finds, int(lookups.get(name, 0)))
        records[name] = frame.iloc[rows]
        found.append(pd.Series(targets[target], index=records[name].index))
    asked_for = pd.concat(found).rename("entity_id").rename_axis("record_id")
    return Obtained(_only(collected, records, asked), targets, asked_for, lookups)


def draw_targets(scenario: Scenario, population: Population) -> Integers:
    """Return the target list: adult residents, drawn at random, in random order.

    A longer list begins with the shorter one.
    """
    adversary, people = scenario.adversary, population.people
    eligible = (people["resident"] & (people["age"] >= ADULT_AGE)).to_numpy(dtype=np.bool_)
    if adversary.targets_with is not None:
        eligible &= people[adversary.targets_with].notna().to_numpy()
    entity_id = people.index.to_numpy()[eligible]
    drawn = Stream(scenario.seed, "adversary/targets").bits(entity_id)
    return np.asarray(entity_id[np.lexsort((entity_id, drawn))][: adversary.targets_count])


def lookup_links(obtained: Obtained) -> Links:
    """Return the links of an adversary that looks up its targets: what was found for one is one.

    Every record found for a target is linked, with certainty, to the target's first record in each
    source: in every selection of sources the target's records hang together. They make files by
    plain connected components (`simulator.linkage.cluster` with ``method="connected"``).

    Parameters
    ----------
    obtained : Obtained

    Returns
    -------
    Links
        Match probability 1, match weight `CERTAIN_BITS`; left records belong to the earlier source.
    """
    truth = obtained.collected.truth
    source = truth.loc[truth["field"] == WHOLE_RECORD].set_index("record_id")["source"]
    found = pd.DataFrame(
        {
            "record_id": obtained.asked_for.index,
            "target": obtained.asked_for.to_numpy(),
            "source": source.loc[obtained.asked_for.index].to_numpy(),
            "place": np.arange(len(obtained.asked_for)),
        }
    )
    first = found.drop_duplicates(["target", "source"])
    pairs = found.merge(first, on="target", suffixes=("", "_of_first"))
    ends = np.sort(pairs[["place", "place_of_first"]].to_numpy(), axis=1)
    left, right = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).T
    record_id = obtained.asked_for.index.to_numpy()
    return pd.DataFrame(
        {
            "record_id_l": record_id[left],
            "record_id_r": record_id[right],
            "match_weight": np.full(len(left), CERTAIN_BITS),
            "match_probability": np.ones(len(left)),
        }
    )


def _requests_made(
    scenario: Scenario, asked: tuple[str, ...], targets_count: int
) -> pd.Series[int]:
    """Return how many requests go to each source that can be asked.

    Targets come first to last, and for each of them the sources in turn: of n requests the source
    in place s of S gets those numbered s, s + S, s + 2 S … below n.
    """
    sources = [
        name
        for name in asked
        if scenario.sources[name].gate == "observation"
        or can_be_searched(scenario.sources[name].fields)
    ]
    made = min(scenario.adversary.targeted_requests_count, targets_count * len(sources))
    counts = [len(range(place, made, len(sources))) for place in range(len(sources))]
    return pd.Series(counts, index=pd.Index(sources, dtype=object), dtype="int64", name="lookups")


def _first_asked(finds: Finds, requests: int) -> Finds:
    """Return what the first `requests` targets' look-ups found, each record for the first alone."""
    within = finds.target < requests
    record, target = finds.record[within], finds.target[within]
    order = np.lexsort((target, record))
    rows, first = np.unique(record[order], return_index=True)
    return Finds(rows, target[order][first])


def _only(
    collected: Collected, records: dict[str, pd.DataFrame], asked: tuple[str, ...]
) -> Collected:
    """Return the truth and the sightings of `records` alone."""
    whole = [name for name in records if name not in asked]
    found = np.concatenate(
        [np.zeros(0, np.int64), *(records[name].index.to_numpy() for name in asked)]
    )
    truth = collected.truth
    kept = truth["source"].isin(whole) | truth["record_id"].isin(found)
    sightings = {
        name: table if name in whole else table.loc[table["record_id"].isin(found)]
        for name, table in collected.sightings.items()
        if name in records
    }
    return Collected(records, truth.loc[kept].reset_index(drop=True), sightings)
