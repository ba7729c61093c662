"""How far a released file gives its people away: prosecutor, journalist and marketer risk.

A file without names is released; somebody knows some of its columns of a person and looks for the
record. El Emam (2013), "Guide to the De-Identification of Personal Health Information"; Dankar and
El Emam (2010), "A method for evaluating marketer re-identification risk", EDBT/ICDT workshops. Both
recalled, not read here. What they must estimate is known of an invented town: the population.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.equal_rows import equal_rows
from simulator.exposure.intervals import FEWEST_PEOPLE
from simulator.tables import text

if TYPE_CHECKING:
    from simulator.randomness import Integers

EVERYONE = "all"


def release_risks(true_codes: pd.DataFrame, in_file: Integers) -> pd.DataFrame:
    """Return how surely each person of a released file is found by the columns that it shows.

    The file shows what is true; a value that somebody does not have is a value of its own.

    Parameters
    ----------
    true_codes : DataFrame
        The whole population, residents and outsiders: indexed by ``entity_id``, a column of codes
        per quasi-identifier shown.
    in_file : array of int64
        Entity ids of the people in the file, each once.

    Returns
    -------
    DataFrame
        The people in the file, indexed by ``entity_id``. Class: people with the same values.

        prosecutor_risk : float64 in (0, 1]
            1 / f, with f the size of the class within the file: the chance of picking the right
            record for whoever knows that the person is in the file.
        journalist_risk : float64 in (0, 1]
            1 / F, with F the size of the class in the population: the chance for whoever does not.
            Never above the prosecutor's.

    Examples
    --------
    Five people, of whom the file holds the first three; the third's values are the fourth's too:

    >>> values = {"sex": [0, 0, 1, 1, 1], "year": [5, 5, 5, 5, 6]}
    >>> codes = pd.DataFrame(values, index=[1, 2, 3, 4, 5])
    >>> release_risks(codes, np.array([1, 2, 3])).values.tolist()
    [[0.5, 0.5], [0.5, 0.5], [1.0, 0.5]]
    """
    _, class_of = equal_rows(true_codes.to_numpy())
    row = true_codes.index.get_indexer(pd.Index(in_file))
    theirs = class_of[row]
    in_population = np.bincount(class_of)
    of_file = np.bincount(theirs, minlength=len(in_population))
    return pd.DataFrame(
        {"prosecutor_risk": 1 / of_file[theirs], "journalist_risk": 1 / in_population[theirs]},
        index=pd.Index(in_file, name="entity_id"),
    )


def measure_release(risks: pd.DataFrame, group: pd.Series[str]) -> pd.DataFrame:
    """Return the risk of a released file, for everyone and for each group.

    Parameters
    ----------
    risks : DataFrame
        From `release_risks`.
    group : Series
        entity_id of every resident -> group. Outsiders in the file share its classes, and no figure
        is about them.

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric``, ``value``, ``low`` and ``high`` (NaN), ``n`` (residents
        in the file) and ``interval`` ("none": file and population are known, nothing is estimated).
        All in [0, 1]; withheld under 20 people.

        prosecutor_mean_risk, prosecutor_max_risk : mean and greatest 1 / f
        journalist_max_risk : greatest 1 / F
        marketer_risk : mean 1 / F, the expected share of records named rightly by whoever names
            them all
        unique_in_file_share, unique_in_population_share : f = 1 and F = 1
    """
    residents = risks.loc[risks.index.isin(group.index)]
    theirs = group.reindex(residents.index).astype("category").cat
    rows = []
    for name in (EVERYONE, *theirs.categories):
        of_group = np.ones(len(residents), dtype=np.bool_)
        if name != EVERYONE:
            of_group = theirs.codes.to_numpy() == theirs.categories.get_loc(name)
        among = residents.loc[of_group]
        rows += [
            {"group": name, "metric": metric, "value": value, "n": len(among)}
            for metric, value in _figures(among).items()
        ]
    frame = pd.DataFrame(rows)
    frame.insert(3, "low", np.nan)
    frame.insert(4, "high", np.nan)
    frame["interval"] = text(["none"] * len(frame))
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric")})


def _figures(among: pd.DataFrame) -> dict[str, float]:
    prosecutor, journalist = among["prosecutor_risk"], among["journalist_risk"]
    few = len(among) < FEWEST_PEOPLE
    figures = {
        "prosecutor_mean_risk": prosecutor.mean(),
        "prosecutor_max_risk": prosecutor.max(),
        "journalist_max_risk": journalist.max(),
        "marketer_risk": journalist.mean(),
        "unique_in_file_share": (prosecutor == 1).mean(),
        "unique_in_population_share": (journalist == 1).mean(),
    }
    return {metric: np.nan if few else float(value) for metric, value in figures.items()}
