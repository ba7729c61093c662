"""The columns that say what somebody is called: names in parts, their roots and sounds."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.encoding import (
    Column,
    either,
    either_order,
    merged,
    recode,
    rewritten,
)
from simulator.linkage.names import (
    familiar_roots,
    only_known_words,
    plain_name,
    sound,
    split_full_names,
    surname_words,
)
from simulator.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping


def name_columns(raw: Mapping[str, Column]) -> dict[str, Column]:
    """Return given, middle and last names, written apart or as one, with roots and sounds."""
    own = {
        ours: raw[theirs]
        for ours, theirs in (
            ("given", "first_name"),
            ("middle", "middle_name"),
            ("surname", "last_name"),
        )
        if theirs in raw
    }
    plain = side_by_side(lambda column: merged(rewritten(column, plain_name)), own.values())
    parts = dict(zip(own, plain, strict=True))
    known = surname_words(
        parts.get("surname"), [parts[name] for name in ("given", "middle") if name in parts]
    )
    wholes = [name for name in ("full_name", "display_name") if name in raw]
    splits = side_by_side(lambda whole: split_full_names(raw[whole], known), wholes)
    for whole, split in zip(wholes, splits, strict=True):
        for name, column in zip(("given", "middle", "surname"), split, strict=True):
            if whole == "display_name":  # people may appear under words that name nobody
                column = only_known_words(column, parts.get(name))  # noqa: PLW2901
            parts[name] = either(parts[name], column) if name in parts else column
    every = zip(parts, side_by_side(merged, parts.values()), strict=True)
    filled = {name: column for name, column in every if column.size}
    derived = side_by_side(lambda derive: derive(filled), (_roots, _sounds, _both_names))
    return dict(ChainMap(filled, *derived))


def _roots(names: Mapping[str, Column]) -> dict[str, Column]:
    """Return the formal name that each given name stands for."""
    if "given" not in names:
        return {}
    roots = familiar_roots(_first_words(names["given"].values))
    return {"given_root": recode(names["given"].codes, pa.array(roots, type=pa.large_string()))}


def _sounds(names: Mapping[str, Column]) -> dict[str, Column]:
    sounds = {
        f"{name}_sound": merged(rewritten(names[name], sound))
        for name in ("given", "surname")
        if name in names
    }
    return {name: column for name, column in sounds.items() if column.size}


def _both_names(names: Mapping[str, Column]) -> dict[str, Column]:
    """Return given name and surname as one, whichever stands first."""
    if not {"given", "surname"} <= set(names):
        return {}
    both = either_order(names["given"], names["surname"])
    return {"both_names": both} if both.size else {}


def _first_words(values: pa.Array) -> np.ndarray:
    words = pc.replace_substring_regex(values, r" .*$", "")
    return np.asarray(words.to_numpy(zero_copy_only=False), dtype=object)
