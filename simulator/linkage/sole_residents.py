"""Sightings without any token: whom they can be about, and when they are about nobody.

Somebody seen at a house is one of the people on file there. Where that is one person, the sighting
joins that person's cluster; where it is several, it says "household possible" and joins nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator.tables import Membership

ADDRESS = "street_address"


def join_sole_residents(
    membership: Membership, records: Mapping[str, pd.DataFrame], nameless: Collection[str]
) -> Membership:
    """Let each sighting at a house join the one cluster that is on file there, if it is one.

    Parameters
    ----------
    membership : Membership
        Of all `records`; each sighting a cluster of its own.
    records : mapping of DataFrame
        Source name -> frame indexed by record_id.
    nameless : collection of str
        Sources of sightings that hold no token, only where somebody was seen.

    Returns
    -------
    Membership
        A house on file that nobody else has moved from or into on paper counts as it stands there,
        right or not: a lodger nobody knows of makes the sighting another's.

    Examples
    --------
    One person is on file at 1 Elm St, two are at 2 Elm St; a drone saw somebody at either:

    >>> on_file = pd.DataFrame({"street_address": ["1 Elm St", "2 Elm St", "2 Elm St"]})
    >>> seen = pd.DataFrame({"street_address": ["1 ELM St", "2 Elm St"]}, index=[10, 11])
    >>> alone = pd.Series([0, 1, 2, 3, 4], index=[0, 1, 2, 10, 11])
    >>> join_sole_residents(alone, {"a": on_file, "drone": seen}, ["drone"]).tolist()
    [0, 1, 2, 0, 4]
    """
    known = [addresses(frame) for name, frame in records.items() if name not in nameless]
    seen = [addresses(records[name]) for name in records if name in nameless]
    if not known or not seen:
        return membership
    on_file = pd.concat(known).dropna()
    clusters = membership.reindex(on_file.index)
    pairs = pd.DataFrame({"address": on_file.to_numpy(), "cluster": clusters.to_numpy()})
    pairs = pairs.drop_duplicates()
    sole = pairs.loc[~pairs["address"].duplicated(keep=False)].set_index("address")["cluster"]
    wanted = pd.concat(seen).dropna()
    found = sole.reindex(wanted.to_numpy()).to_numpy(dtype=np.float64)
    hits = np.flatnonzero(~np.isnan(found))
    joined = membership.copy()
    joined.loc[wanted.index[hits]] = found[hits].astype(np.int64)
    return joined


def addresses(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the addresses of a frame in lower case, without values where it holds none."""
    if ADDRESS not in frame.columns:
        return pd.Series(index=frame.index[:0], dtype=object)
    return frame[ADDRESS].str.lower().astype(object)
