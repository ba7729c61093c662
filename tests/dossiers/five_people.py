"""A worked town of five people in which everything that can happen to a fact happens once.

Weights: name 0, sex 1, date of birth 2, home 3, phone 1, employer 2, clinic 5. N = 5.

| entity | who | facts true of them (weight) |
|---|---|---|
| 1 | Ann Lee, called Annie | all (14) |
| 2 | Robert Lee, her housemate | no clinic (9) |
| 3 | Cara Diaz Vega, once Cara Stone of 3 Fir St | no employer, no clinic (7) |
| 4 | Dan Wu, who now lives at 3 Fir St | all (14) |
| 5 | Eve Wu, an outsider | all (14) |

Cluster 1 is Ann's, 2 Robert's, 3 Cara's, 4 Dan's with two records of Eve in it, 5 Cara's as well.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from simulator.scenario.schema import Scenario
from simulator.tables import Collected, Population, text

COLUMNS = {
    "utility": ["first_name", "last_name", "street_address", "zip_code", "phone"],
    "social": ["display_name", "birth_month_day", "employer"],
    "broker": ["full_name", "sex", "birth_year", "phone", "clinic_visits"],
    "dmv": ["first_name", "middle_name", "last_name", "sex", "birth_date", "street_address"],
}

NAMES = ("first_name", "middle_name", "last_name", "full_name", "display_name")

# record_id, entity_id, cluster_id, record_date, then the columns of the source
RECORDS: dict[str, list[tuple[Any, ...]]] = {
    "utility": [
        (101, 1, 1, "2025-03-01", "Ann", "Lee", "1 Oak St", "55501", "5550101"),
        (102, 3, 3, "2020-01-01", "Cara", "Stone", "3 Fir St", "55502", "5550199"),
        (103, 4, 4, "2025-01-01", "Dan", "Wu", "3 Fir St", "55502", "5550104"),
    ],
    "social": [
        (201, 1, 1, "2025-06-01", "Annie", "02-03", "Acme"),
        (202, 2, 2, "2025-06-01", "Blue Heron 42", "07-09", "Acme"),
        (203, 5, 4, "2025-06-01", "Eve Wu", "11-12", "Cedar"),
    ],
    "broker": [
        (301, 1, 1, "2024-01-01", None, "F", "1990", "5550101", "Oncology"),
        (302, 2, 2, "2024-01-01", "Robert Lee", "M", "1988", "5550102", None),
        (303, 5, 4, "2024-01-01", "EVE WU", "F", "1970", None, "Mental health"),
        (304, 3, 3, "2024-01-01", "Cara Diaz Vega", "F", "1990", None, None),
    ],
    "dmv": [
        (401, 3, 5, "2025-02-01", "Cara", "Luz", "Diaz Vega", "F", "1990-05-06", "2 Elm St"),
        (402, 4, 4, "2025-02-01", "Dan", None, "Wu", "M", "1970-11-21", "3 Fir St"),
    ],
}


def scenario() -> Scenario:
    """Return the facts, their weights and the order of the sources."""
    label = {"label": "x"}
    source = {
        **label,
        "gate": "public",
        "record_of": "person",
        "coverage": {"share": 1},
        "fields": {"sex": {"role": "identifying"}},
    }
    weights = {"legal_name": 0, "sex": 1, "birth_date": 2, "home_address": 3, "phone": 1}
    return Scenario.model_validate(
        {
            "schema_version": 1,
            "title": "Five people",
            "about": "A worked town.",
            "seed": 1,
            "as_of": "2026-01-01",
            "population": {
                "town_name": "Millbrook",
                "residents_count": 50,
                "outsiders_per_resident": 0,
                "groups": {"a": {**label, "share": 1, "census_group": "white"}},
            },
            "facts": {
                name: {**label, "weight": weight}
                for name, weight in {**weights, "employer": 2}.items()
            },
            "sensitive_facts": {
                "clinic_visits": {**label, "weight": 5, "values": {"Oncology": 0.1}}
            },
            "sources": dict.fromkeys(COLUMNS, source),
            "adversary": {**label, "powers": ["public"]},
        }
    )


def scenario_with_roles() -> Scenario:
    """Return the same with the columns that each source holds, its gate, and a law.

    Quasi-identifiers are sex, date of birth, home and employer; the telephone number identifies.
    Anyone may see the DMV's list, the broker and the utility sell theirs, and social media pass
    theirs on by agreement. The law reserves telephone numbers and clinic visits to a warrant.
    """
    roles = dict.fromkeys(("phone", *NAMES), "identifying") | {"clinic_visits": "sensitive"}
    gates = {"utility": "purchase", "social": "agreement", "broker": "purchase", "dmv": "public"}
    values = scenario().model_dump(mode="json")
    for source, columns in COLUMNS.items():
        values["sources"][source]["gate"] = gates[source]
        values["sources"][source]["fields"] = {
            column: {
                "role": roles.get(column, "quasi-identifier"),
                "warrant_reserved": column in ("phone", "clinic_visits"),
            }
            for column in columns
        }
    values["adversary"]["powers"] = ["public", "purchase", "agreement"]
    return Scenario.model_validate(values)


def population() -> Population:
    """Return the five people, their homes and their past."""
    people = pd.DataFrame(
        {
            "household_id": [1, 1, 2, 3, 4],
            "resident": [True, True, True, True, False],
            "group": pd.Categorical(["a", "a", "b", "b", "b"]),
            "sex": text(["F", "M", "F", "M", "F"]),
            "birth_date": pd.to_datetime(
                ["1990-02-03", "1988-07-09", "1990-05-06", "1970-11-12", "1970-11-12"]
            ).astype("datetime64[s]"),
            "first_name": text(["Ann", "Robert", "Cara", "Dan", "Eve"]),
            "middle_name": text(["Marie", None, "Luz", "Tao", None]),
            "last_name": text(["Lee", "Lee", "Diaz Vega", "Wu", "Wu"]),
            "address_id": [10, 10, 11, 12, 13],
            "phone": text(["5550101", "5550102", "5550103", "5550104", "5550105"]),
            "employer": text(["Acme", "Acme", None, "Birch", "Cedar"]),
            "clinic_visits": text(["Oncology", None, None, "Fertility", "Mental health"]),
        },
        index=pd.Index([1, 2, 3, 4, 5], name="entity_id"),
    )
    addresses = pd.DataFrame(
        {
            "street_address": text(["1 Oak St", "2 Elm St", "3 Fir St", "4 Ash St"]),
            "city": text(["Millbrook", "Millbrook", "Millbrook", "Otherton"]),
            "zip_code": text(["55501", "55501", "55502", "55509"]),
            "home_area": text(["A1", "A1", "B1", "~A1"]),
        },
        index=pd.Index([10, 11, 12, 13], name="address_id"),
    )
    history = pd.DataFrame(
        {
            "entity_id": [3, 3, 3],
            "field": ["last_name", "address_id", "phone"],
            "value": text(["Stone", "12", "5550199"]),
            "valid_from": pd.to_datetime(["1990-05-06", "2015-01-01", "2015-01-01"]),
            "valid_to": pd.to_datetime(["2022-01-01", "2022-01-01", "2022-01-01"]),
        }
    )
    return Population(people, pd.DataFrame(), addresses, pd.DataFrame(), history)


def collected() -> Collected:
    """Return what the four sources hold about them."""
    frames = {
        source: pd.DataFrame(
            {
                name: text([row[4 + at] for row in RECORDS[source]])
                for at, name in enumerate(columns)
            }
            | {"record_date": text([row[3] for row in RECORDS[source]])},
            index=pd.Index([row[0] for row in RECORDS[source]], name="record_id"),
        )
        for source, columns in COLUMNS.items()
    }
    truth = pd.DataFrame(
        [
            {
                "record_id": row[0],
                "source": source,
                "field": "*",
                "entity_id": row[1],
                "role": "subject",
            }
            for source, rows in RECORDS.items()
            for row in rows
        ]
    )
    return Collected(frames, truth)


def membership() -> pd.Series:
    """Return the clusters of the worked example."""
    clusters = {row[0]: row[2] for rows in RECORDS.values() for row in rows}
    return pd.Series(clusters, name="cluster_id").rename_axis("record_id")
