"""Random small towns for laws that must hold in every one: no error, any error, any clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.tables import Collected, Population, text
from tests.dossiers.five_people import COLUMNS

PEOPLE = 40
FIRST = np.array(["Ann", "Bo", "Cy", "Di"])
LAST = np.array(["Lee", "Wu", "Diaz Vega", "Stone"])


def random_population(rng: np.random.Generator) -> Population:
    """Return forty people, of whom thirty are residents, with few values, so that many coincide."""
    entity_id = np.sort(rng.choice(10_000, PEOPLE, replace=False))
    sick = rng.random(PEOPLE) < 0.5
    people = pd.DataFrame(
        {
            "household_id": rng.integers(0, 15, PEOPLE),
            "resident": np.arange(PEOPLE) < 30,
            "group": pd.Categorical(rng.choice(["a", "b"], PEOPLE)),
            "sex": text(rng.choice(["F", "M"], PEOPLE).tolist()),
            "birth_date": (
                np.datetime64("1990-01-01", "s")
                + rng.integers(0, 900, PEOPLE).astype("timedelta64[D]")
            ),
            "first_name": text(rng.choice(FIRST, PEOPLE).tolist()),
            "middle_name": text(np.where(sick, "Mae", None)),
            "last_name": text(rng.choice(LAST, PEOPLE).tolist()),
            "address_id": rng.integers(0, 15, PEOPLE),
            "phone": text([f"55501{number:02}" for number in rng.integers(0, 30, PEOPLE)]),
            "employer": text(np.where(rng.random(PEOPLE) < 0.3, None, "Acme")),
            "clinic_visits": text(np.where(sick, "Oncology", None)),
        },
        index=pd.Index(entity_id, name="entity_id"),
    )
    addresses = pd.DataFrame(
        {
            "street_address": text([f"{number} Oak St" for number in range(15)]),
            "city": text(["Millbrook"] * 15),
            "zip_code": text([f"5550{number % 3}" for number in range(15)]),
            "home_area": text([f"A{number % 4}" for number in range(15)]),
        },
        index=pd.Index(range(15), name="address_id"),
    )
    movers = rng.choice(entity_id, 10, replace=False)
    history = pd.DataFrame(
        {
            "entity_id": np.concatenate([movers, movers]),
            "field": ["address_id"] * 10 + ["last_name"] * 10,
            "value": text([*map(str, rng.integers(0, 15, 10)), *rng.choice(LAST, 10)]),
        }
    )
    return Population(people, pd.DataFrame(), addresses, pd.DataFrame(), history)


def random_records(
    rng: np.random.Generator, population: Population, errors_share: float
) -> Collected:
    """Return records of random people in four sources; an error is another person's value."""
    people = population.people
    full_name = people["first_name"] + " " + people["last_name"]
    days = people["birth_date"].dt.strftime("%Y-%m-%d")
    true = people.assign(
        full_name=full_name,
        display_name=full_name,
        birth_date=days,
        birth_year=days.str[:4],
        birth_month_day=days.str[5:],
        street_address=population.addresses["street_address"]
        .reindex(people["address_id"])
        .to_numpy(),
        zip_code=population.addresses["zip_code"].reindex(people["address_id"]).to_numpy(),
    )
    record_ids = rng.permutation(1000)[: 30 * len(COLUMNS)].reshape(len(COLUMNS), 30)
    frames, truths = {}, []
    for (source, columns), drawn in zip(COLUMNS.items(), record_ids, strict=True):
        subjects = rng.integers(0, PEOPLE, 30)
        ids = np.sort(drawn)
        cells = {}
        for column in columns:
            wrong = rng.random(30) < errors_share
            held = np.where(wrong, rng.integers(0, PEOPLE, 30), subjects)
            values = true[column].to_numpy(dtype=object)[held]
            cells[column] = text(np.where(rng.random(30) < errors_share, None, values))
        days_held = [f"2025-01-{day:02}" for day in rng.integers(1, 5, 30)]
        frames[source] = pd.DataFrame(
            cells | {"record_date": text(days_held)}, index=pd.Index(ids, name="record_id")
        )
        truths.append(
            pd.DataFrame(
                {
                    "record_id": ids,
                    "source": source,
                    "field": "*",
                    "entity_id": people.index.to_numpy()[subjects],
                    "role": "subject",
                }
            )
        )
    return Collected(frames, pd.concat(truths, ignore_index=True))


def one_cluster_each(collected: Collected) -> pd.Series:
    """Return the membership of perfect linkage: a cluster is an entity."""
    return collected.truth.set_index("record_id")["entity_id"].rename("cluster_id")


def random_membership(rng: np.random.Generator, collected: Collected) -> pd.Series:
    """Return clusters that have nothing to do with who is who."""
    record_id = pd.Index(collected.truth["record_id"], name="record_id")
    return pd.Series(rng.integers(0, 25, len(record_id)), index=record_id, name="cluster_id")
