"""What is learnt beyond what anybody could have guessed: every attack beside a control.

A success that does not depend on the records it is said to rest on is no success of theirs. The
control is the same attack without what should make it work, and what counts is

    (a - c) / (1 - c)

with a the share of tries that succeed and c the share that the control gets right: of what the
control leaves open, the part that the attack closes. 1 is all of it, 0 none; below 0 the control
does better. It is never clipped. The idea of holding an attack beside a control is that of Giomi,
Boenisch, Wehmeyer and Tasnádi (2023), "A unified framework for quantifying privacy risk in
synthetic data", Proceedings on Privacy Enhancing Technologies 2023(2):312.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import Ratio, household_bootstrap, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.exposure.intervals import Resamples
    from simulator.randomness import Floats, Integers
    from simulator.tables import Rate

ATTACK, CONTROL, BEYOND = METRICS = ("attack_share", "control_share", "beyond_control")

BANDS_FROM_YEARS = (0, 18, 30, 40, 50, 60, 70)
"""First year of each age band."""


def strata(people: pd.DataFrame, zip_code: pd.Series[str]) -> Integers:
    """Return the number of each resident's ZIP code x sex x age band.

    Parameters
    ----------
    people : DataFrame
        ``sex`` and ``age`` (years), true today.
    zip_code : Series of text
        Of each of them, in their order.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["F", "F", "M", "F"], "age": [30, 39, 30, 40]})
    >>> strata(people, pd.Series(["55501"] * 4)).tolist()
    [0, 0, 1, 2]
    """
    band = np.searchsorted(BANDS_FROM_YEARS, people["age"].to_numpy(), side="right")
    cells = pd.DataFrame(
        {"zip": zip_code.to_numpy(dtype=object), "sex": people["sex"].to_numpy(dtype=object)}
    )
    return np.asarray(pd.factorize(pd.MultiIndex.from_frame(cells.assign(band=band)))[0])


def control_of_linking(
    records: pd.DataFrame, people: pd.DataFrame, stratum: Integers, resamples: Resamples
) -> Mapping[str, Rate]:
    """Return how often records were assigned to the right resident, beside chance in the stratum.

    A record is ASSIGNED if a resident's dossier holds it and it does not carry the resident's name
    of itself: it is about somebody else, or it is the resident's own and does not state the legal
    name. Events in a life are not counted. a is the share of assigned records that are about the
    resident. c is the share that would be, were the records of all residents of one ZIP code, sex
    and age band dealt out among them anew, each getting as many as before; c is the mean over all
    ways to deal, not one draw.

    Parameters
    ----------
    records : DataFrame
        As in `simulator.tables.Dossiers`.
    people : DataFrame
        Residents, indexed by ``entity_id``, sorted: ``household_id``.
    stratum : array of int64, one per resident
        From `strata`.
    resamples : Resamples

    Returns
    -------
    mapping of Rate
        By metric of `METRICS`; see `beyond_control`. n counts assigned records, and a has Wilson's
        interval as if they were independent; (a - c) / (1 - c) has that of a, c being taken as
        known. (Drawing households anew would give no interval to a linking without a mistake.)

    Examples
    --------
    Twenty pairs of residents, each pair a stratum. Both of each pair were assigned one record: in
    the first ten pairs their own, in the others each the other's. Dealt anew, half would be right:

    >>> from simulator.exposure.intervals import resample_households
    >>> people = pd.DataFrame({"household_id": range(40)})
    >>> about = np.arange(40)
    >>> owner = np.where(about < 20, about, about ^ 1)
    >>> records = pd.DataFrame({"entity_id": about, "owner_id": owner, "states_name": False,
    ...     "person_level": True})
    >>> found = control_of_linking(records, people, about // 2,
    ...     resample_households(people["household_id"], 1))
    >>> [rate.value for rate in found.values()]
    [0.5, 0.5, 0.0]
    """
    owner = people.index.get_indexer(pd.Index(records["owner_id"]))
    subject = people.index.get_indexer(pd.Index(records["entity_id"]))
    own = owner == subject
    assigned = owner >= 0
    assigned &= records["person_level"].to_numpy(dtype=np.bool_)
    assigned &= ~(own & records["states_name"].to_numpy(dtype=np.bool_))
    owner, subject, own = owner[assigned], subject[assigned], own[assigned]
    count = len(people)
    tried = np.bincount(owner, minlength=count).astype(np.float64)
    right = np.bincount(owner[own], minlength=count).astype(np.float64)
    # of the records dealt in a resident's stratum, those about the resident
    in_stratum = (subject >= 0) & (stratum[owner] == stratum[subject])
    about = np.bincount(subject[in_stratum], minlength=count)
    dealt = np.bincount(stratum[owner], minlength=int(stratum.max(initial=-1)) + 1)[stratum]
    by_chance = tried * about / np.maximum(dealt, 1)
    found = beyond_control(tried, right, by_chance, people["household_id"], resamples)
    if np.isnan(found[BEYOND].value):
        return found
    share, guessed = wilson(int(right.sum()), int(tried.sum())), found[CONTROL].value
    low, high = ((end - guessed) / (1 - guessed) for end in (share.low, share.high))
    return found | {
        ATTACK: share,
        BEYOND: replace(found[BEYOND], low=low, high=high, interval="wilson"),
    }


def beyond_control(
    tried: Floats,
    right: Floats,
    right_in_control: Floats,
    household_id: pd.Series[int],
    resamples: Resamples,
) -> dict[str, Rate]:
    """Return a, c and (a - c) / (1 - c), each with a household bootstrap over the same resamples.

    Parameters
    ----------
    tried, right, right_in_control : arrays of float, one per resident
        Tries, and how many of them succeed in the attack and in the control.
    household_id : Series
        Of each resident.
    resamples : Resamples

    Returns
    -------
    dict of Rate
        By metric of `METRICS`; n counts tries. The shares lie in [0, 1], (a - c) / (1 - c) is at
        most 1. Withheld where fewer than 20 residents were tried; the last also where the control
        leaves something open for fewer than 20.

    Examples
    --------
    Ten tries on each of twenty people: 8 succeed, 6 in the control; half of what was open is found.

    >>> from simulator.exposure.intervals import resample_households
    >>> household = pd.Series(range(20))
    >>> tens = np.full(20, 10.0)
    >>> found = beyond_control(tens, tens * 0.8, tens * 0.6, household,
    ...     resample_households(household, 1))
    >>> {metric: round(rate.value, 9) for metric, rate in found.items()}
    {'attack_share': 0.8, 'control_share': 0.6, 'beyond_control': 0.5}
    """
    n = round(float(tried.sum()))
    bag = resamples.bag.reindex(household_id).to_numpy().astype(np.int64)
    # a sum over all minus a sum over all: the ratio of the differences is that of the shares
    ratios = [
        Ratio(right, tried, n),
        Ratio(right_in_control, tried, n),
        Ratio(right - right_in_control, tried - right_in_control, n),
    ]
    return dict(zip(METRICS, household_bootstrap(ratios, bag, resamples), strict=True))


def control_rows(found: Mapping[tuple[str, str], Mapping[str, Rate]]) -> pd.DataFrame:
    """Return controls as a tidy table.

    Parameters
    ----------
    found : mapping
        What was tried ("linking", or "attributes" and the source withheld) -> its rates.

    Returns
    -------
    DataFrame
        ``attack``, ``source`` (empty for linking), ``group`` ("all"), ``metric``, ``value``,
        ``low``, ``high``, ``n`` and ``interval``.
    """
    return pd.DataFrame(
        [
            {"attack": attack, "source": source, "group": "all", "metric": metric, **asdict(rate)}
            for (attack, source), rates in found.items()
            for metric, rate in rates.items()
        ]
    )
