"""How many people a ZIP area, a sex and a birth date single out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.experiments.validate.finding import Finding
from simulator.population.calibration import pyramid
from simulator.population.reference import column

if TYPE_CHECKING:
    import pandas as pd

    from simulator.experiments.validate.evidence import Evidence
    from simulator.randomness import Floats, Integers

Birth = Literal["day", "month", "year"]

DAYS_PER_YEAR = 365
YEARS_PER_BAND = 5
PIGEONHOLE_BANDS = np.array([0, 12, 19, 25, 35, 45, 55, 65, 100])
"""First ages of Sweeney's age bands (recalled); the last ends at 99."""


def crowd(*columns: Integers) -> Integers:
    """Return for each row how many rows have the same values in all columns, itself included.

    >>> crowd(np.array([1, 1, 1, 2]), np.array([5, 5, 6, 6])).tolist()
    [2, 2, 1, 1]
    """
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for values in columns:
        low = values.min(initial=0)
        key = key * (values.max(initial=0) - low + 1) + values - low
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray(count[inverse], dtype=np.int64)


def born(people: pd.DataFrame, birth: Birth) -> Integers:
    """Return the day, month or year of everyone's birth as a number."""
    dates = people["birth_date"].to_numpy().astype(f"datetime64[{birth[0].upper()}]")
    return np.asarray(dates.astype(np.int64))


def area_and_sex(people: pd.DataFrame) -> tuple[Integers, Integers]:
    """Return the ZIP area and the sex of everyone as numbers."""
    return people["zip_area"].to_numpy(), people["sex"].cat.codes.to_numpy().astype(np.int64)


def unique_share(evidence: Evidence, birth: Birth) -> Finding:
    """Count the people whom nobody in their ZIP area shares sex and birth with.

    Golle (2006), "Revisiting the uniqueness of simple demographics in the US population", WPES;
    he computes the expectation from Census counts, here invented people are counted.
    """
    people = evidence.people
    alone = crowd(*area_and_sex(people), born(people, birth)) == 1
    areas = people["zip_area"].nunique()
    return Finding(float(alone.mean()), len(people), f"counted in {areas:,} whole ZIP areas")


def unique_everywhere(_evidence: Evidence) -> Finding:
    """Return the expected uniqueness over all real ZIP areas, all with the same age pyramid."""
    sizes = column("zcta_pop_2010.csv.gz", "pop")
    share = expected_unique(sizes, pyramid().ravel() / (YEARS_PER_BAND * DAYS_PER_YEAR))
    return Finding(share, int(sizes.sum()), f"closed form over {len(sizes):,} real ZIP areas")


def expected_unique(sizes: Floats, daily: Floats) -> float:
    """Return the share of people expected to be unique within areas of given sizes.

    Parameters
    ----------
    sizes : array
        People per area.
    daily : array
        Per class of people (each of equally many days), the chance to be of the class and born on
        one given day of it.

    Two people and two equally likely days: each is unique with one chance in two.

    >>> expected_unique(np.array([2.0]), np.array([0.5]))
    0.5
    """
    share = daily / daily.sum()
    alone = (1.0 - daily) ** (np.maximum(sizes, 1.0)[:, None] - 1.0) @ share
    return float(sizes @ alone / sizes.sum())


def pigeonhole_share(evidence: Evidence) -> Finding:
    """Count the people who could all differ: as many birth dates and sexes as people, or more.

    Sweeney (2000), "Simple demographics often identify people uniquely", Carnegie Mellon: a ZIP
    area's age band counts in full if it holds at most 2 × 365 × (years of the band) people.
    """
    people = evidence.people
    band = np.searchsorted(PIGEONHOLE_BANDS, people["age"].to_numpy(), side="right") - 1
    band = np.minimum(band, len(PIGEONHOLE_BANDS) - 2)
    holes = 2 * DAYS_PER_YEAR * np.diff(PIGEONHOLE_BANDS)
    zip_area, _ = area_and_sex(people)
    said = crowd(zip_area, band) <= holes[band]
    how = "our people by the same pigeonhole count, an upper bound"
    return Finding(float(said.mean()), len(people), how)
