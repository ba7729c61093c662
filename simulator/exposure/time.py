"""Time: how long until a file says where somebody lives, by something that saw them there.

Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations", JASA 53:457;
Greenwood (1926), "The natural duration of cancer", for the variance.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import FEWEST_PEOPLE, Z_95, wilson, withheld
from simulator.exposure.unicity import places
from simulator.tables import Rate, text

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers

EVERYONE = "all"
LOCATED, HALF, OF_ANOTHER = "located_share", "half_located_days", "located_by_another_share"


def first_near_home(
    sightings: pd.DataFrame,
    records: pd.DataFrame,
    people: pd.DataFrame,
    home_area: pd.Series[str],
    first_day: np.datetime64,
    days_count: int,
) -> pd.DataFrame:
    """Return the day on which each dossier's first sighting near its owner's home was made.

    Every sighting in a dossier counts, whether its record is about the owner or not: a file says
    what it says. Near is in the square of the present home or in one of the eight around it.

    Parameters
    ----------
    sightings : DataFrame
        As in ``Collected.sightings``, of all sources together.
    records : DataFrame
        ``Dossiers.records``.
    people : DataFrame
        From `simulator.exposure.person.measure_people`.
    home_area : Series of str
        entity_id -> square of the present home.
    first_day : datetime64[D]
        The first day of the window; it is day 1.
    days_count : int
        Days in the window; other sightings do not count.

    Returns
    -------
    DataFrame
        Indexed by ``entity_id``: residents with a dossier, in order. ``group``; ``day`` (int64, 1
        to `days_count`: the day of that sighting, the last day where there is none); ``located``
        (bool: there is one); ``of_another`` (bool: its record is about someone else).

    Examples
    --------
    Person 1 lives in B2. A camera saw them in E5 on the first day and in C3, a square beside home,
    on the third. In the file of person 2, of A1, lies a record about person 3:

    >>> at = pd.to_datetime(["2025-06-01 08:00", "2025-06-03 23:00", "2025-06-02 12:00"])
    >>> seen = pd.DataFrame(
    ...     {"record_id": [10, 10, 11], "seen_area": ["E5", "C3", "A1"], "seen_at": at}
    ... )
    >>> records = pd.DataFrame({"record_id": [10, 11], "entity_id": [1, 3], "owner_id": [1, 2]})
    >>> people = pd.DataFrame({"named": [True, True], "group": "a"}, index=[1, 2])
    >>> home = pd.Series({1: "B2", 2: "A1"})
    >>> first_near_home(seen, records, people, home, np.datetime64("2025-06-01"), 7).values.tolist()
    [['a', 3, True, False], ['a', 2, True, True]]
    """
    named = people.loc[people["named"].to_numpy(dtype=bool)].sort_index()
    place = pd.Index(records["record_id"]).get_indexer(pd.Index(sightings["record_id"]))
    # a record out of reach reads the last entry, nobody's
    owner = np.append(records["owner_id"].to_numpy(), -1)[place]
    row = named.index.get_indexer(pd.Index(owner))
    since = sightings["seen_at"].to_numpy().astype("datetime64[D]") - first_day
    day = since.astype(np.int64) + 1
    counted = np.flatnonzero((row >= 0) & (day >= 1) & (day <= days_count))
    near = are_near(
        sightings["seen_area"].iloc[counted], home_area.reindex(named.index[row[counted]])
    )
    counted = counted[near]
    when = sightings["seen_at"].to_numpy()[counted].astype("datetime64[s]").astype(np.int64)
    order = counted[np.lexsort((place[counted], when, row[counted]))]
    seen, first = np.unique(row[order], return_index=True)
    first = order[first]
    days = np.full(len(named), days_count)
    days[seen] = day[first]
    located, of_another = np.zeros((2, len(named)), dtype=np.bool_)
    located[seen] = True
    of_another[seen] = records["entity_id"].to_numpy()[place[first]] != named.index[seen]
    return pd.DataFrame(
        {"group": named["group"], "day": days, "located": located, "of_another": of_another},
        index=named.index.rename("entity_id"),
    )


def are_near(one: pd.Series[str], other: pd.Series[str]) -> npt.NDArray[np.bool_]:
    """Tell, pair by pair, whether two squares are the same or touch (a king's move apart).

    Squares of the surroundings ("~C4") are on a map of their own and near none of the town's.

    >>> one = pd.Series(["C4", "C4", "C4", "~C4"])
    >>> are_near(one, pd.Series(["D5", "C4", "E4", "C4"])).tolist()
    [True, True, False, False]
    """
    labels = pd.Index(one.unique()).union(pd.Index(other.unique()), sort=False)
    side, column, row = places(pd.Series(labels.astype(object), dtype=object))
    a, b = labels.get_indexer(pd.Index(one)), labels.get_indexer(pd.Index(other))
    near = (side[a] == side[b]) & (abs(column[a] - column[b]) <= 1) & (abs(row[a] - row[b]) <= 1)
    return np.asarray(near, dtype=np.bool_)


def kaplan_meier(day: Integers, happened: npt.NDArray[np.bool_], days_count: int) -> pd.DataFrame:
    """Return the share that is still waiting after each day.

        S(t) = product over days s <= t of (1 - d_s / n_s)

    with d_s to whom it happens on day s of n_s who are waiting then. Interval: Greenwood's variance
    of log S, sum of d / (n (n - d)), on the scale of log(-log S), which keeps within 0 and 1. Where
    that is not defined, z² / (n + z²) stands in for it, the upper end of Wilson's interval for 0 of
    n: nobody yet (n who wait at first), or nobody left (n who waited last). People are taken for
    independent of one another.

    Parameters
    ----------
    day : array of int64, one per person
        The day, from 1, on which it happened or the person was last looked at. Who was last looked
        at on a day still waits through it.
    happened : array of bool, one per person
    days_count : int
        The last day of the table.

    Returns
    -------
    DataFrame
        A row per day: ``day``, ``at_risk`` (n), ``events`` (d), ``survival`` (S), ``low`` and
        ``high``, the ends of its 95 % interval.

    Examples
    --------
    Five people: it happens on days 1, 2 and 3, and two are lost from sight on days 2 and 5. Of 5,
    4 and 2 who wait, 1 each: 4/5, then 4/5 x 3/4, then 4/5 x 3/4 x 1/2.

    >>> happened = np.array([True, True, False, True, False])
    >>> curve = kaplan_meier(np.array([1, 2, 2, 3, 5]), happened, 5)
    >>> curve["at_risk"].tolist(), curve["survival"].round(3).tolist()
    ([5, 4, 2, 1, 1], [0.8, 0.6, 0.3, 0.3, 0.3])

    Greenwood on day 2: 1/(5 x 4) + 1/(4 x 3) = 0.1333; 0.6 to the power of exp(±1.96 x 0.3651 /
    log 0.6):

    >>> curve.loc[1, ["low", "high"]].astype(float).round(3).tolist()
    [0.126, 0.882]
    """
    events = np.bincount(day[happened], minlength=days_count + 1)[1:]
    leaving = np.bincount(day, minlength=days_count + 1)[1:]
    at_risk = len(day) - (np.cumsum(leaving) - leaving)
    waiting = np.maximum(at_risk, 1)
    survival: Floats = np.cumprod(1 - events / waiting)
    left = at_risk - events
    variance = np.cumsum(np.where(left > 0, events / (waiting * np.maximum(left, 1)), 0.0))
    low, high = _log_log(survival, variance)
    untouched, gone = np.cumsum(events) == 0, survival == 0
    low[untouched], high[untouched] = 1 - _nothing_of(len(day)), 1.0
    if gone.any():
        last = int(np.argmax(gone))
        before = high[last - 1] if last else 1.0
        low[gone], high[gone] = 0.0, before * _nothing_of(int(at_risk[last]))
    return pd.DataFrame(
        {
            "day": np.arange(1, days_count + 1),
            "at_risk": at_risk,
            "events": events,
            "survival": survival,
            "low": low,
            "high": high,
        }
    )


def _log_log(survival: Floats, variance: Floats) -> tuple[Floats, Floats]:
    inside = (survival > 0) & (survival < 1)
    logs = np.log(np.where(inside, survival, 0.5))
    reach = Z_95 * np.sqrt(variance) / logs
    return survival ** np.exp(-reach), survival ** np.exp(reach)


def _nothing_of(n: int) -> float:
    return Z_95**2 / (max(n, 1) + Z_95**2)


def half_by(curve: pd.DataFrame) -> tuple[float, float, float]:
    """Return the first day on which no more than half are waiting, and its 95 % interval.

    Of a table from `kaplan_meier`. The interval holds every day whose own interval of S holds one
    half (Brookmeyer and Crowley 1982, "A confidence interval for the median survival time",
    Biometrics 38:29). NaN where it does not come to it within the table.

    >>> curve = pd.DataFrame({
    ...     "day": [1, 2, 3], "low": [0.6, 0.4, 0.3], "survival": [0.7, 0.5, 0.4], "high": 0.6,
    ... })
    >>> half_by(curve)
    (2.0, 2.0, nan)
    """
    days = curve["day"].to_numpy(dtype=np.float64)
    reached = [days[curve[name].to_numpy() <= 0.5 + 1e-12] for name in ("survival", "low", "high")]
    value, low, high = (float(found[0]) if len(found) else float("nan") for found in reached)
    return value, low, high


def days_until_located(first: pd.DataFrame, days_count: int) -> pd.DataFrame:
    """Return how many have been located by each day, for everyone and for each group.

    Parameters
    ----------
    first : DataFrame
        From `first_near_home`: residents with a dossier; who is not located by the last day of the
        window is censored there.
    days_count : int

    Returns
    -------
    DataFrame
        ``day``, ``group`` ("all" first), ``metric``, ``value``, ``low``, ``high``, ``n`` (residents
        with a dossier) and ``interval``:

        located_share
            1 - S, by the end of each day; see `kaplan_meier` ("greenwood").
        half_located_days
            The day by which half are located, NaN if the window is too short for it; likewise the
            ends of its interval. Its ``day`` is the last.
        located_by_another_share
            Of those located, the share whose first sighting is in a record about someone else
            ("wilson"; n are those located). Its ``day`` is the last.

        Withheld under 20 people.
    """
    groups = first["group"].astype("category").cat
    rows: list[dict[str, object]] = []
    for group in (EVERYONE, *groups.categories):
        members = first
        if group != EVERYONE:
            members = first.loc[groups.codes.to_numpy() == groups.categories.get_loc(group)]
        rows += [
            {"day": day, "group": group, "metric": metric, **asdict(rate)}
            for day, metric, rate in _rates(members, days_count)
        ]
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def _rates(first: pd.DataFrame, days_count: int) -> list[tuple[int, str, Rate]]:
    n, located = len(first), first["located"].to_numpy(dtype=np.bool_)
    another = wilson(int(first["of_another"].sum()), int(located.sum()))
    last = (days_count, OF_ANOTHER, another)
    if n < FEWEST_PEOPLE:
        every = [(day, LOCATED, withheld(n)) for day in range(1, days_count + 1)]
        return [*every, (days_count, HALF, withheld(n)), last]
    curve = kaplan_meier(first["day"].to_numpy(dtype=np.int64), located, days_count)
    shares = zip(curve["day"], curve["survival"], curve["high"], curve["low"], strict=True)
    return [
        *(
            (int(day), LOCATED, Rate(1 - value, 1 - low, 1 - high, n, "greenwood"))
            for day, value, low, high in shares
        ),
        (days_count, HALF, Rate(*half_by(curve), n, "greenwood")),
        last,
    ]
