"""Designs of a town in which every group is treated alike: seen as much, written down as well.

What differs between groups may be a setting (a factor by group), or come about: from ages and
households, from the streets that are watched, from names that are harder to write. So it is
measured in the lists, and each group's factor is set so that the lists see everybody alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.sources.noise import noise_of
from simulator.tables import RECORD_DATE, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.scenario.schema import Noise, Scenario, Source
    from simulator.tables import Collected

    Factors = Mapping[str, float]


def equal_coverage(scenario: Scenario, collected: Collected, group: pd.Series[str]) -> Scenario:
    """Return the scenario with each group's coverage brought to that of everyone, list by list.

    A list that sees share c of all people and c_g of a group's covers the group c / c_g times as
    well as before; of events it is their number per person that counts. No share rises above 1, so
    a list that already sees everybody who can be seen stays as it is. A compiled list follows from
    its feeders; of its own factors by group the mean over everybody remains.

    Parameters
    ----------
    scenario : Scenario
    collected : Collected
        What its sources hold.
    group : Series
        entity_id -> group (category), of everybody, residents and outsiders.
    """
    seen = group_rates_of_coverage(scenario, collected, group)
    share = _shares(group)
    sources = {}
    for name, source in scenario.sources.items():
        if name in seen.columns:
            sources[name] = _covering(source, _factors(seen[name]))
        elif source.record_of == "compiled" and source.coverage.by_group:
            mean = _mean_factor(source.coverage.by_group, share)
            by_group = dict.fromkeys(share, mean)
            coverage = source.coverage.model_copy(update={"by_group": by_group})
            sources[name] = source.model_copy(update={"coverage": coverage})
        else:
            sources[name] = source
    return scenario.model_copy(update={"sources": sources})


def equal_errors(
    scenario: Scenario, collected: Collected, clean: Collected, group: pd.Series[str]
) -> Scenario:
    """Return the scenario with each field of each list wrong equally often in every group.

    A field that is wrong in share e of all records and e_g of a group's gets e / e_g times the
    errors of each kind in the group. Careless records strike all groups alike as it is. The errors
    that a compiled list takes over follow from its feeders; of the factors by group of its own
    errors the mean over everybody remains.

    Parameters
    ----------
    scenario : Scenario
    collected, clean : Collected
        What its sources hold, and what they would hold without errors (compiled ones left out).
    group : Series
        entity_id -> group (category), of everybody, residents and outsiders.
    """
    wrong = group_rates_of_errors(collected, clean, group)
    share = _shares(group)
    sources = {}
    for name, source in scenario.sources.items():
        fields = {}
        for field, setting in source.fields.items():
            in_force = noise_of(name, source, field)
            if (name, field) in wrong.columns:
                factors = _factors(wrong[name, field])
                noise = {kind: _scaled(one, factors) for kind, one in in_force.items()}
            else:
                noise = {kind: _levelled(one, share) for kind, one in in_force.items()}
            fields[field] = setting.model_copy(update={"noise": noise})
        sources[name] = source.model_copy(update={"fields": fields})
    return scenario.model_copy(update={"sources": sources})


def without_errors(scenario: Scenario) -> Scenario:
    """Return the scenario without any error, and without the lists that are compiled from others.

    Its records are those of the scenario, cell for cell, but for the errors.
    """
    plain = {
        name: source.model_copy(update={"exists": source.exists and source.record_of != "compiled"})
        for name, source in scenario.sources.items()
    }
    return scenario.model_copy(update={"noise_enabled": False, "sources": plain})


def group_rates_of_coverage(
    scenario: Scenario, collected: Collected, group: pd.Series[str]
) -> pd.DataFrame:
    """Return the share of each group that each list sees, of events their number per person.

    Returns
    -------
    DataFrame
        Index: "all", then the groups. A column per source that exists and is not compiled.
    """
    whole = collected.truth.loc[collected.truth["field"] == "*", ["source", "entity_id"]]
    people = group.value_counts()
    rates = {}
    for name, rows in whole.groupby("source", observed=True, sort=False):
        kind = scenario.sources[str(name)].record_of
        if kind == "compiled":
            continue
        entity_id = rows["entity_id"] if kind == "event" else rows["entity_id"].drop_duplicates()
        count = group.reindex(entity_id).value_counts()
        rates[str(name)] = pd.Series(
            {"all": count.sum() / people.sum()} | (count / people).to_dict()
        )
    return pd.DataFrame(rates)


def group_rates_of_errors(
    collected: Collected, clean: Collected, group: pd.Series[str]
) -> pd.DataFrame:
    """Return the share of each group's records that are wrong in a field, list by list.

    Returns
    -------
    DataFrame
        Index: "all", then the groups. A column (source, field) per text column with any error.
    """
    whole = collected.truth.loc[collected.truth["field"] == "*"]
    subject = pd.Series(whole["entity_id"].to_numpy(), index=pd.Index(whole["record_id"]))
    rates = {}
    for name, plain in clean.records.items():
        written = collected.records[name]
        both = written.index.intersection(plain.index)
        of_group = group.reindex(subject.loc[both]).to_numpy()
        for field in written.columns:
            if field == RECORD_DATE or written[field].dtype != TEXT:
                continue
            stated, meant = (frame.loc[both, field] for frame in (written, plain))
            same = (stated == meant).fillna(False).to_numpy(dtype=np.bool_)
            wrong = ~same & ~(stated.isna() & meant.isna()).to_numpy()
            if wrong.any():
                by_group = pd.Series(wrong).groupby(of_group, observed=False).mean()
                rates[name, field] = pd.Series({"all": wrong.mean()} | by_group.to_dict())
    return pd.DataFrame(rates)


def _shares(group: pd.Series[str]) -> dict[str, float]:
    """Return the share of people in each group."""
    shares = group.value_counts(normalize=True)
    return {str(name): float(share) for name, share in shares.items()}


def _factors(rates: pd.Series[float]) -> Factors:
    """Return what brings each group's rate to that of everyone; 1 where it has none."""
    return {
        str(name): float(rates["all"] / rate)
        for name, rate in rates.drop(index="all").items()
        if rate > 0
    }


def _covering(source: Source, factors: Factors) -> Source:
    if source.events is not None:
        by_group = _times(source.events.by_group, factors)
        return source.model_copy(
            update={"events": source.events.model_copy(update={"by_group": by_group})}
        )
    by_group = _times(source.coverage.by_group, factors)
    return source.model_copy(
        update={"coverage": source.coverage.model_copy(update={"by_group": by_group})}
    )


def _scaled(noise: Noise, factors: Factors) -> Noise:
    return noise.model_copy(update={"by_group": _times(noise.by_group, factors)})


def _levelled(noise: Noise, share: Mapping[str, float]) -> Noise:
    by_group = dict.fromkeys(share, _mean_factor(noise.by_group, share))
    return noise.model_copy(update={"by_group": by_group if noise.by_group else {}})


def _times(by_group: Factors, factors: Factors) -> dict[str, float]:
    """Return the product of factors by group; a group that is not named has 1."""
    names = dict.fromkeys([*by_group, *factors])
    return {name: by_group.get(name, 1.0) * factors.get(name, 1.0) for name in names}


def _mean_factor(by_group: Factors, share: Mapping[str, float]) -> float:
    """Return the mean factor over people.

    >>> _mean_factor({"b": 3.0}, {"a": 0.75, "b": 0.25})
    1.5
    """
    return float(sum(by_group.get(name, 1.0) * part for name, part in share.items()))
