"""Record frames for the tests of linkage: small ones by hand, and Febrl's."""

from __future__ import annotations

import numpy as np
import pandas as pd

FEBRL_COLUMNS = {
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


def frame(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    """Return a frame with one row per record_id."""
    return pd.DataFrame.from_dict(rows, orient="index").astype(object)


def febrl(table: pd.DataFrame) -> pd.DataFrame:
    """Return a Febrl table under the names of our vocabulary."""
    return table[list(FEBRL_COLUMNS)].rename(columns=FEBRL_COLUMNS)


def febrl_entity(index: pd.Index) -> np.ndarray:
    """Return the entity that Febrl's record names give away ("rec-17-dup-0" -> 17)."""
    return index.str.extract(r"rec-(\d+)-", expand=False).to_numpy().astype(int)


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
