"""What was found in each town, put together: effects and growth over all towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from simulator.exposure import combine_replicates
from simulator.exposure.policy_effect import over_towns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.experiments.compare import TownEffects
    from simulator.scenario import Scenario


def effects_over_towns(towns: Sequence[TownEffects], parts: int) -> pd.DataFrame:
    """Return the effects over all towns, the parts of each put together first."""
    per_town = [
        pd.concat([town.effects for town in towns[start : start + parts]], ignore_index=True)
        for start in range(0, len(towns), parts)
    ]
    return over_towns(per_town, ["policy", "run", "group", "metric"])


def in_order(effects: pd.DataFrame, policies: Mapping[str, Scenario]) -> pd.DataFrame:
    """Return the rows with the policies in the order in which they were given."""
    place = effects["policy"].map({name: place for place, name in enumerate(policies)})
    return effects.loc[place.argsort(kind="stable")].reset_index(drop=True)


def growth_change_over_towns(towns: Sequence[TownEffects]) -> pd.DataFrame:
    """Return the paired change list by list over all towns; empty where it was not measured."""
    drawn = [town.growth_change for town in towns]
    return drawn[0] if drawn[0].empty else over_towns(drawn, ["source_added", "metric"])


def growth_over_towns(towns: Sequence[TownEffects], parts: int) -> pd.DataFrame:
    """Return the growth of the base, and of the policies where it was measured, over all towns."""
    designs = []
    every = pd.concat([town.growth for town in towns[::parts]], keys=range(len(towns[::parts])))
    for name, rows in every.groupby("policy", sort=False):
        drawn = [of_town.drop(columns="policy") for _, of_town in rows.groupby(level=0)]
        design = combine_replicates(drawn) if len(drawn) > 1 else drawn[0]
        design.insert(0, "policy", name)
        designs.append(design)
    return pd.concat(designs, ignore_index=True)
