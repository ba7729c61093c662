"""Over time, in words: who has been seen near home by when, and what a shorter memory changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.report.definitions import OVER_TIME
from simulator.report.wording import between, counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

EVERYONE = "all"
SEEN = "seen within a square of their home by something that is in their file"
TOO_FEW = "Fewer than 20 residents have a file: nothing is said about so few."
BEFORE = "before the first day"
HINDSIGHT = (
    "Files are those of the end: what was joined in the end counts from the day on which it came "
    "about."
)
NO_SENSORS = (
    "Nothing watches this town",
    "No list within reach says when somebody was seen where.",
)

GLOSSARY: Mapping[str, str] = {
    "Sighting": "A sensor noted a plate, a telephone, a card or a face at some hour in a square of "
    "the map. It is in a resident's file if its record was joined to the file, rightly or not.",
    **{one.heading: one.meaning[:1].upper() + one.meaning[1:] for one in OVER_TIME.values()},
    "Day": "The window in which the sensors watch ends the day before everything is looked at; its "
    f"first day is day 1. {HINDSIGHT}",
    "Memory": "How long sensors keep what they saw. What is older when the file is put together is "
    "gone, so that with a memory of 3 days nothing is left from before the last 3 days. People and "
    "draws stay the same, and so does what the adversary has learnt about linking. A sensor whose "
    "memory is shorter already keeps its own.",
}


def rate(located: pd.DataFrame, metric: str, day: int, group: str = EVERYONE) -> Mapping[Any, Any]:
    """Return the row of one figure of one memory.

    Parameters
    ----------
    located : DataFrame
        Of one ``retention_days``: ``day``, ``group``, ``metric``, ``value``, ``low``, ``high``,
        ``n``, ``interval``.
    """
    rows = located.loc[
        (located["metric"] == metric) & (located["group"] == group) & (located["day"] == day)
    ]
    found: Mapping[Any, Any] = rows.to_dict("records")[0]
    return found


def of_memory(located: pd.DataFrame, retention: int | None) -> pd.DataFrame:
    """Return the rows of one memory; None is the scenario's own."""
    days = located["retention_days"]
    same = days.isna() if retention is None else (days == retention).fillna(False)
    return located.loc[same.to_numpy(dtype=bool)]


def located_sentence(located: pd.DataFrame) -> str:
    """Say by when half of the residents with a file were seen near home, or how many ever were.

    Parameters
    ----------
    located : DataFrame
        Of the scenario's own memory.
    """
    last = int(located["day"].max())
    share, half = rate(located, "located_share", last), rate(located, "half_located_days", last)
    if math.isnan(share["value"]):
        return TOO_FEW
    n = f"n = {share['n']:,}"
    if math.isnan(half["value"]):
        return (
            f"Within {_days(last)} {in_hundred(share['value'])} residents with a file were {SEEN} "
            f"(95 % interval {between(share['low'], share['high'])}; {n})."
        )
    return (
        f"Within {_days(half['value'])} half of the residents with a file were {SEEN} (95 % "
        f"interval {_days_between(half['low'], half['high'], last)}; {n}); within {_days(last)} "
        f"{in_hundred(share['value'])}."
    )


def memory_sentence(located: pd.DataFrame, as_it_is: pd.DataFrame, retention: int) -> str:
    """Say how many can still be located where every sensor forgets sooner.

    Parameters
    ----------
    located, as_it_is : DataFrame
        Of the shorter memory, and of the scenario's own.
    retention : int
        Days of memory.
    """
    last = int(located["day"].max())
    share, before = (rate(rows, "located_share", last) for rows in (located, as_it_is))
    if math.isnan(share["value"]) or math.isnan(before["value"]):
        return TOO_FEW
    return (
        f"If sensors forget after {_days(retention)}, {in_hundred(share['value'])} residents' "
        "files still tell of a sighting within a square of their home (95 % interval "
        f"{between(share['low'], share['high'])}; n = {share['n']:,}); as it is, "
        f"{in_hundred(before['value'])}."
    )


