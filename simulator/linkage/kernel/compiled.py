"""What runs once a pair: the levels of all comparisons, of pairs that no earlier rule brought.

Everything compiled stands in this file, since the machine code that is kept between runs is renewed
only when the file itself changes. The levels are those of `simulator.linkage.levels`; a test holds
the two equal, pattern for pattern. Without numba the functions stay Python's, far too slow to use.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.compiling import compiled

EXACT, UNLESS_BOTH, ONE_EDIT, SIMILAR = 0, 1, 2, 3
GIVEN, SURNAME, MIDDLE, BIRTH, RESIDENCE, ONLINE, ROUTINE = 4, 5, 6, 7, 8, 9, 10

CLOSE, SIMILAR_ENOUGH = 0.92 - 1e-6, 0.80 - 1e-6
_PREFIX_FROM, _PREFIX_WEIGHT, _LONGEST_PREFIX = 0.7, 0.1, 4
_KINDS = 31
_HEAD_BITS, _HEAD_MASK = np.uint32(8), np.uint32(0xFF)
_AT_ONCE = 528
_YEAR = np.uint64(0xFFFFFFFF)
"""The bytes of a date's first four digits: the first digit is the lowest byte."""


@compiled
def summarise(letters: Any, start: Any, gist: Any) -> None:
    """Fill `Texts.gist` from the letters of all values and where each one's start."""
    for value in range(len(gist)):
        held, head, more = np.uint64(0), np.uint32(0), 0
        for at in range(start[value], start[value + 1]):
            letter = np.uint64(letters[at])
            if at < start[value] + _LONGEST_PREFIX:
                head = head << _HEAD_BITS | letters[at] & _HEAD_MASK
            once = np.uint64(1) << np.uint64(2) * (letter & np.uint64(_KINDS))
            if held & once == 0:
                held |= once
            elif held & (once << np.uint64(1)) == 0:
                held |= once << np.uint64(1)
            else:
                more += 1
        length = start[value + 1] - start[value]
        for _ in range(length, _LONGEST_PREFIX):
            head = head << _HEAD_BITS
        gist[value]["held"], gist[value]["head"], gist[value]["more"] = held, head, more
        gist[value]["start"], gist[value]["length"] = start[value], length


