"""Birth dates that agree with the ages of the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.randomness import Integers, Stream

if TYPE_CHECKING:
    import datetime as dt

    from simulator.population.households import Roster


def birthdays(as_of: dt.date, years: Integers) -> npt.NDArray[np.datetime64]:
    """Return the latest birth date of a person who is at least that many years old.

    Parameters
    ----------
    as_of : date
    years : array of int64
        Whole years before `as_of`.

    Returns
    -------
    array of datetime64[D]
        In a year without it, 29 February becomes the 28th.

    >>> import datetime as dt
    >>> birthdays(dt.date(2024, 2, 29), np.array([1, 4])).astype(str).tolist()
    ['2023-02-28', '2020-02-29']
    """
    months = np.datetime64(f"{as_of.year:04d}-{as_of.month:02d}", "M") - 12 * years
    day = months.astype("datetime64[D]") + (as_of.day - 1)
    last = (months + 1).astype("datetime64[D]") - 1
    return np.asarray(np.minimum(day, last))


def birth_dates(roster: Roster, seed: int, as_of: dt.date) -> npt.NDArray[np.datetime64]:
    """Return each person's date of birth (datetime64[D]), uniform over the year of their age.

    Twins share theirs.
    """
    rows = np.arange(len(roster.entity_id))
    elder = np.maximum.accumulate(np.where(roster.twin, 0, rows))
    latest = birthdays(as_of, roster.age)
    earliest = birthdays(as_of, roster.age + 1)  # one day too early
    days = (latest - earliest).astype(np.int64)
    drawn = Stream(seed, "population/birth_day").integers(roster.entity_id[elder], days)
    return np.asarray(latest - drawn)
