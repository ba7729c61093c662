"""Record frames for the tests of linkage: small ones by hand, and Febrl's."""

from __future__ import annotations

import numpy as np
import pandas as pd


def frame(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    """Return a frame with one row per record_id."""
    return pd.DataFrame.from_dict(rows, orient="index").astype(object)


def invented(count: int, sources: tuple[str, ...] = ("a", "b")) -> dict[str, pd.DataFrame]:
    """Return sources that hold the same `count` people, with slips in a tenth of the names."""
    rng = np.random.default_rng(5)
    first = np.array(["Anna", "Bernard", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo"])
    letters = np.array(list("bdfgklmnprst"))
    last = np.char.add(
        np.char.add(np.char.add(rng.choice(letters, count), "a"), rng.choice(letters, count)),
        np.char.add("e", np.char.add(rng.choice(letters, count), rng.choice(["son", "er"], count))),
    )
    day = np.datetime64("1950-01-01") + rng.integers(0, 18000, count)
    people = pd.DataFrame(
        {
            "first_name": rng.choice(first, count),
            "last_name": last,
            "birth_date": day.astype(str),
            "city": rng.choice(["Millbrook", "Ashford"], count),
        }
    )
    frames = {}
    for name in sources:
        copy = people.copy()
        slip = rng.random(count) < 0.1
        copy.loc[slip, "last_name"] = copy.loc[slip, "last_name"].str.slice(1)
        copy.index = pd.Index([f"{name}{row}" for row in range(count)], name="record_id")
        frames[name] = copy
    return frames


def febrl_like(count: int, sources: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Return `invented` sources whose record names give the entity away, as Febrl's do."""
    frames = invented(count, sources)
    return {
        name: frame.set_axis([f"rec-{row}-{name}" for row in range(count)])
        for name, frame in frames.items()
    }
