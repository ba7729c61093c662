"""A small town made by hand, and a scenario with one source of each kind."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.scenario.schema import Scenario
from simulator.tables import Population, text

AS_OF = "2026-01-01"
PEOPLE_COUNT = 4000
FIRST = {"Robert": "Bob", "Elizabeth": "Liz", "José": "Pepe", "Mary": "Mary", "William": "Bill"}
SURNAMES = ["Stone", "Ruiz", "Vega", "Nguyễn", "Okafor", "Lindqvist", "Marsh", "Quill"]


def town(people_count: int = PEOPLE_COUNT) -> Population:
    """Return people in households of up to four, half of whom have moved at a known day."""
    rng = np.random.default_rng(5)
    entity_id = np.sort(rng.choice(10 * people_count, people_count, replace=False))
    row = np.arange(people_count)
    household_id = 7 * (row // 4) + 1
    age = rng.integers(0, 95, people_count)
    birth = np.datetime64(AS_OF, "D") - (age * 365.25 + rng.integers(1, 364, people_count)).astype(
        "timedelta64[D]"
    )
    group = np.where(rng.random(people_count) < 0.4, "b", "a")
    first = rng.choice(list(FIRST), people_count)
    surname, second = (rng.choice(SURNAMES, people_count) for _ in range(2))
    two = (group == "b") & (surname != second)
    last = np.where(two, np.char.add(np.char.add(surname, " "), second), surname)
    worships = rng.random(people_count) < 0.3
    people = pd.DataFrame(
        {
            "household_id": household_id,
            "resident": household_id % 5 != 0,
            "group": pd.Categorical(group),
            "household_role": pd.Categorical(["member"] * people_count),
            "sex": text(rng.choice(["F", "M"], people_count).tolist()),
            "birth_date": birth.astype("datetime64[s]"),
            "age": age,
            "first_name": text(first.tolist()),
            "nickname": text([FIRST[name] for name in first]),
            "middle_name": text([f"Middle{number}" for number in row % 50]),
            "last_name": text(last.tolist()),
            "family_name_first": row % 6 == 5,
            "address_id": 2 * (row // 4) + 1_000_000,
            "phone": text([f"555{number:07d}" for number in row]),
            "email": text([f"p{number}@example.org" for number in row]),
            "handle": text(
                [f"h{number}" if years >= 13 else None for number, years in enumerate(age)]
            ),
            "second_handle": text(
                [f"h{number}_" if years >= 13 else None for number, years in enumerate(age)]
            ),
            "employer": text([f"Works {number % 40}" for number in row]),
            "occupation": text([f"job {number % 30}" for number in row]),
            "national_id": text([f"000{number:06d}" for number in row]),
            "licence_number": text([f"X{number:07d}" for number in row]),
            "plate": text([f"ZZ{number:05d}" for number in row]),
            "birth_place": text(["Elsewhere"] * people_count),
            "worship": text(["Chapel" if one else None for one in worships]),
        },
        index=pd.Index(entity_id, name="entity_id"),
    )
    address_id = np.arange(1_000_000, 1_000_000 + people_count)
    number = address_id - 1_000_000
    addresses = pd.DataFrame(
        {
            "street_address": text([f"{1 + one % 200} Elm Street {one}" for one in number]),
            "house_number": text([str(1 + one % 200) for one in number]),
            "city": text([["Millbrook", "Eastham"][one % 2] for one in number]),
            "state": text(["CA"] * people_count),
            "zip_code": text([f"{90000 + one % 9:05d}" for one in number]),
        },
        index=pd.Index(address_id, name="address_id"),
    )
    households = pd.DataFrame(
        {"address_id": people.groupby("household_id")["address_id"].first(), "tenure": "owner"}
    )
    moved = row % 8 < 4  # whole households, and everyone on the same day
    history = pd.concat(
        [
            _spell(entity_id[moved], "address_id", people["address_id"].to_numpy()[moved] + 1),
            _spell(entity_id[row % 3 == 0], "last_name", "Formername"),
            _spell(entity_id[row % 3 == 1], "phone", "5559999999"),
        ],
        ignore_index=True,
    )
    ties = pd.DataFrame({"entity_id_l": [], "entity_id_r": [], "tie": []})
    return Population(people, households, addresses, ties, history)


def _spell(entity_id: Any, field: str, value: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "entity_id": entity_id,
            "field": field,
            "value": np.broadcast_to(np.asarray(value).astype(str), len(entity_id)),
            "valid_from": np.datetime64("2016-01-01", "s"),
            "valid_to": np.datetime64("2024-07-01", "s"),
        }
    )


BASE: dict[str, Any] = {
    "schema_version": 1,
    "title": "Test",
    "about": "Three lists.",
    "seed": 11,
    "as_of": AS_OF,
    "population": {
        "town_name": "Testham",
        "residents_count": 3200,
        "outsiders_per_resident": 0.25,
        "groups": {
            "a": {"label": "A", "share": 0.6, "census_group": "white"},
            "b": {"label": "B", "share": 0.4, "census_group": "hispanic"},
        },
    },
    "facts": {"legal_name": {"label": "Name", "weight": 0}},
    "sensitive_facts": {
        "worship": {"label": "Worship", "weight": 1, "values": {"Chapel": 0.3}},
    },
    "sources": {
        "bills": {
            "label": "Bills",
            "gate": "purchase",
            "record_of": "household_account",
            "coverage": {"share": 0.75},
            "staleness_years": 1.0,
            "noise": {
                "typing": {"cells_share": 0.1},
                "transposed": {"cells_share": 0.1},
                "nickname": {"cells_share": 0.2},
                "surname_dropped": {"cells_share": 0.3},
                "blank": {"cells_share": 0.05},
            },
            "fields": {
                "first_name": {"role": "identifying"},
                "last_name": {"role": "identifying"},
                "street_address": {"role": "quasi-identifier"},
                "zip_code": {"role": "quasi-identifier"},
                "phone": {"role": "identifying", "missing_share": 0.2},
            },
        },
        "profiles": {
            "label": "Profiles",
            "gate": "public",
            "record_of": "person",
            "coverage": {"by_age": {"13-29": 0.9, "30-64": 0.7, "65+": 0.4}},
            "staleness_years": 1.0,
            "duplicates_share": 0.1,
            "noise": {"typing": {"cells_share": 0.1}, "blank": {"cells_share": 0.05}},
            "fields": {
                "handle": {"role": "identifying"},
                "display_name": {
                    "role": "identifying",
                    "styles": {
                        "legal": 0.4,
                        "nickname_and_surname": 0.25,
                        "nickname": 0.2,
                        "invented": 0.15,
                    },
                },
                "birth_month_day": {"role": "quasi-identifier", "missing_share": 0.4},
                "worship": {"role": "sensitive", "missing_share": 0.5},
            },
        },
        "licences": {
            "label": "Licences",
            "gate": "warrant",
            "record_of": "person",
            "coverage": {"share": 0.8, "minimum_age_years": 16, "by_group": {"b": 0.5}},
            "staleness_years": 2.0,
            "duplicates_share": 0.05,
            "noise": {
                "typing": {"cells_share": 0.1},
                "transposed": {"cells_share": 0.1},
                "month_day_swap": {"cells_share": 0.1},
                "nickname": {"cells_share": 0.1},
                "surname_dropped": {"cells_share": 0.1},
                "blank": {"cells_share": 0.05},
            },
            "fields": {
                "full_name": {"role": "identifying", "missing_share": 0.3},
                "sex": {"role": "quasi-identifier"},
                "birth_date": {"role": "quasi-identifier"},
                "birth_year": {"role": "quasi-identifier"},
                "house_number": {"role": "quasi-identifier"},
                "city": {"role": "quasi-identifier"},
                "state": {"role": "quasi-identifier"},
                "licence_number": {"role": "identifying"},
            },
        },
    },
    "adversary": {"label": "Agency", "powers": ["public", "purchase"]},
}


def scenario_with(**settings: Any) -> Scenario:
    """Return the test scenario with settings replaced; a double underscore goes one level down."""
    changed = deepcopy(BASE)
    for path, value in settings.items():
        *above, last = path.split("__")
        place = changed
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return Scenario.model_validate(changed)


@pytest.fixture(scope="session")
def population() -> Population:
    return town()


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return scenario_with()
