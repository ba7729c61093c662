"""What the files of others tell of the people they list.

A fact of i is KNOWN THROUGH OTHERS if the dossier of somebody else lists i, by name, telephone
number or account, and states a value that is true of i and that people who are tied to one another
share (`SHARED_FACTS`).

It says what is there to be read, not that a reader could tell it apart: a file that lists a friend
and states an employer is right about the friend only where the two work together. How often it is
right, `simulator.exposure.spill_over` measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.randomness import Floats, Integers


class Shared(NamedTuple):
    """Why a fact can be known through others.

    Attributes
    ----------
    level : {"household", "tie"}
        What people must have in common for it.
    given_by : {"entry", "holder"}
        Whether the entry that lists a person gives it, or what the file states of its holder.
    why : str
    """

    level: Literal["household", "tie"]
    given_by: Literal["entry", "holder"]
    why: str


SHARED_FACTS: Mapping[str, Shared] = {
    "home_address": Shared("household", "holder", "people of one household live at one address"),
    "phone": Shared("tie", "entry", "a list of calls names people by their numbers"),
    "handle": Shared("tie", "entry", "a list of friends names people by their accounts"),
    "employer": Shared("tie", "holder", "colleagues work for one employer"),
}
"""The household- and tie-level facts: those that are equal, or given, because people are tied.

A value counts in its exact form alone: the street address, not the ZIP code or the town, which
strangers share as well. All other facts are a person's own. In these towns that holds of sensitive
facts too, place of worship among them: they are drawn for each person apart, so that a friend who
prays at the same place does so by chance and not because of the tie.
"""


def told_by_others(
    listed: pd.DataFrame, stated: pd.DataFrame, true_values: pd.DataFrame
) -> pd.DataFrame:
    """Return what the dossiers of others give to be known of the people they list.

    Parameters
    ----------
    listed : DataFrame
        Whose dossier lists whom, a row per entry: ``holder_id`` (-1 for a cluster that is nobody's
        dossier), ``entity_id``, ``fact`` (what the entry gives of them: "phone" or "handle"; empty
        where the town does not count it as a fact) and ``is_right`` (bool: the number or account is
        theirs today).
    stated : DataFrame
        What dossiers state of their holders, in the exact forms of those `SHARED_FACTS` that are
        given so: ``holder_id``, ``fact``, ``value`` (a code).
    true_values : DataFrame
        What is true, by the same codes: ``entity_id``, ``fact``, ``value``; each pair once.

    Returns
    -------
    DataFrame
        ``entity_id`` (whom it is about), ``holder_id`` (in whose dossier it stands), ``fact`` and
        ``is_right`` (bool: true of `entity_id`; of several values, one is); each combination of the
        first three once, sorted. A fact of which nothing is true of the person listed, such as the
        employer of a child, is left out.

    Examples
    --------
    Ann (1) and Bo (2) live at address 10, Cy (3) at 11. Ann's file lists Bo's number of today, and
    Cy's of yesterday; nobody's file lists Ann but her own:

    >>> listed = pd.DataFrame({"holder_id": [1, 1, 1], "entity_id": [2, 3, 1], "fact": "phone",
    ...                        "is_right": [True, False, True]})
    >>> stated = pd.DataFrame({"holder_id": [1], "fact": ["home_address"], "value": [10]})
    >>> true = pd.DataFrame({"entity_id": [1, 2, 3], "fact": "home_address",
    ...                      "value": [10, 10, 11]})
    >>> told_by_others(listed, stated, true)
       entity_id  holder_id          fact  is_right
    0          2          1  home_address      True
    1          2          1         phone      True
    2          3          1  home_address     False
    3          3          1         phone     False
    """
    others = (listed["holder_id"] >= 0) & (listed["holder_id"] != listed["entity_id"])
    entries = listed.loc[others]
    pairs = entries[["holder_id", "entity_id"]].drop_duplicates()
    beside = pairs.merge(stated, on="holder_id").merge(
        true_values.rename(columns={"value": "true_value"}), on=["entity_id", "fact"]
    )
    beside["is_right"] = beside["value"] == beside["true_value"]
    columns = ["entity_id", "holder_id", "fact"]
    told = pd.concat(
        [part[[*columns, "is_right"]] for part in (entries.loc[entries["fact"] != ""], beside)]
    )
    told = told.sort_values([*columns, "is_right"], ascending=[True, True, True, False])
    return told.drop_duplicates(columns).reset_index(drop=True)


def known_weight(
    told: pd.DataFrame,
    weights: Mapping[str, float],
    entity_id: Integers,
    own_credit: pd.DataFrame | None = None,
) -> Floats:
    """Return the weight of each person's facts that is known through others.

    A fact counts once, however many files give it.

    Parameters
    ----------
    told : DataFrame
        From `told_by_others`; what is not right is left out.
    weights : mapping of fact to float
        Unit of the scenario's weights, >= 0.
    entity_id : array of int64
        The people asked about.
    own_credit : DataFrame, optional
        ``entity_id``, ``fact``, ``credit``: what their own dossiers earn; it is taken off, and what
        stays is known nowhere else.

    Returns
    -------
    array of float64
        One entry per person, >= 0.

    Examples
    --------
    >>> told = pd.DataFrame({"entity_id": [2, 2, 3], "fact": ["phone", "phone", "phone"],
    ...                      "is_right": [True, True, False]})
    >>> known_weight(told, {"phone": 1.0}, np.array([2, 3])).tolist()
    [1.0, 0.0]
    >>> own = pd.DataFrame({"entity_id": [2], "fact": ["phone"], "credit": [1.0]})
    >>> known_weight(told, {"phone": 1.0}, np.array([2, 3]), own).tolist()
    [0.0, 0.0]
    """
    known = told.loc[told["is_right"], ["entity_id", "fact"]].drop_duplicates()
    weight = known["fact"].astype(object).map(weights).to_numpy(dtype=np.float64)
    if own_credit is not None:
        own = own_credit[["entity_id", "fact", "credit"]].astype({"fact": object})
        both = known.astype({"fact": object}).merge(own, on=["entity_id", "fact"], how="left")
        weight = np.maximum(weight - both["credit"].fillna(0.0).to_numpy(), 0.0)
    row = pd.Index(entity_id).get_indexer(pd.Index(known["entity_id"]))
    asked = row >= 0
    sums = np.bincount(row[asked], weights=weight[asked], minlength=len(entity_id))
    return np.asarray(sums, dtype=np.float64)
