"""What it costs whoever joins records, and who stands by: files on people nobody asked about."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulator.exposure.intervals import wilson
from simulator.tables import Rate, text

if TYPE_CHECKING:
    import numpy.typing as npt

    from simulator.randomness import Integers

EVERYONE = "all"


def measure_effort(
    people: pd.DataFrame, targets: Integers, lookups_count: int, hours_per_dossier: float
) -> pd.DataFrame:
    """Return the effort and the bystanders: residents with a dossier who are on no target list.

    Parameters
    ----------
    people : DataFrame
        From `simulator.exposure.person.measure_people`.
    targets : array of int64
        Entity ids on the target list; without one, everybody with a dossier is a bystander.
    lookups_count : int
        Requests made.
    hours_per_dossier : float
        Working hours that reading one file takes.

    Returns
    -------
    DataFrame
        ``group``, ``metric``, ``value``, ``low``, ``high``, ``n`` and ``interval``, as in
        `simulator.tables.Exposure`. For everyone ("all"): ``targets_count``, ``lookups_count``,
        ``dossiers_count`` (residents with a dossier), ``review_hours`` = dossiers x hours per
        dossier, ``bystanders_count``. For everyone and each group: ``bystanders_share`` = residents
        with a dossier who are no targets / residents, in [0, 1].
    """
    named = people["named"].to_numpy(dtype=np.bool_)
    bystander = named & ~people.index.isin(targets)
    counts = {
        "targets_count": len(targets),
        "lookups_count": lookups_count,
        "dossiers_count": int(named.sum()),
        "review_hours": float(named.sum() * hours_per_dossier),
        "bystanders_count": int(bystander.sum()),
    }
    rows = [
        {"group": EVERYONE, "metric": metric, **asdict(_counted(value, len(people)))}
        for metric, value in counts.items()
    ]
    rows.append(_share_row(EVERYONE, bystander))
    groups = people["group"].astype("category").cat
    for code, name in enumerate(groups.categories):
        rows.append(_share_row(name, bystander[groups.codes.to_numpy() == code]))
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: text(frame[name]) for name in ("group", "metric", "interval")})


def _counted(value: float, n: int) -> Rate:
    """Return a number that is counted and not estimated."""
    return Rate(float(value), np.nan, np.nan, n, "none")


def _share_row(group: str, bystander: npt.NDArray[np.bool_]) -> dict[str, object]:
    rate = wilson(int(bystander.sum()), len(bystander))
    return {"group": group, "metric": "bystanders_share", **asdict(rate)}
