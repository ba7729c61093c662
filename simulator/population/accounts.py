"""E-mail addresses and account handles, in the styles people use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from simulator.population.draws import join, padded, pick
from simulator.population.identifiers import running_numbers
from simulator.population.pools import mail_domains, words
from simulator.randomness import Integers, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.population.households import Roster
    from simulator.population.names import Names
    from simulator.scenario.schema import Scenario

ACCOUNT_AGE = 13
EMAIL_STYLES = {
    "first.last": 0.16,
    "firstlast": 0.10,
    "first_last": 0.08,
    "firstlast99": 0.16,
    "flast99": 0.14,
    "nicklast99": 0.12,
    "last.first9": 0.08,
    "nick1999": 0.06,
    "word.word99": 0.10,
}
HANDLE_STYLES = {"nick_999": 0.25, "firstlast99": 0.25, "word.word99": 0.50}
_DOMAIN_DECAY = 0.85


class _Parts:
    """The pieces of one set of people's account names."""

    def __init__(
        self, names: Names, birth_year: Integers, stream: Stream, rows: Integers, keys: Integers
    ) -> None:
        self._names, self._year, self._stream = names, birth_year[rows], stream
        self._rows, self._keys = pa.array(rows), keys[rows]

    def _letters(self, values: pa.Array) -> pa.Array:
        return pc.replace_substring_regex(pc.utf8_lower(values.take(self._rows)), "[^a-z]", "")

    @property
    def first(self) -> pa.Array:
        return self._letters(self._names.first_name)

    @property
    def nick(self) -> pa.Array:
        return self._letters(self._names.nickname)

    @property
    def last(self) -> pa.Array:
        return self._letters(self._names.surname)

    @property
    def initial(self) -> pa.Array:
        return pc.utf8_slice_codeunits(self.first, 0, 1)

    @property
    def year(self) -> pa.Array:
        return padded(self._year, 4)

    def digits(self, count: int) -> pa.Array:
        return padded(self._stream.child("digits").integers(self._keys, 10**count), count)

    def word(self, draw: int) -> pa.Array:
        index = self._stream.child("word").integers(self._keys, len(words()), draw)
        return pick(words(), index)


_WRITTEN: dict[str, Callable[[_Parts], pa.Array]] = {
    "first.last": lambda p: join(p.first, ".", p.last),
    "firstlast": lambda p: join(p.first, p.last),
    "first_last": lambda p: join(p.first, "_", p.last),
    "firstlast99": lambda p: join(p.first, p.last, pc.utf8_slice_codeunits(p.year, 2, 4)),
    "flast99": lambda p: join(p.initial, p.last, p.digits(2)),
    "nicklast99": lambda p: join(p.nick, p.last, p.digits(2)),
    "last.first9": lambda p: join(p.last, ".", p.first, p.digits(1)),
    "nick1999": lambda p: join(p.nick, p.year, p.digits(2)),
    "nick_999": lambda p: join(p.nick, "_", p.digits(3)),
    "word.word99": lambda p: join(p.word(0), ".", p.word(1), p.digits(2)),
}


def open_accounts(
    scenario: Scenario, roster: Roster, names: Names, birth_year: Integers
) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return everyone's e-mail address, handle and second handle; null below the age of 13.

    No two people share any: whoever comes second takes a number at the end. Residents come first,
    so theirs do not depend on the outsiders. The second handle is for whoever opens a second
    account; only second ones end in an underscore, so that none is anybody's first.
    """
    seed, key = scenario.seed, roster.entity_id
    holder = np.flatnonzero(roster.age >= ACCOUNT_AGE)
    number = running_numbers(roster)[holder]
    mail = Stream(seed, "population/email")
    local = _distinct(_written(EMAIL_STYLES, names, birth_year, mail, key, holder), number)
    weights = np.power(_DOMAIN_DECAY, np.arange(len(mail_domains()), dtype=np.float64))
    domain = pick(mail_domains(), mail.child("domain").choice(key[holder], weights))
    email = join(local, "@", domain)

    online = Stream(seed, "population/handle")
    share = scenario.population.handle_from_email_share
    same = online.child("from_email").chance(key[holder], share)
    other = _written(HANDLE_STYLES, names, birth_year, online, key, holder)
    handle = _distinct(pc.if_else(pa.array(same), local, other), number)
    again = Stream(seed, "population/second_handle")
    second = _distinct(_written(HANDLE_STYLES, names, birth_year, again, key, holder), number)
    email, handle, second = (
        _spread(values, holder, len(key)) for values in (email, handle, join(second, "_"))
    )
    return email, handle, second


def _written(
    styles: dict[str, float],
    names: Names,
    birth_year: Integers,
    stream: Stream,
    key: Integers,
    holder: Integers,
) -> pa.Array:
    """Return one account name per holder, each in a style of their own."""
    style = stream.child("style").choice(key[holder], np.array(list(styles.values())))
    chunks, places = [], []
    for code, name in enumerate(styles):
        at = np.flatnonzero(style == code)
        chunks.append(_WRITTEN[name](_Parts(names, birth_year, stream, holder[at], key)))
        places.append(at)
    back = np.empty(len(holder), dtype=np.int64)
    back[np.concatenate(places)] = np.arange(len(holder))
    return pa.concat_arrays(chunks).take(pa.array(back))


def _distinct(values: pa.Array, number: Integers) -> pa.Array:
    """Return the values with "." and the owner's number after each that an earlier row has."""
    code = values.dictionary_encode().indices.to_numpy()
    # codes are given in order of first appearance
    highest = np.maximum.accumulate(np.concatenate([[-1], code[:-1]]))
    longer = join(values, ".", pa.array(number).cast(pa.large_string()))
    return pc.if_else(pa.array(code <= highest), longer, values)


def _spread(values: pa.Array, rows: Integers, count: int) -> pa.Array:
    """Return `values` at `rows` of an array of `count`, null elsewhere."""
    index = np.zeros(count, dtype=np.int64)
    index[rows] = np.arange(len(rows))
    missing: npt.NDArray[np.bool_] = np.ones(count, dtype=bool)
    missing[rows] = False
    return pick(values, index, missing)
