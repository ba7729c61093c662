"""Households, ages and moves against the tables that the population is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.validate.finding import Finding
from simulator.population.calibration import pyramid
from simulator.population.reference import column, read_table

if TYPE_CHECKING:
    import pandas as pd

    from simulator.experiments.validate.evidence import Evidence
    from simulator.randomness import Floats, Integers

LARGEST_CLASS = 7
"""The published class "7 or more"."""


def households(people: pd.DataFrame) -> pd.DataFrame:
    """Return one row per household: ``group``, ``owner`` and ``size``."""
    grouped = people.groupby("household_id", sort=False)
    return grouped[["group", "owner"]].first().assign(size=grouped.size())


def household_sizes(evidence: Evidence, group: str) -> Finding:
    """Compare the shares of a group's households by size, 1 to 7 or more, with the table."""
    census_group = evidence.scenario.population.groups[group].census_group
    of_group = np.array(read_table("household_sizes.csv")["census_group"].to_pylist())
    published = column("household_sizes.csv", "percent")[of_group == census_group]
    every = evidence.households
    size = every.loc[every["group"] == group, "size"].clip(upper=LARGEST_CLASS)
    counts = np.bincount(size, minlength=LARGEST_CLASS + 1)[1:]
    classes = [f"households of {size}" for size in range(1, LARGEST_CLASS + 1)]
    return _largest_difference(counts, published, classes)


def ages(evidence: Evidence) -> Finding:
    """Compare the shares of people by sex and five-year age band with the pyramid."""
    people, published = evidence.people, pyramid()
    bands_count = published.shape[1]
    band = np.minimum(people["age"].to_numpy() // 5, bands_count - 1)
    cell = people["sex"].eq("M").to_numpy() * bands_count + band
    classes = [
        f"{sex} of {5 * band}–{5 * band + 4}"
        for sex in ("women", "men")
        for band in range(bands_count)
    ]
    return _largest_difference(
        np.bincount(cell, minlength=2 * bands_count), published.ravel(), classes
    )


def _largest_difference(counts: Integers, published: Floats, classes: list[str]) -> Finding:
    ours, theirs = counts / counts.sum(), published / published.sum()
    at = int(np.abs(ours - theirs).argmax())
    how = f"{classes[at]}: {100 * ours[at]:.2f} %, published {100 * theirs[at]:.2f} %"
    error = np.sqrt(theirs[at] * (1 - theirs[at]) / counts.sum())
    return Finding(
        float(abs(ours - theirs)[at]), int(counts.sum()), how, standard_error=float(error)
    )


def households_of_one(evidence: Evidence) -> Finding:
    """Return the share of households of one person."""
    alone = evidence.households["size"] == 1
    return Finding(float(alone.mean()), len(alone), "households, counted")


def owner_share(evidence: Evidence) -> Finding:
    """Return the share of households that own their home."""
    owner = evidence.households["owner"]
    return Finding(float(owner.mean()), len(owner), "households, counted")


def moved_share(evidence: Evidence) -> Finding:
    """Return the share of people, one year old or older, whose household moved in the last year."""
    people = evidence.people
    moved = people.loc[people["age"] >= 1, "moved"]
    return Finding(float(moved.mean()), len(moved), "people aged 1 or older, counted")
