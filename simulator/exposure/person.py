"""What became known of each resident, and what is wrong about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.anonymity import anonymity_columns
from simulator.exposure.linkage_quality import pairs_by_person

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers
    from simulator.tables import Dossiers, Population

NO_OWNER = -1


def measure_people(dossiers: Dossiers, population: Population) -> pd.DataFrame:
    """Measure every resident.

    Parameters
    ----------
    dossiers : Dossiers
    population : Population

    Returns
    -------
    DataFrame
        Indexed by ``entity_id``, residents only, sorted. Facts of weight 0 count in no column but
        those of anonymity.

        household_id, group
            As in `Population`.
        named : bool
            Has a dossier.
        exposure_share : float64 in [0, 1]
            E: credit of the right facts in the dossier / weight of the facts true of the person.
        unjoined_share : float64 in [0, 1]
            U: the same with, per fact, the best single record that itself states the legal name.
        surplus, fragmentation : float64 in [0, 1]
            Per fact, what the dossier earns beyond the best single record, and what it earns less:
            E = U + surplus - fragmentation.
        has_nameless : bool
            Some record of the person within reach does not state the person's legal name.
        reidentified : bool
            Such a record is in the person's dossier, together with one of another source that
            does.
        wrongful, sensitive_wrongful, outdated : bool
            The dossier states at least one (sensitive, outdated) fact that is somebody else's, or
            was true before.
        false_dossier : bool
            The dossier holds a record about anyone else.
        records_count, dossier_records_count : int64
            Records about the person within reach, and records of anyone in the dossier.
        missed_share : float64 in [0, 1]
            Share of the person's records outside the dossier, events in a life not counted; NaN
            with fewer than two such records.
        joined_pairs, rightly_joined_pairs, true_pairs : float64
            See `pairs_by_person`.
        crowd_count, anonymity_bits, unique, misdirected
            See `anonymity_columns`.
    """
    people = population.people.sort_index()
    residents = people.loc[people["resident"].to_numpy(dtype=bool), ["household_id", "group"]]
    table = pd.concat(
        [
            residents,
            _credit_columns(dossiers, residents.index),
            _record_columns(dossiers.records, residents.index),
            _status_columns(dossiers.facts, residents.index),
            pairs_by_person(dossiers.records, residents.index),
            anonymity_columns(dossiers, residents.index),
        ],
        axis="columns",
    )
    return table.rename_axis("entity_id")


def measure_exposure(dossiers: Dossiers, population: Population) -> pd.DataFrame:
    """Measure every resident in few respects, for whoever joins lists hundreds of times.

    Returns
    -------
    DataFrame
        ``exposure_share`` and ``wrongful`` as `measure_people` has them.
    """
    people = population.people.sort_index()
    residents = people.index[people["resident"].to_numpy(dtype=bool)]
    known = _credit_columns(dossiers, residents)["exposure_share"]
    wrong = _status_columns(dossiers.facts, residents)["wrongful"]
    return pd.concat([known, wrong], axis="columns").rename_axis("entity_id")


def _credit_columns(dossiers: Dossiers, residents: pd.Index[int]) -> pd.DataFrame:
    joined = _credit_by_fact(dossiers.facts, residents)
    alone = _credit_by_fact(dossiers.unjoined, residents)
    weight = dossiers.true_weight.reindex(residents).to_numpy()
    # nobody can be exposed of whom nothing is true
    whole = np.where(weight > 0, weight, 1.0)
    return pd.DataFrame(
        {
            "exposure_share": joined.sum(axis=1) / whole,
            "unjoined_share": alone.sum(axis=1) / whole,
            "surplus": np.maximum(joined - alone, 0).sum(axis=1) / whole,
            "fragmentation": np.maximum(alone - joined, 0).sum(axis=1) / whole,
        },
        index=residents,
    )


def _credit_by_fact(facts: pd.DataFrame, residents: pd.Index[int]) -> Floats:
    """Return credit as an array of shape (residents, facts)."""
    person = residents.get_indexer(pd.Index(facts["entity_id"]))
    about_resident = person >= 0
    codes = facts["fact"].cat.codes.to_numpy()
    credit = np.zeros((len(residents), len(facts["fact"].cat.categories)))
    credit[person[about_resident], codes[about_resident]] = facts["credit"].to_numpy()[
        about_resident
    ]
    return credit


def _record_columns(records: pd.DataFrame, residents: pd.Index[int]) -> pd.DataFrame:
    count = len(residents)
    subject = residents.get_indexer(pd.Index(records["entity_id"]))
    owner = residents.get_indexer(pd.Index(records["owner_id"]))
    in_dossier = owner >= 0
    own = in_dossier & (subject == owner)
    states_name = records["states_name"].to_numpy(dtype=bool)
    source = records["source"].cat.codes.to_numpy().astype(np.int64)
    profile = records["person_level"].to_numpy(dtype=bool)
    profiles_count = np.bincount(subject[(subject >= 0) & profile], minlength=count)
    own_count = np.bincount(owner[own & profile], minlength=count)
    missed = 1 - own_count / np.maximum(profiles_count, 1)
    return pd.DataFrame(
        {
            "named": _any(owner[in_dossier], count),
            "has_nameless": _any(subject[(subject >= 0) & ~states_name], count),
            "reidentified": _reidentified(owner, source, own, states_name, count),
            "false_dossier": _any(owner[in_dossier & ~own], count),
            "records_count": np.bincount(subject[subject >= 0], minlength=count),
            "dossier_records_count": np.bincount(owner[in_dossier], minlength=count),
            "missed_share": np.where(profiles_count >= 2, missed, np.nan),
        },
        index=residents,
    )


def _reidentified(
    owner: Integers,
    source: Integers,
    own: npt.NDArray[np.bool_],
    states_name: npt.NDArray[np.bool_],
    count: int,
) -> npt.NDArray[np.bool_]:
    """Return who has a nameless record joined to a naming one of another source."""
    ends = []
    for chosen in (own & states_name, own & ~states_name):
        first = np.full(count, np.iinfo(np.int64).max)
        last = np.full(count, -1)
        np.minimum.at(first, owner[chosen], source[chosen])
        np.maximum.at(last, owner[chosen], source[chosen])
        ends.append((first, last))
    (naming_first, naming_last), (nameless_first, nameless_last) = ends
    has_both = (naming_last >= 0) & (nameless_last >= 0)
    one_source = (naming_first == nameless_last) & (naming_last == nameless_first)
    return np.asarray(has_both & ~one_source, dtype=np.bool_)


def _status_columns(facts: pd.DataFrame, residents: pd.Index[int]) -> pd.DataFrame:
    person = residents.get_indexer(pd.Index(facts["entity_id"]))
    counted = (person >= 0) & (facts["weight"].to_numpy() > 0)
    status = facts["status"].to_numpy(dtype=object)
    wrongful = counted & (status == "somebody_else")
    chosen = {
        "wrongful": wrongful,
        "sensitive_wrongful": wrongful & facts["sensitive"].to_numpy(dtype=bool),
        "outdated": counted & (status == "outdated"),
    }
    return pd.DataFrame(
        {name: _any(person[rows], len(residents)) for name, rows in chosen.items()},
        index=residents,
    )


def _any(rows: Integers, count: int) -> npt.NDArray[np.bool_]:
    return np.asarray(np.bincount(rows, minlength=count) > 0, dtype=np.bool_)
