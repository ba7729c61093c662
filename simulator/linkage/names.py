"""Personal names: normal form, the parts of a full name, and which given names are nicknames."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import jellyfish
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.linkage.encoding import Column, encode, only_used, recode
from simulator.nickname_table import nicknames_of_formal

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.linkage.encoding import Flags, Rows

_TITLES = ("mr", "mrs", "ms", "miss", "dr", "prof", "jr", "sr", "ii", "iii", "iv")
_PARTICLES = (
    *("al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el"),
    *("la", "las", "le", "los", "mac", "mc", "san", "st", "ten", "ter", "van", "von", "y"),
)
_LONGEST_SURNAME = 4


def plain_name(values: pa.Array) -> pa.Array:
    """Return names in lower case, without accents and marks; hyphens become spaces.

    >>> plain_name(pa.array(["O’Neil-GARCÍA", "  Ann  Marie "])).to_pylist()
    ['oneil garcia', 'ann marie']
    """
    folded = pc.utf8_lower(pc.utf8_normalize(values, form="NFKD"))
    return _rewritten_where(folded, r"[^\p{L}\p{N} ]|  |^ | $", _without_marks)


def _without_marks(values: pa.Array) -> pa.Array:
    spaced = pc.replace_substring_regex(values, r"[\-_/.,]", " ")
    plain = pc.replace_substring_regex(spaced, r"[^\p{L}\p{N} ]", "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(plain, r" +", " "))


def _rewritten_where(
    values: pa.Array, pattern: str, rewrite: Callable[[pa.Array], pa.Array]
) -> pa.Array:
    """Return the values, rewritten where they match: most need nothing, and rewriting is slow."""
    matching = pc.fill_null(pc.match_substring_regex(values, pattern), fill_value=False)
    return pc.replace_with_mask(values, matching, rewrite(values.filter(matching)))


def sound(values: pa.Array) -> pa.Array:
    """Return the Soundex code of each name's first word (Russell 1918; via jellyfish).

    >>> sound(pa.array(["smyth jones", "smith"])).to_pylist()
    ['S530', 'S530']
    """
    words = pc.replace_substring_regex(values, r" .*$", "").dictionary_encode()
    codes = [jellyfish.soundex(word) for word in words.dictionary.to_pylist()]
    return pa.array(codes, type=pa.large_string()).take(words.indices)


def split_full_names(full: Column, from_surnames: pa.Array) -> tuple[Column, Column, Column]:
    """Split full names into given, middle and last name columns.

    "Last, First" is turned round, titles and numbers are dropped, a lone word is a given name.
    Words before the last one belong to the surname when they are particles ("van der Berg") or
    when the sources' own columns show them more often as a surname than as a given name.

    Parameters
    ----------
    full : Column
        Full or display names as given (before `plain_name`).
    from_surnames : Arrow string array
        The words that the sources' own columns show more often as a surname.
    """
    turned = _rewritten_where(full.values, ",", _turned)
    words = pc.utf8_split_whitespace(plain_name(turned))
    word, owner, known = _useful_words(words)
    counts = np.bincount(owner, minlength=full.size)
    ends = np.cumsum(counts)
    starts = ends - counts
    belongs = _belongs_to_surname(known, from_surnames)[word]
    cut = np.maximum(ends - 1, starts + 1)  # the surname is words[cut:], never the first word
    for _ in range(_LONGEST_SURNAME - 1):
        before = cut - 1
        extend = (
            (before > starts) & belongs[np.minimum(before, max(len(belongs) - 1, 0))]
            if len(belongs)
            else np.zeros(full.size, np.bool_)
        )
        cut = np.where(extend & (cut < ends), before, cut)
    bounds = starts, np.minimum(starts + 1, ends), np.minimum(cut, ends), ends
    given, middle, last = (
        _stretches(full, known, word, first, beyond) for first, beyond in pairwise(bounds)
    )
    return given, middle, last


def _turned(values: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(values, r"^\s*([^,]+),\s*(.+)$", r"\2 \1")


def _useful_words(words: pa.Array) -> tuple[Rows, Rows, pa.Array]:
    """Return the words of all names below one another.

    Returns
    -------
    word : int array
        Place of each in `known`.
    owner : int array
        The name it stands in.
    known : Arrow string array
        The distinct words, those that are left out among them.
    """
    owner = pc.list_parent_indices(words).to_numpy().astype(np.int64)
    flat = pc.list_flatten(words).dictionary_encode()
    word, known = flat.indices.to_numpy(), flat.dictionary
    dull = pc.or_(
        pc.is_in(known, value_set=pa.array(_TITLES, type=known.type)),
        pc.match_substring_regex(known, r"^$|[0-9]"),
    )
    keep = ~dull.to_numpy(zero_copy_only=False)[word]
    return word[keep], owner[keep], known


def _belongs_to_surname(words: pa.Array, from_surnames: pa.Array) -> Flags:
    """Return per word whether it continues a surname to its left."""
    continuing = pa.concat_arrays([from_surnames, pa.array(_PARTICLES, type=from_surnames.type)])
    found = pc.is_in(words, value_set=continuing.cast(words.type))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _stretches(full: Column, known: pa.Array, word: Rows, starts: Rows, ends: Rows) -> Column:
    """Return the words [start:end] of each name, with spaces between; missing if there are none."""
    lengths = np.maximum(ends - starts, 0)
    one, several = np.flatnonzero(lengths == 1), np.flatnonzero(lengths > 1)
    joined = encode(_joined(known, word, starts[several], lengths[several]))
    found = np.full(full.size + 1, -1, dtype=np.int32)
    found[one] = word[starts[one]]  # most are a word: no need to put together what is known
    found[several] = joined.codes + np.int32(len(known))
    return only_used(found.take(full.codes), pa.concat_arrays([known, joined.values]))


def _joined(known: pa.Array, word: Rows, starts: Rows, lengths: Rows) -> pa.Array:
    """Join so many words of each name with spaces."""
    offsets = np.r_[0, np.cumsum(lengths)]
    places = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
    lists = pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), known.take(pa.array(word[places]))
    )
    return pc.binary_join(lists, pa.scalar(" ", type=known.type))


def only_known_words(names: Column, elsewhere: Column | None) -> Column:
    """Return the names of which a word is a name in some other list, or a nickname; else missing.

    A lone letter stays: it is an initial. Without another list everything stays.
    """
    if elsewhere is None or not elsewhere.size:
        return names
    table = nicknames_of_formal()
    familiar = sorted({*table, *(nick for nicks in table.values() for nick in nicks)})
    known = pa.concat_arrays(
        [
            pc.list_flatten(pc.utf8_split_whitespace(elsewhere.values)).cast(pa.large_string()),
            pa.array(familiar, type=pa.large_string()),
        ]
    )
    words = pc.utf8_split_whitespace(names.values)
    flat = pc.list_flatten(words)
    named = pc.or_(pc.is_in(flat, value_set=known), pc.equal(pc.utf8_length(flat), 1))
    owner = pc.list_parent_indices(words).to_numpy()
    found = np.bincount(owner, weights=named.to_numpy(zero_copy_only=False), minlength=names.size)
    return recode(names.codes, pc.if_else(pa.array(found > 0), names.values, ""))


def surname_words(last: Column | None, given: list[Column]) -> pa.Array:
    """Return the words that stand more often in surname columns than in given-name columns."""
    words, weights = [pa.array([], type=pa.large_string())], [np.zeros(0)]
    for sign, column in [(1.0, last), *((-1.0, column) for column in given)]:
        if column is None:
            continue
        times = np.bincount(column.codes[column.codes >= 0], minlength=column.size)
        split = pc.utf8_split_whitespace(column.values)
        words.append(pc.list_flatten(split).cast(pa.large_string()))
        weights.append(sign * times[pc.list_parent_indices(split).to_numpy()])
    every = pa.concat_arrays(words).dictionary_encode()
    surplus = np.bincount(every.indices.to_numpy(), weights=np.concatenate(weights))
    return every.dictionary.filter(pa.array(surplus > 0))


def nickname_pairs(values: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Return the sorted keys ``a * len(values) + b`` of given names that can be the same person's.

    Two names pair when one is a nickname of the other or both are nicknames of one formal name.
    """
    place = {name: index for index, name in enumerate(values.tolist())}
    size = len(values)
    keys: set[int] = set()
    for formal, nicks in nicknames_of_formal().items():
        known = [place[name] for name in (formal, *nicks) if name in place]
        for a, b in combinations(known, 2):
            keys.update((a * size + b, b * size + a))
    return np.array(sorted(keys), dtype=np.int64)


def familiar_roots(values: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return for each given name the formal name it most likely stands for, used for blocking.

    Of several formal names the one with most nicknames of its own is taken, a proxy for how common
    it is; a name with more nicknames than any formal name it belongs to stands for itself.
    """
    table = nicknames_of_formal()
    root: dict[str, tuple[int, str]] = {}
    for formal, nicks in table.items():
        rank = (len(nicks), formal)
        for name in (formal, *nicks):
            root[name] = max(root.get(name, rank), rank)
    return np.array(
        [root[name][1] if name in root else name for name in values.tolist()], dtype=object
    )
