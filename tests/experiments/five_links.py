"""A file of six records and the five links that hold it together, to work by hand.

    social – broker – licence – three sightings of one plate

The broker's record and the licence are as central as one another; the licence has more links.
"""

from __future__ import annotations

import pandas as pd


def a_file() -> pd.DataFrame:
    """Return its links, the weakest first, as of `simulator.experiments.reasons.joining_of`."""
    rows = [
        ("d", "p1", "dmv", "plates", 0.6, True),
        ("b", "s", "broker", "social", 0.7, False),
        ("d", "p2", "dmv", "plates", 0.8, True),
        ("b", "d", "broker", "dmv", 0.9, True),
        ("p3", "d", "plates", "dmv", 0.95, True),
    ]
    columns = ["record_id_l", "record_id_r", "source_l", "source_r", "match_probability"]
    return pd.DataFrame(rows, columns=[*columns, "is_right"])
