"""The catalogue of noise: every type of error, what it does and to which fields it can happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.sources.character_noise import transposed, typing, wrong_digit
from simulator.sources.confusion_noise import ocr, phonetic
from simulator.sources.housemates import OF_A_PERSON, copied_from_household
from simulator.sources.transliteration import transliteration
from simulator.sources.value_noise import (
    EXCHANGED,
    blank,
    default_birth_date,
    month_day_swap,
    names_swapped,
    nickname,
    surname_dropped,
    truncated,
    wrong_guess,
)
from simulator.tables import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from simulator.scenario.schema import Noise, NoiseType, Source
    from simulator.sources.cells import Cells

_UNTYPED = ("category", "face")
_TYPED = frozenset(field for field, kind in VOCABULARY.items() if kind not in _UNTYPED)
_WORDED = frozenset(field for field, kind in VOCABULARY.items() if kind in ("name", "text"))
_NUMBERED = _TYPED - _WORDED | {"street_address", "plate"}
_NAMES = frozenset({"first_name", "middle_name", "last_name", "full_name"})
_SPOKEN = _NAMES | {"street_address", "city", "employer", "birth_place"}
_DAYS = frozenset({"birth_date", "birth_month_day"})


@dataclass(frozen=True)
class NoiseFunction:
    """What an error does to the cells it hits.

    Attributes
    ----------
    change : function
        Cells to their values with the error.
    fields : frozenset of str, or None
        The fields it can happen to; None: any.
    together : tuple of str
        Fields of one record that are hit together or not at all; the smaller share counts.
    hits_missing : bool
        Whether it hits cells with nothing in them too, and can fill them.
    """

    change: Callable[[Cells], pa.LargeStringArray]
    fields: frozenset[str] | None
    together: tuple[str, ...] = ()
    hits_missing: bool = False


NOISE: Mapping[NoiseType, NoiseFunction] = {
    "wrong_guess": NoiseFunction(wrong_guess, None, hits_missing=True),
    "nickname": NoiseFunction(nickname, frozenset({"first_name", "full_name"})),
    "surname_dropped": NoiseFunction(surname_dropped, frozenset({"last_name", "full_name"})),
    "names_swapped": NoiseFunction(
        names_swapped, frozenset({*EXCHANGED, "full_name"}), together=tuple(EXCHANGED)
    ),
    "copied_from_household": NoiseFunction(copied_from_household, OF_A_PERSON),
    "transliteration": NoiseFunction(transliteration, _NAMES),
    "phonetic": NoiseFunction(phonetic, _SPOKEN),
    "default_birth_date": NoiseFunction(default_birth_date, _DAYS),
    "month_day_swap": NoiseFunction(month_day_swap, _DAYS),
    "wrong_digit": NoiseFunction(wrong_digit, _NUMBERED),
    "transposed": NoiseFunction(transposed, _TYPED),
    "typing": NoiseFunction(typing, _TYPED),
    "ocr": NoiseFunction(ocr, _TYPED),
    "truncated": NoiseFunction(truncated, _WORDED),
    "blank": NoiseFunction(blank, None),
}
"""Every type of noise, in the order in which several hit one cell, which is the order in which a
record comes about: which value is given, how it is spelt, how it is typed, how a scanner reads it,
how much of it the column holds; and what is blank stays blank."""


def noise_of(source_name: str, source: Source, field: str) -> dict[NoiseType, Noise]:
    """Return the noise in force for one field, in the order of `NOISE`.

    A field's own noise replaces the source's noise of the same type; the source's noise counts
    where the type can happen to the field. None happens to a face: it is as good as its quality.

    Raises
    ------
    ValueError
        If the field itself is given a type of noise that cannot happen to it.
    """
    own = source.fields[field].noise
    in_force: dict[NoiseType, Noise] = {}
    for noise_type, function in NOISE.items():
        can_happen = field != "face" and (function.fields is None or field in function.fields)
        if noise_type in own and not can_happen:
            raise ValueError(
                f"source {source_name!r}, field {field!r}: noise {noise_type!r} cannot happen to it"
            )
        setting = own.get(noise_type, source.noise.get(noise_type))
        if can_happen and setting is not None:
            in_force[noise_type] = setting
    return in_force
