"""What is wrong in the files, and what is done because of it: harm held against harm acted on.

A file may state somebody else's fact for years and nobody looks: that is held. It is acted on once
a person is picked out because of it, by a watch list or by a rule that ranks people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.growth import SHARES
from simulator.exposure.triage import flag_top, points_of_people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.tables import Dossiers

HELD: Mapping[str, tuple[str, str | None]] = {
    name: SHARES[name]
    for name in ("wrongful_share", "sensitive_wrongful_share", "false_dossier_share")
}
"""What files hold: the column of `measure_people` that is counted, and among whom."""

HELD_MEANS = ("missed_share",)

LISTED: Mapping[str, tuple[str, str | None]] = {
    "listed_share": ("listed", None),
    "wrongly_listed_share": ("wrongly_listed", None),
    "listed_for_another_share": ("listed_for_another", None),
    "wrong_of_listed_share": ("wrongly_listed", "listed"),
    "unlisted_of_true_share": ("unlisted", "is_true"),
}
"""What a watch list acts on: the column of `watch_list` that is counted, and among whom."""

FLAGGED: Mapping[str, tuple[str, str | None]] = {
    "flagged_share": ("flagged", None),
    "flagged_for_another_share": ("flagged_for_another", None),
}
"""What a rule that ranks people acts on: the columns of `flagged_people`."""


def watch_list(facts: pd.DataFrame, true_of: pd.Series[str], fact: str) -> pd.DataFrame:
    """Return whom a watch list holds: every resident whose dossier states one sensitive fact.

    Parameters
    ----------
    facts : DataFrame
        As in `simulator.tables.Dossiers`.
    true_of : Series
        entity_id of every resident -> the true value of the fact, missing where it is not true.
    fact : str

    Returns
    -------
    DataFrame
        Indexed as `true_of`, bool columns: ``is_true`` (some value of the fact is true of them),
        ``listed`` (the dossier states some value, right or not), ``wrongly_listed`` (a value that
        is not true of them), ``listed_for_another`` (the value is somebody else's) and ``unlisted``
        (true of them and not on the list).

    Examples
    --------
    The list holds 1 rightly, 2 (who goes to another clinic) and 3 wrongly, and misses 4:

    >>> facts = pd.DataFrame({
    ...     "entity_id": [1, 2, 3], "fact": "clinic_visits",
    ...     "status": ["right", "garbled", "somebody_else"],
    ... })
    >>> true_of = pd.Series(["Oncology", "Oncology", None, "Fertility"], index=[1, 2, 3, 4])
    >>> listed = watch_list(facts, true_of, "clinic_visits")
    >>> {name: column.index[column].tolist() for name, column in listed.items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'is_true': [1, 2, 4], 'listed': [1, 2, 3], 'wrongly_listed': [2, 3],
     'listed_for_another': [3], 'unlisted': [4]}
    """
    stated = facts.loc[(facts["fact"] == fact).to_numpy()]
    status = stated["status"].to_numpy(dtype=object)
    whose = pd.Index(stated["entity_id"])
    people, is_true = true_of.index, true_of.notna().to_numpy()
    listed = people.isin(whose)
    return pd.DataFrame(
        {
            "is_true": is_true,
            "listed": listed,
            "wrongly_listed": people.isin(whose[status != "right"]),
            "listed_for_another": people.isin(whose[status == "somebody_else"]),
            "unlisted": is_true & ~listed,
        },
        index=people,
    )


def flagged_people(
    weights: Mapping[str, float],
    dossiers: Dossiers,
    residents: pd.Index[int],
    share: float,
    seed: int,
) -> pd.DataFrame:
    """Return whom a rule that ranks people flags, and whom because of somebody else's facts.

    A person is flagged because of them if, without the points they give, the person would not rank
    above the first one left out. Only facts are weighed so, not records of somebody else's that
    the dossier holds.

    Parameters
    ----------
    weights : mapping
        Points per record in a source, or per sensitive fact that the dossier states.
    dossiers : Dossiers
    residents : Index of int64
        Entity ids, sorted.
    share : float
        Share of the residents to flag (0 to 1); see `simulator.exposure.triage.flag_top`.
    seed : int

    Returns
    -------
    DataFrame
        Indexed by `residents`, bool columns ``flagged`` and ``flagged_for_another``.
    """
    points = points_of_people(weights, dossiers).reindex(residents).fillna(0.0)
    flagged = flag_top(points, share, seed)
    another = points_of_people(weights, _of_another(dossiers)).reindex(residents).fillna(0.0)
    left_out = points.loc[~flagged].max() if not flagged.all() else 0.0
    without = points - another
    because = flagged & (another > 0) & (without <= max(left_out, 0.0))
    return pd.DataFrame({"flagged": flagged, "flagged_for_another": because}, index=residents)


def _of_another(dossiers: Dossiers) -> Dossiers:
    """Return the dossiers with the facts alone that are somebody else's."""
    is_another = dossiers.facts["status"].to_numpy(dtype=object) == "somebody_else"
    return replace(dossiers, facts=dossiers.facts.loc[is_another], records=dossiers.records[:0])


def people_held(people: pd.DataFrame, metric: str) -> np.ndarray:
    """Return what one held figure is the mean of: one value per resident, NaN who do not count.

    Parameters
    ----------
    people : DataFrame
        From `simulator.exposure.person.measure_people`.
    metric : str
        A key of `HELD`, or one of `HELD_MEANS`.

    Examples
    --------
    >>> people = pd.DataFrame({"named": [True, False, True], "false_dossier": [True, False, False]})
    >>> people_held(people, "false_dossier_share").tolist()
    [1.0, nan, 0.0]
    """
    if metric in HELD_MEANS:
        return people[metric].to_numpy(dtype=np.float64)
    column, among = HELD[metric]
    values = people[column].to_numpy(dtype=np.float64)
    return values if among is None else np.where(people[among].to_numpy(np.bool_), values, np.nan)
