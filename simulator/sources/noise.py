"""Noise in two stages: which cells an error hits, then how badly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.sources.cells import Cells
from simulator.sources.character_noise import transposed, typing
from simulator.sources.groups import group_factors
from simulator.sources.value_noise import blank, month_day_swap, nickname, surname_dropped
from simulator.tables import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.scenario.schema import Noise, NoiseType, Source
    from simulator.sources.fields import TrueValues

_TYPED = frozenset(field for field, kind in VOCABULARY.items() if kind != "category")


@dataclass(frozen=True)
class NoiseFunction:
    """What an error does to the cells it hits, and the fields it can happen to (None: any)."""

    change: Callable[[Cells], pa.LargeStringArray]
    fields: frozenset[str] | None


NOISE: Mapping[NoiseType, NoiseFunction] = {
    "nickname": NoiseFunction(nickname, frozenset({"first_name", "full_name"})),
    "surname_dropped": NoiseFunction(surname_dropped, frozenset({"last_name", "full_name"})),
    "month_day_swap": NoiseFunction(month_day_swap, frozenset({"birth_date", "birth_month_day"})),
    "transposed": NoiseFunction(transposed, _TYPED),
    "typing": NoiseFunction(typing, _TYPED),
    "blank": NoiseFunction(blank, None),
}
"""Every type of noise, in the order in which several hit one cell: a name is chosen before it is
typed, and what is blank stays blank."""


def noise_of(source_name: str, source: Source, field: str) -> dict[NoiseType, Noise]:
    """Return the noise in force for one field, in the order of `NOISE`.

    A field's own noise replaces the source's noise of the same type; the source's noise counts
    where the type can happen to the field.

    Raises
    ------
    ValueError
        If the field itself is given a type of noise that cannot happen to it.
    """
    own = source.fields[field].noise
    in_force: dict[NoiseType, Noise] = {}
    for noise_type, function in NOISE.items():
        can_happen = function.fields is None or field in function.fields
        if noise_type in own and not can_happen:
            raise ValueError(
                f"source {source_name!r}, field {field!r}: noise {noise_type!r} cannot happen to it"
            )
        setting = own.get(noise_type, source.noise.get(noise_type))
        if can_happen and setting is not None:
            in_force[noise_type] = setting
    return in_force


def add_noise(
    values: pa.LargeStringArray,
    field: str,
    noise: Mapping[NoiseType, Noise],
    true: TrueValues,
) -> pa.LargeStringArray:
    """Return one column with its errors.

    Parameters
    ----------
    values : Arrow text, one per record
        The column before errors; null stays null.
    field : str
        Its name.
    noise : mapping of type to setting
        As `noise_of` gives it.
    true : TrueValues
        What is true of the subjects of the records.

    Returns
    -------
    Arrow text, one per record
    """
    keys = true.subjects.keys
    for noise_type, setting in noise.items():
        stream = true.stream.child(f"{field}/{noise_type}")
        share = setting.cells_share * group_factors(true.subjects.group, setting.by_group)
        hit = stream.chance(keys, np.minimum(share, 1.0))
        hit &= values.is_valid().to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(hit)
        if not len(rows):
            continue
        cells = Cells(
            values=values.take(pa.array(rows)),
            kind=VOCABULARY.get(field, "category"),
            keys=keys[rows],
            stream=stream,
            characters_share=setting.characters_share,
            true=partial(true.at_rows, rows),
            family_name_first=true.family_name_first[rows] & (field == "full_name"),
        )
        values = pc.replace_with_mask(values, pa.array(hit), NOISE[noise_type].change(cells))
    return values
