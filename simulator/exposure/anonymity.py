"""Anonymity: how many people the known facts fit, once the name is crossed out.

Sweeney (2002), "k-anonymity: a model for protecting privacy", Int. J. Uncertainty, Fuzziness and
Knowledge-Based Systems 10(5); bits of surprisal after Shannon (1948). Both recalled, not read here.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.distinct import distinct
from simulator.exposure.equal_rows import equal_rows
from simulator.exposure.intervals import FEWEST_PEOPLE, wilson, withheld
from simulator.tables import Rate, text
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.randomness import Integers
    from simulator.tables import Dossiers

EVERYONE = "all"
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of people whose crowd is at most so large."""
NOT_STATED = -1
"""In place of a code: no value is stated."""
_PAIRS_AT_ONCE = 1_000_000


def anonymity_columns(dossiers: Dossiers, residents: pd.Index[int]) -> pd.DataFrame:
    """Return what the quasi-identifiers in each resident's dossier say about who it is.

    Only the columns of ``Dossiers.true_codes`` count: no name, no identifier and no sensitive fact.

    Parameters
    ----------
    dossiers : Dossiers
    residents : Index of int64
        Of whom to measure, all in the index of ``Dossiers.true_codes``, if it has any column.

    Returns
    -------
    DataFrame
        Indexed by `residents`:

        crowd_count : int64, 1 to N
            People of the reference population (residents and outsiders, N in all) of whom every
            value is true that the dossier states rightly: the resident is 1 in so many. N where it
            states none, and without a dossier.
        anonymity_bits : float64 in [0, log2 N]
            log2(N / crowd): what the dossier says about who it is, beside the name.
        unique : bool
            The crowd is one.
        misdirected : bool
            Not all values stated are right, and all of them, right or not, are true of somebody
            else: the facts lead to another person.

    Examples
    --------
    Of four people, who is a woman born in 1990 is one of two; stated of the third, who is a man,
    the same two facts lead to them:

    >>> true = pd.DataFrame({"sex": [0, 0, 1, 1], "year": [2, 2, 2, 3]}, index=[1, 2, 3, 4])
    >>> facts = pd.DataFrame({
    ...     "entity_id": [1, 1, 3, 3], "form": pd.Categorical(["sex", "year"] * 2),
    ...     "status": ["right", "right", "garbled", "right"], "value": [0, 2, 0, 2],
    ... })
    >>> from simulator.tables import Dossiers
    >>> nothing = pd.DataFrame()
    >>> dossiers = Dossiers(facts, nothing, nothing, pd.Series(dtype=float), true)
    >>> found = anonymity_columns(dossiers, true.index)
    >>> found["crowd_count"].tolist(), found["anonymity_bits"].round(2).tolist()
    ([2, 4, 3, 4], [1.0, 0.0, 0.42, 0.0])
    >>> found["misdirected"].tolist()
    [False, False, True, False]
    """
    true = dossiers.true_codes
    right, stated = _stated_codes(dossiers, residents)
    crowd = crowds(right, true.to_numpy())
    misdirected = np.zeros(len(residents), dtype=np.bool_)
    led = np.flatnonzero((right != stated).any(axis=1))
    # a value that is not right is not the resident's own: nobody here is led to themselves
    misdirected[led] = crowds(stated[led], true.to_numpy()) > 0
    return pd.DataFrame(
        {
            "crowd_count": crowd,
            "anonymity_bits": np.log2(max(len(true), 1) / crowd),
            "unique": crowd == 1,
            "misdirected": misdirected,
        },
        index=residents,
    )


def measure_anonymity(people: pd.DataFrame) -> pd.DataFrame:
    """Return how large the crowds are in which residents with a dossier stand.

    Parameters
    ----------
    people : DataFrame
        From `simulator.exposure.person.measure_people`.

    Returns
    -------
    DataFrame
        ``group`` ("all" first), ``metric``, ``value``, ``low``, ``high``, ``n`` (residents with a
        dossier) and ``interval`` (Wilson; withheld under 20 people):

        unique_of_named_share, misdirected_of_named_share : in [0, 1]
            See `anonymity_columns`.
        crowd_10_count, crowd_25_count, crowd_50_count, crowd_75_count, crowd_90_count
            The smallest crowd that so many in 100 of them, or more, do not exceed. The ends of the
            interval are the crowds at the ends of Wilson's interval of that share.

    Examples
    --------
    Of twenty people ten are alone and ten stand in a crowd of eight:

    >>> people = pd.DataFrame({"group": "a", "named": True, "misdirected": False,
    ...     "unique": [True, False] * 10, "crowd_count": [1, 8] * 10})
    >>> found = measure_anonymity(people).set_index(["group", "metric"])["value"]["all"]
    >>> found[["unique_of_named_share", "crowd_50_count", "crowd_75_count"]].tolist()
    [0.5, 1.0, 8.0]
    """
    named = people.loc[people["named"].to_numpy(dtype=np.bool_)]
    groups = people["group"].astype("category").cat.categories
    rows = []
    for group in (EVERYONE, *groups):
        among = named if group == EVERYONE else named.loc[named["group"] == group]
        rows += [
            {"group": group, "metric": metric, **asdict(rate)} for metric, rate in _crowds_of(among)
        ]
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def _crowds_of(named: pd.DataFrame) -> Iterator[tuple[str, Rate]]:
    n = len(named)
    for column in ("unique", "misdirected"):
        yield f"{column}_of_named_share", wilson(int(named[column].sum()), n)
    crowd = np.sort(named["crowd_count"].to_numpy())
    for share in QUANTILES:
        name = f"crowd_{round(100 * share)}_count"
        if n < FEWEST_PEOPLE:
            yield name, withheld(n)
            continue
        ends = wilson(round(share * n), n)
        at = [share, ends.low, ends.high]
        value, low, high = np.quantile(crowd, at, method="inverted_cdf").tolist()
        yield name, Rate(float(value), float(low), float(high), n, "wilson")


