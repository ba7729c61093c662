"""Which given names are short or familiar forms of which formal ones.

The package `nicknames` (Apache-2.0) covers English-speaking tradition and leaves out names as
common as José and Mohammed; ``data/nickname_additions.csv`` adds some. What is still missing makes
people with such names harder to find under a nickname than others: a bias of the table, said in
``data/SOURCES.md``.
"""

from __future__ import annotations

import csv
from functools import cache

from nicknames import NickNamer

from simulator.locations import DATA


@cache
def nicknames_of_formal() -> dict[str, tuple[str, ...]]:
    """Return formal given name -> its nicknames, all in lower case, in alphabetical order.

    >>> "bill" in nicknames_of_formal()["william"]
    True
    """
    table = {formal: set(nicks) for formal, nicks in NickNamer().nickname_lookup.items()}
    with (DATA / "nickname_additions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["formal"], set()).add(row["nickname"])
    return {formal: tuple(sorted(table[formal])) for formal in sorted(table)}
