"""Who is wrongly joined, and who pays: the figures of each group, and what stands out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, cast

from simulator.report.steps import EVERYONE
from simulator.report.wording import in_hundred
from simulator.tables import Interval, Rate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.tables import Exposure

HARMS = ("reidentified_share", "false_dossier_share", "wrongful_share", "missed_share")
"""The columns of the table, all of which are worse when they are higher."""

FEWEST_TOWNS = 20
"""Fewer towns drawn anew give no interval worth comparing."""

_FEW_EVENTS = 5
_NOTHING = Rate(math.nan, math.nan, math.nan, 0, "none")


class GroupRates(NamedTuple):
    """A group as shown, and its figures at the last step."""

    label: str
    rates: Mapping[str, Rate]


def rates_by_group(exposure: Exposure, labels: Mapping[str, str]) -> tuple[GroupRates, ...]:
    """Return the figures with every list joined: everyone first, then each group.

    Parameters
    ----------
    exposure : DataFrame
        Columns step, group, metric, value, low, high, n, interval.
    labels : mapping
        Group -> its name as shown; groups come in this order.
    """
    last = exposure.loc[exposure["step"] == exposure["step"].max()]
    names = ("group", "metric", "value", "low", "high", "n", "interval")
    found: dict[str, dict[str, Rate]] = {}
    for group, metric, value, low, high, n, interval in zip(
        *(last[name] for name in names), strict=True
    ):
        rate = Rate(float(value), float(low), float(high), int(n), cast("Interval", str(interval)))
        found.setdefault(str(group), {})[str(metric)] = rate
    return tuple(
        GroupRates(label, found.get(group, {}))
        for group, label in ({EVERYONE: "Everyone"} | dict(labels)).items()
    )


def cell(rates: Mapping[str, Rate], metric: str) -> tuple[str, str]:
    """Return a figure in 1,000 with its interval, and over how many it is.

    >>> cell({"missed_share": Rate(0.0033, 0.0011, 0.0097, 908, "wilson")}, "missed_share")
    ('3.3 (1.1–9.7)', '908')
    >>> cell({"missed_share": Rate(math.nan, math.nan, math.nan, 12, "none")}, "missed_share")
    ('withheld', '12')
    """
    rate = rates.get(metric, _NOTHING)
    if math.isnan(rate.value):
        return ("withheld" if rate.n else "–"), f"{rate.n:,}"
    digits = 1 if rate.high < 0.0995 else 0
    value, low, high = (f"{1000 * x:,.{digits}f}" for x in (rate.value, rate.low, rate.high))
    return f"{value} ({low}–{high})", f"{rate.n:,}"


def wrongly_joined(everyone: Mapping[str, Rate]) -> str:
    """Say how often the joining mixes people up, over everyone."""
    false, wrongful, sensitive = (
        everyone.get(metric, _NOTHING)
        for metric in ("false_dossier_share", "wrongful_share", "sensitive_wrongful_share")
    )
    return (
        f"{_counted(false)} files hold a record of somebody else ({_range(false)}). "
        f"{_counted(wrongful)} residents have somebody else's fact in their file, joined wrongly "
        f"or mixed up in a list already ({_range(wrongful)}); with a sensitive fact it is "
        f"{_counted(sensitive)} ({_range(sensitive)})."
    )


def what_stands_out(groups: Sequence[GroupRates], headings: Mapping[str, str]) -> str:
    """Say which groups fare differently, or that none can be told apart.

    A group stands out where its interval and everyone's do not overlap: a plain reading of the
    table, no test.

    Parameters
    ----------
    groups : sequence of GroupRates
        Everyone first.
    headings : mapping
        Metric -> its heading in the table.
    """
    everyone, *others = groups
    if any(
        rate.interval == "replicates" and rate.n < FEWEST_TOWNS for rate in everyone.rates.values()
    ):
        return f"The groups are not compared: that needs {FEWEST_TOWNS} towns or more."
    found = [
        f"{group.label}: {heading.lower()} {cell(group.rates, metric)[0]}, everyone "
        f"{cell(everyone.rates, metric)[0]}"
        for metric, heading in headings.items()
        for group in others
        if metric in group.rates and _apart(group.rates[metric], everyone.rates[metric])
    ]
    compared = sum(
        not math.isnan(group.rates.get(metric, _NOTHING).value)
        for metric in headings
        for group in others
    )
    if not compared:
        return "No group is large enough to be compared."
    if found:
        return (
            f"In {compared} comparisons this stands out (intervals that do not overlap), in 1,000: "
            f"{'; '.join(found)}. With so many comparisons one may stand out by luck."
        )
    said = (
        f"No group stands out: in all {compared} comparisons a group's interval "
        "overlaps everyone's. That is a finding too."
    )
    few = _events(everyone.rates.get("false_dossier_share", _NOTHING))
    if few is not None and few < _FEW_EVENTS * len(others):
        said += f" It rests on few events ({few} false files): a small gap would not be seen here."
    return said


def _apart(one: Rate, other: Rate) -> bool:
    """Tell whether two intervals do not overlap; NaN overlaps everything."""
    return one.low > other.high or one.high < other.low


def _events(rate: Rate) -> int | None:
    """Return how many a share counts, where it counts at all."""
    return round(rate.value * rate.n) if rate.interval == "wilson" else None


def _counted(rate: Rate) -> str:
    """Say a share as counted, or in 100 where it is a mean over towns.

    >>> _counted(Rate(0.002, 0.001, 0.003, 3000, "wilson"))
    '6 of 3,000'
    """
    events = _events(rate)
    return in_hundred(rate.value) if events is None else f"{events:,} of {rate.n:,}"


def _range(rate: Rate) -> str:
    """Say an interval in 1,000, as the table has it.

    >>> _range(Rate(0.01, 0.0076, 0.0132, 5000, "wilson"))
    '95 % interval 8 to 13 in 1,000'
    """
    if math.isnan(rate.value):
        return "not defined"
    return f"95 % interval {1000 * rate.low:.0f} to {1000 * rate.high:.0f} in 1,000"
