"""What a list tells about the people in it, beyond what is known without their own records.

Each resident is withheld from one list at a time, with links as learnt from everybody, and the
files are put together anew: what still stands right would have been known anyway, from other lists
or from the records of others, such as housemates.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure import resample_households
from simulator.exposure.control import (
    beyond_control,
    control_of_linking,
    control_rows,
    strata,
)
from simulator.pipeline import join_sources
from simulator.randomness import Stream

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.dossiers.ground import Ground
    from simulator.dossiers.statements import Statements
    from simulator.exposure.intervals import Resamples
    from simulator.pipeline import Progress
    from simulator.randomness import Floats, Integers
    from simulator.tables import Dossiers, Rate, Result

    Flags = npt.NDArray[np.bool_]

FEWEST_FOLDS = 5
LINKING, ATTRIBUTES = "linking", "attributes"
OUT_OF_REACH = -1
"""The rank of a source that is none: its records are read by nobody."""


def controls(result: Result, progress: Progress | None = None) -> pd.DataFrame:
    """Return linking and the facts of each reachable list beside their controls.

    Parameters
    ----------
    result : Result
    progress : function (what, share done), optional

    Returns
    -------
    DataFrame
        See `simulator.exposure.control.control_rows`; residents all together.
    """
    people, population = result.people, result.population
    residents = population.people.loc[people.index]
    resamples = resample_households(people["household_id"], result.scenario.seed)
    home = population.addresses["zip_code"].reindex(residents["address_id"])
    linking = control_of_linking(
        result.dossiers.records, people, strata(residents, home), resamples
    )
    of_sources = _control_of_attributes(result, resamples, progress)
    return control_rows(
        {(LINKING, ""): linking} | {(ATTRIBUTES, name): rates for name, rates in of_sources.items()}
    )


def _control_of_attributes(
    result: Result, resamples: Resamples, progress: Progress | None
) -> dict[str, dict[str, Rate]]:
    """Return per list the share stated right, with residents' own records in it and without them.

    A try is a fact that the list has a column for and that is true of a resident of whom it holds a
    record. Residents are dealt into as many folds as there are lists, five at least; in each round
    each fold is withheld from another list, so that no list ever lacks more than one in five.
    """
    scenario, collected = result.scenario, result.obtained.collected
    known = ground(scenario, result.population)
    stated = statements(known, collected)
    sources, residents = scenario.reachable(), result.people.index
    folds = max(FEWEST_FOLDS, len(sources))
    fold = Stream(scenario.seed, "control/fold").integers(residents.to_numpy(), folds)
    row = np.searchsorted(known.entity_id, residents.to_numpy())
    right = _right_facts(known, result.dossiers, residents)
    without = {name: np.zeros(right.shape, dtype=np.bool_) for name in sources}
    for number in range(folds):
        if progress is not None:
            progress(f"Control, round {number + 1} of {folds}", number / folds)
        place = (fold + number) % folds  # the list that each resident is withheld from
        withheld = np.full(len(known.entity_id), OUT_OF_REACH)
        among = place < len(sources)
        ranks = np.array([known.sources.index(name) for name in sources], dtype=np.int64)
        withheld[row[among]] = ranks[place[among]]
        found = _right_facts(known, _dossiers_without(result, known, stated, withheld), residents)
        for at, name in enumerate(sources):
            without[name][place == at] = found[place == at]
    tables = {}
    for name in sources:
        tried = _tries(result, known, stated, name, row)
        tables[name] = beyond_control(
            _count(tried),
            _count(tried & right),
            _count(tried & without[name]),
            result.people["household_id"],
            resamples,
        )
    return tables


def _dossiers_without(
    result: Result, known: Ground, stated: Statements, withheld: Integers
) -> Dossiers:
    """Return the dossiers if nobody's records stood in the list that they are withheld from.

    `withheld` has the rank of that list for each row of `known`.
    """
    scenario, collected = result.scenario, result.obtained.collected
    gone = withheld[stated.row] == stated.source
    records = {
        name: frame.loc[~frame.index.isin(stated.record_id[gone])]
        for name, frame in collected.records.items()
    }
    kept = replace(stated, source=np.where(gone, OUT_OF_REACH, stated.source))
    thinned = replace(collected, records=records)
    (joined,) = join_sources(scenario, thinned, result.links, known, kept, every_step=False)
    return joined.dossiers


def _right_facts(known: Ground, dossiers: Dossiers, residents: pd.Index[int]) -> Flags:
    """Return which facts each resident's dossier states rightly, shape (residents, facts)."""
    facts = dossiers.facts
    person = residents.get_indexer(pd.Index(facts["entity_id"]))
    chosen = (person >= 0) & (facts["status"].to_numpy(dtype=object) == "right")
    right = np.zeros((len(residents), len(known.facts)), dtype=np.bool_)
    right[person[chosen], facts["fact"].cat.codes.to_numpy()[chosen]] = True
    return right


def _tries(result: Result, known: Ground, stated: Statements, source: str, row: Integers) -> Flags:
    """Return which facts are tried of each resident in one list, shape (residents, facts)."""
    columns = set(result.scenario.sources[source].fields)
    held = np.zeros(len(known.facts), dtype=np.bool_)
    for form, fact in zip(known.forms, known.fact_of_form, strict=True):
        held[fact] |= form in columns and known.weights[fact] > 0
    is_true = known.present[known.exact_form][:, row].T >= 0
    in_list = np.zeros(len(known.entity_id), dtype=np.bool_)
    in_list[stated.row[stated.source == known.sources.index(source)]] = True
    return np.asarray(is_true & held & in_list[row][:, None])


def _count(flags: Flags) -> Floats:
    return np.asarray(flags.sum(axis=1), dtype=np.float64)
