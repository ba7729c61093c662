"""Numbers that could be a person's and are nobody's: phones, ids, licences, plates and cards.

Each person's running number is scattered over the range of the identifier by a multiplication
modulo its size, so no two people share one. Phones use area code 555; national ids start with 9 and
have a middle part below 50, which neither Social Security numbers nor taxpayer numbers have;
licences and plates have forms of no state; no card's number starts with 0000, and the identifier of
a device has hexadecimal digits where ours says "syn".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import join, padded, pick
from simulator.randomness import Integers, Stream

if TYPE_CHECKING:
    from simulator.population.households import Roster

PHONE_AGE, LICENCE_AGE, PLATE_AGE, CARD_AGE = 13, 16, 18, 18
PLATES_SHARE = 0.85
_PHONES_COUNT = 10**7
_NATIONAL_IDS_COUNT = 100 * 50 * 10**4
_LICENCES_COUNT = 10**8
_PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O, Q
_PLATES_COUNT = 1000 * len(_PLATE_LETTERS) ** 3
_CARDS_COUNT = 10**12
_DEVICE_PARTS = (4, 4, 4, 4, 12)
_HEXADECIMAL = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_MULTIPLIER = 2**31 - 1  # a prime, so it shares no divisor with any of the ranges


def running_numbers(roster: Roster) -> Integers:
    """Return a number per person: even in the town, odd around it, counted in household order.

    Whoever else lives in the town or around it does not change a person's number.
    """
    outside = roster.outsider[roster.household].astype(np.int64)
    rows = np.arange(len(outside))
    return np.asarray(2 * (rows - outside * int((outside == 0).sum())) + outside)


def _scattered(number: Integers, count: int, stream: Stream) -> tuple[Integers, pa.Array]:
    """Return each number's place in a range, and what to append once the range is used up."""
    offset = int(stream.integers(np.zeros(1, np.int64), count)[0])
    code = (number % count * (_MULTIPLIER % count) + offset) % count
    rounds = number // count
    more = join(" x", pa.array(rounds).cast(pa.large_string()))
    return code, pc.if_else(pa.array(rounds > 0), more, pa.scalar("", pa.large_string()))


def _phone_text(code: Integers) -> pa.Array:
    return join("555-", padded(code // 10**4, 3), "-", padded(code % 10**4, 4))


def _where(shown: npt.NDArray[np.bool_], values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(shown), values, pa.scalar(None, pa.large_string()))


def phones(seed: int, roster: Roster) -> pa.Array:
    """Return one number per person aged 13 or more, "555-" and seven digits."""
    stream = Stream(seed, "population/phone")
    code, more = _scattered(running_numbers(roster), _PHONES_COUNT, stream)
    return _where(roster.age >= PHONE_AGE, join(_phone_text(code), more))


def past_phones(seed: int, entity_id: Integers, version: Integers) -> pa.Array:
    """Return a person's number before the last `version` changes.

    It may since have been given to somebody else, as numbers are.
    """
    words = Stream(seed, "population/past_phone").bits(entity_id * 64 + version)
    return _phone_text((words % np.uint64(_PHONES_COUNT)).astype(np.int64))


def national_ids(seed: int, roster: Roster) -> pa.Array:
    """Return one id per person, such as "912-34-5678"."""
    stream = Stream(seed, "population/national_id")
    code, more = _scattered(running_numbers(roster), _NATIONAL_IDS_COUNT, stream)
    area, rest = code // (50 * 10**4), code % (50 * 10**4)
    middle, last = padded(rest // 10**4, 2), padded(rest % 10**4, 4)
    return join("9", padded(area, 2), "-", middle, "-", last, more)


def licence_numbers(seed: int, roster: Roster) -> pa.Array:
    """Return one number per person aged 16 or more: "XX" and eight digits."""
    stream = Stream(seed, "population/licence_number")
    code, more = _scattered(running_numbers(roster), _LICENCES_COUNT, stream)
    return _where(roster.age >= LICENCE_AGE, join("XX", padded(code, 8), more))


def plates(seed: int, roster: Roster) -> pa.Array:
    """Return a plate for most adults: "X", three digits and three letters."""
    stream = Stream(seed, "population/plate")
    code, more = _scattered(running_numbers(roster), _PLATES_COUNT, stream)
    digits, letters = code % 1000, code // 1000
    pool, base = pa.array(list(_PLATE_LETTERS)), len(_PLATE_LETTERS)
    spelt = [pick(pool, letters // base**k % base) for k in range(3)]
    drives = stream.child("has").chance(roster.entity_id, PLATES_SHARE)
    return _where((roster.age >= PLATE_AGE) & drives, join("X", padded(digits, 3), *spelt, more))


def devices(seed: int, roster: Roster) -> pa.Array:
    """Return the advertising identifier of each telephone: "syn-" and 32 characters of a UUID."""
    stream = Stream(seed, "population/device")
    words = np.stack([stream.bits(roster.entity_id, draw) for draw in (0, 1)], axis=1)
    digits = words[:, :, None] >> np.arange(0, 64, 4, dtype=np.uint64) & np.uint64(15)
    digits = _HEXADECIMAL[digits.reshape(len(words), 32).astype(np.int64)]
    ends = np.cumsum(_DEVICE_PARTS)
    parts = [
        pa.array(np.ascontiguousarray(digits[:, end - count : end]).view(f"S{count}").ravel())
        for count, end in zip(_DEVICE_PARTS, ends, strict=True)
    ]
    dashed = pc.binary_join_element_wise("syn", *(part.cast(pa.string()) for part in parts), "-")
    return _where(roster.age >= PHONE_AGE, dashed.cast(pa.large_string()))


def cards(seed: int, roster: Roster) -> pa.Array:
    """Return the number of one payment card per adult: "0000" and twelve digits."""
    stream = Stream(seed, "population/card")
    code, more = _scattered(running_numbers(roster), _CARDS_COUNT, stream)
    blocks = [padded(code // 10**power % 10**4, 4) for power in (8, 4, 0)]
    number = join("0000-", blocks[0], "-", blocks[1], "-", blocks[2], more)
    return _where(roster.age >= CARD_AGE, number)