def sentence(located: pd.DataFrame, retention: int | None) -> str:
    """Say the finding for one memory; `located` has that one and the scenario's own."""
    as_it_is = of_memory(located, None)
    if retention is None:
        return located_sentence(as_it_is)
    return memory_sentence(of_memory(located, retention), as_it_is, retention)


def headline(located: pd.DataFrame, day: int, retention: int | None) -> str:
    """Say how many have been seen near home by a day with one memory, big."""
    share = rate(of_memory(located, retention), "located_share", day)
    if math.isnan(share["value"]):
        return TOO_FEW
    how = "were seen" if retention is None else "are still placed"
    return f"{in_hundred(share['value'])} {how} near home by day {day}"


def exposure_sentence(exposure: pd.DataFrame) -> str:
    """Say how much the file held on the first of the days measured, and on the last."""
    rows = exposure.loc[
        (exposure["metric"] == "exposure_share") & (exposure["group"] == EVERYONE)
    ].sort_values("day")
    first, last = rows.to_dict("records")[0], rows.to_dict("records")[-1]
    said = [
        f"{in_hundred(row['value'])} " + (f"on day {row['day']}" if row["day"] else BEFORE)
        for row in ([first, last] if first["day"] < last["day"] else [last])
    ]
    return (
        f"Of what there is to know about a resident, the file held {' and '.join(said)} (95 % "
        f"interval {between(last['low'], last['high'])})."
    )


def another_sentence(located: pd.DataFrame) -> str:
    """Say of how many the sighting that located them is in somebody else's record."""
    share = rate(located, "located_by_another_share", int(located["day"].max()))
    if math.isnan(share["value"]):
        return ""
    return (
        f"Of those located, {in_hundred(share['value'])} were so first by a record about somebody "
        f"else (95 % interval {between(share['low'], share['high'])})."
    )


def forgotten_sentence(retention: int, days_count: int) -> str:
    """Say what a memory has let go of by the end.

    >>> forgotten_sentence(3, 60)
    'Whatever was seen before day 58 is gone from the file.'
    """
    return f"Whatever was seen before day {days_count - retention + 1} is gone from the file."


def trail_sentence(name: str, sightings: pd.DataFrame, day: int) -> str:
    """Say what one resident's file holds by a day.

    Parameters
    ----------
    name : str
    sightings : DataFrame
        ``day``, ``seen_area``, ``near_home`` and ``of_another``.
    day : int
    """
    seen = sightings.loc[sightings["day"] <= day]
    if seen.empty:
        return f"**{name}**: by day {day} no sighting is in the file."
    near, strange = int(seen["near_home"].sum()), int(seen["of_another"].sum())
    outside = int(seen["seen_area"].str.startswith("~").sum())
    said = (
        f"**{name}**: by day {day} the file holds {counted(len(seen), 'sighting', 'sightings')} in "
        f"{counted(seen['seen_area'].nunique(), 'square', 'squares')}, "
        f"{counted(near, 'near', 'near') if near else 'none near'} home."
    )
    if strange:
        said += f" Of somebody else by mistake: {strange:,}."
    if outside:
        said += f" Off the map, outside the town: {outside:,}."
    return said


def picture_in_words(headline: str, trail: str) -> str:
    """Describe both pictures for whoever cannot see them."""
    return f"{headline}, of 100 residents with a file. {trail.replace('**', '')}"


def _days(count: float) -> str:
    """Say a number of days.

    >>> _days(1.0), _days(30)
    ('1 day', '30 days')
    """
    return f"{count:.0f} {'day' if count == 1 else 'days'}"


def _days_between(low: float, high: float, last: int) -> str:
    """Say an interval of days whose end the window may have cut off.

    >>> _days_between(6, 9, 60), _days_between(7, 7, 60), _days_between(52, float("nan"), 60)
    ('6 to 9 days', '7 days', '52 days to more than the 60 that were watched')
    """
    if math.isnan(high):
        return f"{_days(low)} to more than the {last} that were watched"
    return _days(high) if low == high else f"{low:.0f} to {_days(high)}"
