"""Our links and Splink's, of records whose truth is known, in one table."""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.accuracy import accuracy
from simulator.linkage import LinkageWarning, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import numpy.typing as npt

    from simulator.tables import Links


@dataclass(frozen=True)
class KnownRecords:
    """Records and who they are about.

    Attributes
    ----------
    name : str
    records : mapping of DataFrame
        As of `simulator.linkage.link`.
    duplicates : set of str
        The sources that may hold several records of one entity.
    entity : int array
        The entity of every record, source after source.
    """

    name: str
    records: Mapping[str, pd.DataFrame]
    duplicates: set[str]
    entity: npt.NDArray[np.int64]


def rates(known: KnownRecords, links: Links) -> dict[str, float]:
    """Return what `benchmarks.accuracy.accuracy` says of the links."""
    ids = np.concatenate([frame.index.to_numpy() for frame in known.records.values()])
    truth = pd.DataFrame({"record_id": ids, "field": "*", "entity_id": known.entity})
    return accuracy(links, known.records, known.duplicates, truth)


def print_table(sets: Iterable[KnownRecords]) -> None:
    """Print F1 at the default threshold and at the best one, which nobody can know beforehand.

    Both link the same pairs on the same levels; what differs is how they learn. F1 weighs right
    links found against wrong and missed ones.
    """
    from benchmarks.splink_linkers import splink_links  # noqa: PLC0415 - an extra

    linkers: Mapping[str, Callable[[Mapping[str, pd.DataFrame], set[str]], Links]] = {
        "Mosaic": link,
        "Splink": splink_links,
    }
    sys.stdout.write(f"{'':27}{'records':>8}  {'':9}{'F1 at 0.9':>11}{'best F1':>9}{'from':>8}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinkageWarning)
        for known in sets:
            for who, linker in linkers.items():
                found = rates(known, linker(known.records, known.duplicates))
                sys.stdout.write(
                    f"{known.name:27}{len(known.entity):>8,}  {who:9}{found['f1']:11.4f}"
                    f"{found['best_f1']:9.4f}{found['best_threshold']:8.3f}\n"
                )