def _stated_codes(dossiers: Dossiers, residents: pd.Index[int]) -> tuple[Integers, Integers]:
    """Return the codes stated rightly, and all codes stated: arrays of (residents, columns)."""
    true, facts = dossiers.true_codes, dossiers.facts
    stated = np.full((len(residents), len(true.columns)), NOT_STATED)
    right = stated.copy()
    if true.empty or facts.empty:
        return right, stated
    form = facts["form"].cat
    column = true.columns.get_indexer(form.categories)[form.codes.to_numpy()]
    person = residents.get_indexer(pd.Index(facts["entity_id"]))
    chosen = np.flatnonzero((column >= 0) & (person >= 0))
    column, person = column[chosen], person[chosen]
    value = facts["value"].to_numpy()[chosen]
    is_right = (facts["status"] == "right").to_numpy()[chosen]
    own = true.to_numpy()[true.index.get_indexer(residents)][person, column]
    # a value that is nobody's has no code and fits nobody
    nobodys = np.iinfo(np.int64).max
    stated[person, column] = np.where(is_right, own, np.where(value < 0, nobodys, value))
    right[person[is_right], column[is_right]] = own[is_right]
    return right, stated


def crowds(stated: Integers, true: Integers) -> Integers:
    """Return of how many people all the stated values are true.

    The people who have the rarest of the values are looked through for the others, so the work
    grows with the crowds and not with people x values.

    Parameters
    ----------
    stated : array of int64, shape (n, columns)
        Codes; `NOT_STATED` where nothing is stated, and any other code that nobody has fits nobody.
    true : array of int64, shape (N, columns)
        Codes of the N people of the reference population; negative for none. No code stands in two
        columns.

    Returns
    -------
    array of int64, shape (n,)
        In 0 … N; N where nothing is stated.

    Examples
    --------
    >>> true = np.array([[0, 2], [0, 2], [0, 3], [1, 3]])
    >>> crowds(np.array([[0, 2], [0, -1], [1, 2], [-1, -1], [9, 2]]), true).tolist()
    [2, 3, 0, 4, 0]
    """
    if not true.size:
        return np.full(len(stated), len(true), dtype=np.int64)
    first, which = equal_rows(stated)
    asked = stated[first]
    held = true[true >= 0]
    holders = np.bincount(held, minlength=1)
    known = (asked >= 0) & (asked < len(holders))
    size = np.where(known, holders[np.where(known, asked, 0)], 0)
    size[asked == NOT_STATED] = len(true) + 1
    rarest = size.argmin(axis=1)
    fewest = np.minimum(size.min(axis=1), len(true))
    crowd = fewest.copy()
    searched = np.flatnonzero((fewest > 0) & ((asked != NOT_STATED).sum(axis=1) > 1))
    if len(searched):
        code = asked[searched, rarest[searched]]
        crowd[searched] = _fitting(asked[searched], code, true, holders)
    return np.asarray(crowd[which])


def _fitting(asked: Integers, code: Integers, true: Integers, holders: Integers) -> Integers:
    """Return how many of those who have `code` have all the other codes asked for as well."""
    is_wanted = np.zeros(len(holders), dtype=np.bool_)
    is_wanted[code] = True
    person, column = np.nonzero((true >= 0) & is_wanted[np.maximum(true, 0)])
    theirs = true[person, column]
    person = person[np.argsort(theirs, kind="stable")]
    size = np.where(is_wanted, holders, 0)
    first = (np.cumsum(size) - size)[code]
    count = holders[code]

    def search(rows: slice) -> Integers:
        looked_through = count[rows]
        row = np.repeat(np.arange(len(looked_through)), looked_through)
        step = np.arange(len(row)) - (np.cumsum(looked_through) - looked_through)[row]
        candidate = person[first[rows][row] + step]
        for wanted, held in zip(asked[rows].T, true.T, strict=True):
            fits = (wanted[row] == NOT_STATED) | (held[candidate] == wanted[row])
            row, candidate = row[fits], candidate[fits]
        return np.bincount(row, minlength=len(looked_through))

    part = np.cumsum(count) // _PAIRS_AT_ONCE
    ends = [0, *np.searchsorted(part, distinct(part), side="right").tolist()]
    pieces = (slice(start, end) for start, end in pairwise(ends))
    return np.concatenate(list(side_by_side(search, pieces)))
