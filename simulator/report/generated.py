"""The lists as files, for use elsewhere: one Parquet file per source, the truth only on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.face_templates import described_faces
from simulator.report.folders import replaced_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from simulator.tables import Collected, Population

_FIRST_COLUMNS = [
    "household_id",
    "resident",
    "group",
    "first_name",
    "middle_name",
    "last_name",
    "sex",
    "birth_date",
    "street_address",
    "city",
    "state",
    "zip_code",
]


def true_people(population: Population) -> pd.DataFrame:
    """Return the true facts of every person, addresses written out, one row each.

    Parameters
    ----------
    population : Population

    Returns
    -------
    DataFrame
        ``entity_id`` first, then the household, the names, birth date and address, then the rest.
    """
    people = population.people.join(population.addresses, on="address_id")
    rest = [name for name in people.columns if name not in (*_FIRST_COLUMNS, "address_id")]
    return people[[*_FIRST_COLUMNS, *rest]].reset_index()


def write_generated(
    population: Population,
    collected: Collected,
    folder: Path,
    *,
    version: str,
    with_truth: bool,
    force: bool,
) -> None:
    """Write ``<source>.parquet`` for every source; with truth also people and truth.

    A face is told in a few words: its template is written nowhere.

    Parameters
    ----------
    folder : Path
        Replaced if an earlier run wrote it; created if need be.
    with_truth : bool
        Also write ``people.parquet`` (true facts) and ``truth.parquet`` (whom each record is
        about).
    force : bool
        Replace the folder whatever it holds.

    Raises
    ------
    simulator.report.folders.FolderRefused
        If the folder holds anything that is not ours.
    """
    with replaced_folder(folder, version=version, force=force) as fresh:
        for name, frame in collected.records.items():
            described_faces(frame).reset_index().to_parquet(fresh / f"{name}.parquet", index=False)
        if with_truth:
            true_people(population).to_parquet(fresh / "people.parquet", index=False)
            collected.truth.to_parquet(fresh / "truth.parquet", index=False)