@compiled
def _bits_set(word: Any) -> Any:
    """Count the bits of a 64-bit word (Hacker's Delight, section 5-1)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def most_alike(gist: Any, one: Any, other: Any) -> Any:
    """Return a Jaro–Winkler similarity that two values cannot exceed, from their gist alone."""
    length_one, length_other = gist[one]["length"], gist[other]["length"]
    shared = _bits_set(gist[one]["held"] & gist[other]["held"])
    shared += min(gist[one]["more"], gist[other]["more"])
    shared = min(shared, length_one, length_other)
    unlike = gist[one]["head"] ^ gist[other]["head"]
    prefix = 0
    for most in range(_LONGEST_PREFIX):
        prefix += unlike >> _HEAD_BITS * np.uint32(most) == 0
    return _with_prefix((shared / length_one + shared / length_other + 1.0) / 3.0, prefix)


@compiled
def _with_prefix(jaro: Any, prefix: Any) -> Any:
    return jaro + _PREFIX_WEIGHT * prefix * (1.0 - jaro) if jaro > _PREFIX_FROM else jaro


@compiled
def _shared_prefix(letters: Any, a: Any, b: Any, most: Any) -> Any:
    prefix = 0
    while prefix < most and letters[a + prefix] == letters[b + prefix]:
        prefix += 1
    return prefix


@compiled
def _paired(letters: Any, a: Any, long_a: Any, b: Any, long_b: Any, used: Any) -> Any:
    """Mark in `used` which letters have a partner near by; return how many have."""
    window = max(max(long_a, long_b) // 2 - 1, 0)
    used[0, :long_a] = False
    paired = 0
    for at in range(long_b):
        used[1, at] = False
        letter = letters[b + at]
        for place in range(max(at - window, 0), min(at + window + 1, long_a)):
            if letters[a + place] == letter and not used[0, place]:
                used[0, place] = used[1, at] = True
                paired += 1
                break
    return paired


@compiled
def jaro_winkler_level(gist: Any, letters: Any, one: Any, other: Any, used: Any) -> Any:
    """Return 2 from 0.92 on, 1 from 0.80 on, else 0; the values must not be equal.

    Winkler 1990; letters are paired as rapidfuzz pairs them. `used` is scratch space, two rows as
    long as the longest value.
    """
    if one > other:  # similarity may depend on which comes first
        one, other = other, one
    a, b = gist[one]["start"], gist[other]["start"]
    long_a, long_b = gist[one]["length"], gist[other]["length"]
    paired = _paired(letters, a, long_a, b, long_b, used)
    if paired == 0:
        return 0
    place, crossed = 0, 0
    for at in range(long_b):
        if used[1, at]:
            while not used[0, place]:
                place += 1
            crossed += letters[a + place] != letters[b + at]
            place += 1
    jaro = (paired / long_a + paired / long_b + (paired - crossed // 2) / paired) / 3.0
    prefix = _shared_prefix(letters, a, b, min(long_a, long_b, _LONGEST_PREFIX))
    similarity = _with_prefix(jaro, prefix)
    return 2 if similarity >= CLOSE else 1 if similarity >= SIMILAR_ENOUGH else 0


@compiled
def is_one_edit(gist: Any, letters: Any, one: Any, other: Any) -> Any:
    """Tell whether two different values are one letter or two swapped neighbours apart."""
    a, b = gist[one]["start"], gist[other]["start"]
    left, right = gist[one]["length"], gist[other]["length"]
    if abs(left - right) > 1:
        return False
    at = _shared_prefix(letters, a, b, min(left, right))
    rest = min(left, right) - at
    if left != right:
        longer, shorter = (a, b) if left > right else (b, a)
        return _shared_prefix(letters, longer + at + 1, shorter + at, rest) == rest
    a, b = a + at, b + at
    if _shared_prefix(letters, a + 1, b + 1, rest - 1) == rest - 1:
        return True
    crossed = letters[a] == letters[b + 1] and letters[a + 1] == letters[b]
    return crossed and _shared_prefix(letters, a + 2, b + 2, rest - 2) == rest - 2


@compiled
def may_be_one_edit(gist: Any, one: Any, other: Any) -> Any:
    """Tell from the gist of two values whether they can be one edit apart: mostly they cannot."""
    held = gist[one]["held"] ^ gist[other]["held"]
    return (_bits_set(held) <= 2) & (abs(gist[one]["length"] - gist[other]["length"]) <= 1)


@compiled
def _equality(a: Any, b: Any, top: Any) -> Any:
    """Return 0 where a value is missing, `top` where they are equal, else 1."""
    return 0 if a < 0 or b < 0 else top if a == b else 1


@compiled
def _part(one: Any, other: Any, pair: Any, column: Any, whole: Any) -> Any:
    """Compare a part of something unless both records hold the whole."""
    if one[pair, whole] >= 0 and other[pair, whole] >= 0:
        return 0
    return _equality(one[pair, column], other[pair, column], 2)


@compiled
def _equal(one: Any, other: Any, column: Any, top: Any, level: Any) -> None:
    for pair in range(len(level)):
        level[pair] = _equality(one[pair, column], other[pair, column], top)


@compiled
def _unless_both(one: Any, other: Any, column: Any, whole: Any, level: Any) -> None:
    for pair in range(len(level)):
        level[pair] = _part(one, other, pair, column, whole)


@compiled
def _one_edit(one: Any, other: Any, texts: Any, column: Any, level: Any) -> None:
    first, gist, letters = texts.first[column], texts.gist, texts.letters
    _equal(one, other, column, 3, level)
    for pair in range(len(level)):
        if level[pair] == 1:
            a, b = first + one[pair, column], first + other[pair, column]
            if may_be_one_edit(gist, a, b):
                level[pair] += is_one_edit(gist, letters, a, b)


@compiled
def _similar(one: Any, other: Any, texts: Any, column: Any, used: Any, level: Any) -> None:
    """Compare texts: 3 equal, 2 close, 1 different."""
    first, gist, letters = texts.first[column], texts.gist, texts.letters
    _equal(one, other, column, 3, level)
    for pair in range(len(level)):
        if level[pair] == 1:
            a, b = first + one[pair, column], first + other[pair, column]
            if most_alike(gist, a, b) >= CLOSE:
                level[pair] += jaro_winkler_level(gist, letters, a, b, used) // 2


@compiled
def _among(value: Any, values: Any, start: Any, stop: Any) -> Any:
    for at in range(start, stop):
        if values[at] == value:
            return True
    return False


@compiled
def _initial(gist: Any, letters: Any, a: Any, b: Any) -> Any:
    """Tell whether one of two values is a lone letter and the other starts with it."""
    if gist[a]["length"] > 1 and gist[b]["length"] > 1:
        return False
    return letters[gist[a]["start"]] == letters[gist[b]["start"]]


@compiled
def _name(one: Any, other: Any, texts: Any, names: Any, step: Any, used: Any, level: Any) -> None:
    """Compare given names or surnames; the levels of both are numbered alike but for 3 to 6."""
    is_given = step[0] == GIVEN
    column, sound, both, surname = step[2], step[3], step[4], step[5]
    close, sounds = (5, 4) if is_given else (6, 5)
    first, gist, letters = texts.first[column], texts.gist, texts.letters
    ends = names.ends
    familiar, familiar_from = names.familiar, names.familiar_from
    _equal(one, other, column, 7, level)
    for pair in range(len(level)):
        if level[pair] != 1:
            continue
        a, b = one[pair, column], other[pair, column]
        same_both = _equality(one[pair, both], other[pair, both], 2) == 2
        if same_both and one[pair, surname] != other[pair, surname]:
            level[pair] = close
        elif is_given and _among(b, familiar, familiar_from[a], familiar_from[a + 1]):
            level[pair] = 6
        elif not is_given and (
            ends[a, 0] in (ends[b, 0], ends[b, 1]) or ends[a, 1] in (ends[b, 0], ends[b, 1])
        ):
            level[pair] = 4
        elif _initial(gist, letters, first + a, first + b):
            level[pair] = 3
        else:
            alike = 0
            if most_alike(gist, first + a, first + b) >= SIMILAR_ENOUGH:
                alike = jaro_winkler_level(gist, letters, first + a, first + b, used)
            if alike == 2:
                level[pair] = close
            elif _equality(one[pair, sound], other[pair, sound], 2) == 2:
                level[pair] = sounds
            else:
                level[pair] = 1 + alike


@compiled
def _middle(one: Any, other: Any, texts: Any, column: Any, used: Any, level: Any) -> None:
    first, gist, letters = texts.first[column], texts.gist, texts.letters
    _equal(one, other, column, 4, level)
    for pair in range(len(level)):
        if level[pair] == 0:
            continue
        a, b = first + one[pair, column], first + other[pair, column]
        if _initial(gist, letters, a, b):
            level[pair] = 2
        elif level[pair] == 1 and most_alike(gist, a, b) >= CLOSE:
            level[pair] += jaro_winkler_level(gist, letters, a, b, used) // 2 * 2


@compiled
def _whole_bytes(bits: Any) -> Any:
    """Fill every byte of a word whose highest bit is set."""
    return (bits >> np.uint64(7)) * np.uint64(0xFF)


@compiled
def date_level(x: Any, y: Any) -> Any:
    """Compare two whole dates that differ, eight digits in a word; see `levels.date_levels`.

    All digits at once, as in Hacker's Delight, section 6-1.
    """
    low = np.uint64(0x7F7F7F7F7F7F7F7F)
    unlike = x ^ y
    differ = (((unlike & low) + low) | unlike) & ~low  # the highest bit of every byte that differs
    in_year, in_day = _bits_set(differ & _YEAR), _bits_set(differ & ~_YEAR)
    if in_year + in_day == 1:
        return 3
    if in_year + in_day == 2:
        byte = np.uint64(8)
        first, second = differ & differ >> byte, differ & differ << byte
        if (
            first != 0
            and (x ^ y >> byte) & _whole_bytes(first) == 0
            and (x ^ y << byte) & _whole_bytes(second) == 0
        ):
            return 3
    if in_year == 0:
        half, part = np.uint64(32), np.uint64(16)
        crossed = (y >> half) >> part | ((y >> half) << part) & _YEAR
        return 3 if x >> half == crossed else 2
    return 2 if in_day == 0 else 1


@compiled
def _birth(one: Any, other: Any, texts: Any, digits: Any, column: Any, level: Any) -> None:
    first, gist, letters = texts.first[column], texts.gist, texts.letters
    _equal(one, other, column, 4, level)
    for pair in range(len(level)):
        if level[pair] != 1:
            continue
        a, b = one[pair, column], other[pair, column]
        if digits[a] == 0 or digits[b] == 0:  # no whole date
            level[pair] = 3 if is_one_edit(gist, letters, first + a, first + b) else 1
        else:
            level[pair] = date_level(digits[a], digits[b])


@compiled
def _residence(one: Any, other: Any, texts: Any, step: Any, used: Any, level: Any) -> None:
    """Compare where two records live; see `levels.residence`."""
    zip_code, city, street, number, address = step[2], step[3], step[4], step[5], step[6]
    first_city, first_street = texts.first[city], texts.first[street]
    gist, letters = texts.gist, texts.letters
    for pair in range(len(level)):
        place = 3
        same_zip = _equality(one[pair, zip_code], other[pair, zip_code], 2)
        if same_zip < 2:
            same_city = _equality(one[pair, city], other[pair, city], 3)
            if same_city == 1:
                a, b = first_city + one[pair, city], first_city + other[pair, city]
                if most_alike(gist, a, b) >= CLOSE:
                    same_city += jaro_winkler_level(gist, letters, a, b, used) // 2
            place = 2 if same_city >= 2 else max(same_zip, same_city)
        near = 1 if place != 1 else 0
        if _equality(one[pair, address], other[pair, address], 2) == 2:
            level[pair] = 5 + near
            continue
        same_street = _equality(one[pair, street], other[pair, street], 3)
        if same_street == 1:
            a, b = first_street + one[pair, street], first_street + other[pair, street]
            if most_alike(gist, a, b) >= CLOSE:
                same_street += jaro_winkler_level(gist, letters, a, b, used) // 2
        door = _equality(one[pair, number], other[pair, number], 2)
        if same_street == 0:
            level[pair] = place
        elif same_street >= 2 and (door == 2 or (door == 0 and same_street == 3)):
            level[pair] = 4 + near
        else:
            level[pair] = 4 if same_street == 3 and near == 1 else max(place, 1)


@compiled
def _routine(one: Any, other: Any, step: Any, level: Any) -> None:
    """Compare the squares of the map where two records are at night and by day."""
    zip_code, street = step[3], step[4]
    for pair in range(len(level)):
        home = _part(one, other, pair, step[2], zip_code)
        if one[pair, street] >= 0 and other[pair, street] >= 0:
            home = 0
        work = _part(one, other, pair, step[5], step[6])
        level[pair] = 0 if home == work == 0 else 1 + 2 * (home == 2) + (work == 2)


@compiled
def _compare(
    one: Any, other: Any, texts: Any, names: Any, digits: Any, step: Any, used: Any, level: Any
) -> None:
    """Fill `level` with the levels of one comparison of some pairs.

    Parameters
    ----------
    one, other : int32 arrays, pairs × columns
        Codes of the left and of the right records.
    used : bool array
        Scratch space for Jaro–Winkler.
    """
    what, column = step[0], step[2]
    if what == EXACT:
        _equal(one, other, column, 2, level)
    elif what == UNLESS_BOTH:
        _unless_both(one, other, column, step[3], level)
    elif what == ONE_EDIT:
        _one_edit(one, other, texts, column, level)
    elif what in (GIVEN, SURNAME):
        _name(one, other, texts, names, step, used, level)
    elif what == MIDDLE:
        _middle(one, other, texts, column, used, level)
    elif what == BIRTH:
        _birth(one, other, texts, digits, column, level)
    elif what == RESIDENCE:
        _residence(one, other, texts, step, used, level)
    elif what == ROUTINE:
        _routine(one, other, step, level)
    else:
        _similar(one, other, texts, column, used, level)
        if what == ONLINE:
            for pair in range(len(level)):
                if _equality(one[pair, step[3]], other[pair, step[3]], 2) == 2:
                    level[pair] = 4


@compiled
def _room(records: Any) -> Any:
    """Return scratch space for comparing: letters used, codes side by side, levels.

    The codes of a column lie one after the other, for the processor to compare many at once; and no
    two columns a power of two apart, where they would drive one another out of its cache.
    """
    rows, texts = records[0], records[2]
    side = np.empty((2, rows.shape[1], _AT_ONCE), dtype=np.int32)
    used = np.zeros((2, texts.longest), dtype=np.bool_)
    return used, side[0].T, side[1].T, np.empty(_AT_ONCE, dtype=np.uint8)


@compiled
def _lay_out(rows: Any, chosen: Any, side: Any) -> None:
    """Copy the codes of the chosen rows, column by column."""
    for column in range(rows.shape[1]):
        for pair in range(len(chosen)):
            side[pair, column] = rows[np.uint32(chosen[pair]), column]  # no row is negative


@compiled
def _compare_some(records: Any, room: Any, left: Any, right: Any, code: Any) -> None:
    """Fill `code` with the pattern codes of at most `_AT_ONCE` pairs of rows.

    They are laid side by side, so that one comparison of many pairs reads on and on.
    """
    rows, whose, texts, names, digits, steps = records
    source, kinds = whose
    used, one, other, levels = room
    for pair in range(len(code)):
        code[pair] = kinds[source[left[pair]], source[right[pair]]]
    _lay_out(rows, left, one)
    _lay_out(rows, right, other)
    level = levels[: len(code)]
    for step in steps:
        _compare(one, other, texts, names, digits, step, used, level)
        for pair in range(len(code)):
            code[pair] += step[1] * level[pair]


@compiled
def compare_pairs(records: Any, left: Any, right: Any, code: Any) -> None:
    """Fill `code` with the pattern code of each pair of rows.

    Parameters
    ----------
    records : tuple
        The rows of codes; the source of each row, and the pair type of each two sources; the
        texts, names and digits of dates; what to compare.
    """
    room = _room(records)
    for start in range(0, len(left), _AT_ONCE):
        some = slice(start, min(start + _AT_ONCE, len(left)))
        _compare_some(records, room, left[some], right[some], code[some])


@compiled
def join(
    earlier: Any,
    without: Any,
    records: Any,
    attaches: Any,
    ordered: Any,
    record: Any,
    start: Any,
    counts: Any,
    left: Any,
    right: Any,
    code: Any,
) -> Any:
    """Fill `left`, `right` and `code` with the pairs of a rule that no earlier rule brings.

    An earlier rule brings a pair if it brings one of the two records into a group, and they agree
    on all that it asks for. Nothing depends on an answer that the processor would have to guess.
    Pairs are compared while their codes are still at hand.

    Parameters
    ----------
    earlier : uint64 array, one per left record
        The earlier rules by which it has a group, a bit each.
    without : uint64 array
        For each of the first columns of codes, the rules that do not ask for it.
    records : tuple
        As of `compare_pairs`.
    attaches : bool array, records
        Whether the record is an event; no two events are compared.
    ordered : int32 array
        Records by group and source.
    record, start, counts : int arrays, one per left record
        Its row; the place of its first partner in `ordered`, and how many partners follow.
    left, right, code : int32, int32 and int64 arrays
        Room for the sum of `counts`.

    Returns
    -------
    int
        How many pairs there are.
    """
    rows, room = records[0], _room(records)
    own = np.empty(len(without), dtype=np.int32)
    every = ~np.uint64(0)
    found, compared = 0, 0
    for stretch in range(len(record)):
        one = record[stretch]
        is_event = attaches[one]
        for column in range(len(own)):
            own[column] = rows[one, column] if rows[one, column] >= 0 else -2
        for place in range(start[stretch], start[stretch] + counts[stretch]):
            other = ordered[place]
            by_both = earlier[stretch]
            for column in range(len(own)):
                by_both &= every if own[column] == rows[other, column] else without[column]
            left[found], right[found] = one, other
            found += (by_both == 0) & (not (is_event and attaches[other]))
            if found - compared == _AT_ONCE:
                some = slice(compared, found)
                _compare_some(records, room, left[some], right[some], code[some])
                compared = found
    some = slice(compared, found)
    _compare_some(records, room, left[some], right[some], code[some])
    return found
