"""Rare names, made letter by letter in the manner of a group's listed names.

The listed names cover about three people in four. The others bear millions of different names, most
of them once or twice in a town. Drawing those people from the list instead would double the number
of people who share a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Floats, Integers, Stream

SHORTEST, LONGEST = 5, 11
_LETTERS = 27  # 0 stands before and after a name
_ATTEMPTS_COUNT = 3
_LOOSE_SHARE = 0.3  # letters that follow from the last two only, for variety


@dataclass(frozen=True)
class LetterModel:
    """Which letter follows which three, per model (a group, or a group and sex).

    Attributes
    ----------
    models_count : int
        A second set of as many models looks at the last two letters only.
    step : array of int64
        Sorted; model x three letters x next letter, in base 27.
    ladder : array of float64
        Running sum of the steps' weights.
    """

    models_count: int
    step: Integers
    ladder: Floats

    def following(
        self, model: Integers, context: Integers, uniform: Floats, *, may_end: bool
    ) -> Integers:
        """Return the next letter (1 to 26, 0 for the end) after each context of three letters.

        Unless `may_end`, the end is drawn only where the model knows nothing else.
        """
        base = (model * _LETTERS**3 + context) * _LETTERS
        low = np.searchsorted(self.step, base)
        high = np.searchsorted(self.step, base + _LETTERS) - 1
        if not may_end:
            low = low + ((self.step[low] % _LETTERS == 0) & (low < high))
        below = np.where(low > 0, self.ladder[low - 1], 0.0)
        wanted = below + uniform * (self.ladder[high] - below)
        at = np.clip(np.searchsorted(self.ladder, wanted, side="right"), low, high)
        return np.asarray(self.step[at] % _LETTERS, dtype=np.int64)


def letters_of(names: pa.Array) -> Integers:
    """Return names as numbers: one row each, 1 to 26 for A to Z, 0 after the end.

    >>> letters_of(pa.array(["Ab"]))[0, :3].tolist()
    [1, 2, 0]
    """
    width = 16
    upper = pc.replace_substring_regex(pc.utf8_upper(names), "[^A-Z]", "")
    fixed = pc.utf8_rpad(pc.utf8_slice_codeunits(upper, 0, width), width=width, padding="@")
    joined = "".join(fixed.to_pylist()).encode("ascii")
    return (np.frombuffer(joined, dtype=np.uint8).reshape(-1, width) - 64).astype(np.int64)


def learn(names: pa.Array, weights: Floats) -> LetterModel:
    """Return the letter model of listed names.

    Parameters
    ----------
    names : Arrow array of text
    weights : array of shape (models, names)
        How much each name counts in each model.
    """
    letters = letters_of(names)
    letters = np.concatenate([np.zeros((len(letters), 3), np.int64), letters], axis=1)
    width = letters.shape[1] - 3
    context = sum(letters[:, k : k + width] * _LETTERS ** (2 - k) for k in range(3))
    transition = (context * _LETTERS + letters[:, 3:]).ravel()
    # stop after the first end mark of each name
    live = (np.cumsum(letters[:, 3:] == 0, axis=1) <= 1).ravel()
    name = np.repeat(np.arange(len(letters)), width)[live]
    parts = [_count(transition[live], name, weights, 0)]
    parts.append(_count(transition[live] % _LETTERS**3, name, weights, len(weights)))
    step, mass = (np.concatenate(column) for column in zip(*parts, strict=True))
    return LetterModel(len(weights), step, np.cumsum(mass))


def _count(
    transition: Integers, name: Integers, weights: Floats, first_model: int
) -> tuple[Integers, Floats]:
    """Return the steps that occur, sorted, and their weight in each model."""
    steps, inverse = np.unique(transition, return_inverse=True)
    totals = np.stack([np.bincount(inverse, row[name], len(steps)) for row in weights])
    model, step = np.nonzero(totals)
    coded = (first_model + model) * _LETTERS**4 + steps[step]
    return coded, totals[model, step].astype(np.float64)


def rare_names(
    model: LetterModel, row: Integers, keys: npt.NDArray[np.uint64], stream: Stream, known: pa.Array
) -> pa.Array:
    """Return one invented name per key, almost never twice the same and seldom a listed one.

    Parameters
    ----------
    model : LetterModel
    row : array of int64
        Which of its models each key uses.
    keys : array of uint64
        Equal keys get equal names.
    stream : Stream
    known : Arrow array of text
        Listed names in lower case; a draw that hits one, or is too short, is drawn again.
    """
    names = np.full(len(keys), "", dtype=f"S{LONGEST}")
    open_rows = np.arange(len(keys))
    for attempt in range(_ATTEMPTS_COUNT):
        names[open_rows] = _spell(model, row[open_rows], keys[open_rows], stream, attempt)
        drawn = pa.array(names[open_rows]).cast(pa.string())
        again = pc.or_(
            pc.is_in(drawn, known.cast(pa.string())), pc.less(pc.utf8_length(drawn), SHORTEST)
        )
        open_rows = open_rows[np.asarray(again.to_numpy(zero_copy_only=False), dtype=bool)]
        if not len(open_rows):
            break
    return pc.utf8_title(pa.array(names).cast(pa.large_string()))


def _spell(
    model: LetterModel,
    row: Integers,
    keys: npt.NDArray[np.uint64],
    stream: Stream,
    attempt: int,
) -> npt.NDArray[np.bytes_]:
    context = np.zeros(len(keys), dtype=np.int64)
    spelt = np.zeros((len(keys), LONGEST), dtype=np.uint8)
    alive = np.arange(len(keys))
    loosely = stream.child("loose")
    for place in range(LONGEST):
        draw = attempt * LONGEST + place
        loose = loosely.chance(keys[alive], _LOOSE_SHARE, draw) & (place > 1)
        letter = model.following(
            row[alive] + loose * model.models_count,
            np.where(loose, context[alive] % _LETTERS**2, context[alive]),
            stream.uniform(keys[alive], draw),
            may_end=place >= SHORTEST,
        )
        spelt[alive, place] = np.where(letter > 0, letter + 96, 0)
        context[alive] = (context[alive] * _LETTERS + letter) % _LETTERS**3
        alive = alive[letter > 0]
        if not len(alive):
            break
    return np.asarray(spelt.view(f"S{LONGEST}").ravel())
