"""Pools of streets, towns, employers, jobs and words that array draws pick from.

Faker is asked a few hundred times per process, with a seed of its own, and never per person: the
pools are the same for every scenario.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from simulator.population.reference import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

_SEED = 20260101
_SUFFIXES = ("Street", "Avenue", "Road", "Drive", "Lane", "Court", "Place", "Way", "Boulevard")
_MAIL_HOSTS = ("", "mail.", "post.", "inbox.", "home.")
_MAIL_DOMAINS = ("example.com", "example.net", "example.org")
_LOCALES = ("en_US", "es_MX", "fr_FR")


def _plain(value: str) -> str:
    """Return text without accents, in ASCII."""
    return unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().strip()


def _distinct(draw: Callable[[], str], count: int) -> list[str]:
    """Return up to `count` different values, in the order drawn."""
    drawn = dict.fromkeys(_plain(draw()) for _ in range(count + count // 2))
    return [value for value in drawn if value][:count]


class _Drawn(NamedTuple):
    """What Faker gave; surnames and companies of one language after another."""

    surnames: list[str]
    cities: list[str]
    companies: list[str]
    jobs: list[str]
    words: list[str]


@cache
def _drawn() -> _Drawn:
    """Ask Faker for all pools, always in one order: what it gives next hangs on what it gave."""
    # a fifth of a second, needed only when people are invented
    from faker import Faker  # noqa: PLC0415

    fakers = [Faker(locale, use_weighting=False) for locale in _LOCALES]  # whoever draws weights
    for faker in fakers:
        faker.seed_instance(_SEED)
    english = fakers[0]
    return _Drawn(
        surnames=[name for faker in fakers for name in _distinct(faker.last_name, 160)],
        cities=_distinct(english.city, 200),
        companies=[firm for faker in fakers for firm in _distinct(faker.company, 80)],
        jobs=_distinct(english.job, 200),
        words=_distinct(english.word, 150),
    )


@cache
def family_words() -> pa.Array:
    """Return surnames of several languages, for the names of streets and firms."""
    return pa.array(list(dict.fromkeys(_drawn().surnames)), pa.large_string())


@cache
def streets() -> pa.Array:
    """Return street names, common words and surnames mixed."""
    common = read_table("street_words.csv")["word"].to_pylist()
    words = common + family_words().to_pylist()
    # 7 and the number of suffixes have no common divisor, so the suffixes take turns
    named = [f"{word} {_SUFFIXES[7 * k % len(_SUFFIXES)]}" for k, word in enumerate(words)]
    again = [f"{word} {_SUFFIXES[(7 * k + 1) % len(_SUFFIXES)]}" for k, word in enumerate(common)]
    return pa.array(named + again, pa.large_string())


@cache
def towns() -> pa.Array:
    """Return invented names of towns."""
    return pa.array(_drawn().cities, pa.large_string())


@cache
def large_employers() -> pa.Array:
    """Return names of firms, from several locales."""
    return pa.array(list(dict.fromkeys(_drawn().companies)), pa.large_string())


@cache
def trades() -> pa.Array:
    """Return what small firms do."""
    return read_table("employer_trades.csv")["trade"].combine_chunks()


@cache
def occupations() -> pa.Array:
    """Return about 200 occupations."""
    return pa.array(_drawn().jobs, pa.large_string())


@cache
def words() -> pa.Array:
    """Return everyday words, for accounts that say nothing of their owner."""
    drawn = _drawn().words
    return pa.array([word.lower() for word in drawn if word.isalpha()], pa.large_string())


@cache
def mail_domains() -> pa.Array:
    """Return mail domains that can never exist outside documentation (RFC 2606)."""
    hosts = [*_MAIL_HOSTS, *(f"{word}." for word in words().to_pylist()[:7])]
    return pa.array([host + domain for host in hosts for domain in _MAIL_DOMAINS])
