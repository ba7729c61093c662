"""The growth of exposure as one row per joined list, read out of the tidy exposure table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from simulator.tables import Exposure, Interval, Rate, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from simulator.scenario.schema import Scenario

EVERYONE = "all"


@dataclass(frozen=True)
class Step:
    """One step of the growth: the lists joined so far and every figure about them.

    Attributes
    ----------
    number : int
        How many lists are joined; 0 is none.
    label : str
        The list added at this step, as shown ("No list" at step 0).
    rates : dict of Rate
        Metric name -> figure over all residents.
    """

    number: int
    label: str
    rates: dict[str, Rate]

    @property
    def row(self) -> str:
        """The step as the label of its row."""
        return row_label(self.number, self.label)


def row_label(number: int, label: str) -> str:
    """Name the row of a step; the number keeps two lists of one name apart.

    >>> row_label(0, "No list"), row_label(1, "Utility bills"), row_label(2, "Social media")
    ('No list', '1. Utility bills', '2. + Social media')
    """
    if number == 0:
        return label
    return f"{number}. {'+ ' if number > 1 else ''}{label}"


def source_labels(result: Result) -> dict[str, str]:
    """Return source name -> its name as a row of the growth; see `list_labels`."""
    return list_labels(result.scenario)


def list_labels(scenario: Scenario, targets_only: str = " (targets only)") -> dict[str, str]:
    """Return source name -> its name as a row of the growth.

    A list that opens for the adversary's targets says so (`targets_only`, put behind its name),
    beside others that it has whole.
    """
    reachable = scenario.reachable()
    asked = scenario.individually_obtained() if obtains_whole_lists(scenario) else ()
    mark = targets_only if len(asked) < len(reachable) else ""
    return {
        name: f"{source.label}{mark if name in asked else ''}"
        for name, source in scenario.sources.items()
    }


def obtains_whole_lists(scenario: Scenario) -> bool:
    """Tell an adversary that joins lists from one that looks its targets up, one by one."""
    return scenario.adversary.method == "join_everything"


def _rates(rows: pd.DataFrame) -> dict[str, Rate]:
    columns = (rows[name] for name in ("metric", "value", "low", "high", "n", "interval"))
    return {
        str(metric): Rate(float(value), float(low), float(high), int(n), cast("Interval", interval))
        for metric, value, low, high, n, interval in zip(*columns, strict=True)
    }


def growth_steps(exposure: Exposure, labels: dict[str, str]) -> tuple[Step, ...]:
    """Return the steps of the growth over everyone, from step 0.

    Parameters
    ----------
    exposure : DataFrame
        Columns step, source_added, group, metric, value, low, high, n, interval.
    labels : dict
        Source name -> its name as shown.

    Raises
    ------
    ValueError
        If the table holds no row about everyone.
    """
    overall = exposure.loc[exposure["group"].astype(str) == EVERYONE]
    if overall.empty:
        raise ValueError(f"the exposure table has no row for group {EVERYONE!r}")

    def steps() -> Iterator[Step]:
        for number, rows in overall.groupby("step", sort=True):
            source = str(rows["source_added"].iloc[0])
            label = "No list" if number == 0 else labels.get(source, source)
            yield Step(int(str(number)), label, _rates(rows))

    return tuple(steps())
