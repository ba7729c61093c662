"""Legal names: how one may be written, and which records state one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.dossiers.encoding import MISSING, Codes, Flags, arrow_text, factorise, look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from simulator.randomness import Integers


@dataclass(frozen=True)
class LegalNames:
    """Every legal name that is or was anyone's, and every way of writing it.

    Attributes
    ----------
    names : Arrow text
        The distinct legal names, "first last" in lower case; a code is a position in it.
    present : array of int64, one per entity
        Code of the entity's legal name; -1 if it has none.
    past_row, past_code : arrays of int64
        Who bore which former legal name.
    writings : Arrow text
        The distinct ways of writing a name: "first last", "first middle last", "first m last",
        "last first".
    keys : array of int64, sorted
        Entity row x number of writings + writing: who may be written how.
    code, is_present : arrays, one per key
        The legal name that is so written, and whether it is the present one.
    """

    names: pa.Array
    present: Codes
    past_row: Integers
    past_code: Codes
    writings: pa.Array
    keys: Integers
    code: Codes
    is_present: Flags

    def read(self, written: pa.Array, entity_row: Integers) -> tuple[Codes, Flags]:
        """Return which legal name of its own entity each lower-case text is.

        Parameters
        ----------
        written : Arrow text, lower case
        entity_row : array of int64
            Whose name it should be.

        Returns
        -------
        code : array of int64
            The legal name, present or former; -1 where the text is neither.
        is_present : array of bool
            Whether it is the present one.
        """
        writing = look_up(written, self.writings)
        code = np.full(len(writing), MISSING)
        is_present = np.zeros(len(writing), dtype=np.bool_)
        # whatever is a writing of some name has a key
        known = np.flatnonzero(writing != MISSING)
        key = entity_row[known] * len(self.writings) + writing[known]
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        own = self.keys[at] == key
        code[known[own]] = self.code[at[own]]
        is_present[known[own]] = self.is_present[at[own]]
        return code, is_present


_SPACE = pa.scalar(" ", pa.large_string())


def lower_case(values: pd.Series) -> pa.Array:
    """Return a column of names in lower case, in which names are compared."""
    return pc.utf8_lower(arrow_text(values))


def written_name(*parts: pa.Array) -> pa.Array:
    """Return the parts with a space between; missing where any part is missing.

    >>> written_name(pa.array(["ann", "bo"]), pa.array(["lee", None])).to_pylist()
    ['ann lee', None]
    """
    return pc.binary_join_element_wise(*(part.cast(pa.large_string()) for part in parts), _SPACE)


def legal_names(people: pd.DataFrame, past_row: Integers, past_last: pa.Array) -> LegalNames:
    """Return the legal names of `people` and their former ones.

    A legal name is a first name and a last name (both surnames, where there are two). A middle
    name or its initial may stand in between; the last name may stand first. Case does not matter.
    Anything else is not the legal name: a nickname, an initial for the first name, one of two
    surnames, a typing error.

    Parameters
    ----------
    people : DataFrame
        As in `Population`, sorted by entity_id.
    past_row : array of int64
        Row of `people` per former last name.
    past_last : Arrow text
        The former last names.
    """
    bearer = np.concatenate([np.arange(len(people)), past_row])
    takes = pa.array(bearer)
    first = lower_case(people["first_name"]).take(takes)
    middle = lower_case(people["middle_name"]).take(takes)
    last = _joined([lower_case(people["last_name"]), pc.utf8_lower(past_last)])
    initial = pc.utf8_slice_codeunits(middle, 0, 1)
    plain = written_name(first, last)
    codes, names = factorise(plain)
    ways = (
        plain,
        written_name(first, middle, last),
        written_name(first, initial, last),
        written_name(last, first),
    )
    writing, writings = factorise(_joined(ways))
    key = np.tile(bearer, len(ways)) * max(len(writings), 1) + writing
    is_former = np.tile(np.arange(len(bearer)) >= len(people), len(ways))
    # where a present and a former name are written alike, the present one stands
    order = np.lexsort((is_former, key))
    order = order[writing[order] != MISSING]
    keys, first_of_key = np.unique(key[order], return_index=True)
    kept = order[first_of_key]
    return LegalNames(
        names=names,
        present=codes[: len(people)],
        past_row=past_row,
        past_code=codes[len(people) :],
        writings=writings,
        keys=keys,
        code=np.tile(codes, len(ways))[kept],
        is_present=~is_former[kept],
    )


def _joined(arrays: Sequence[pa.Array]) -> pa.Array:
    return pa.concat_arrays([array.cast(pa.large_string()) for array in arrays])
