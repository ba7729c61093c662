"""The hand-made town on a map of its own, with workplaces, haunts, telephones and cards."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from simulator.scenario.schema import Scenario
from simulator.tables import Population, text
from tests.sources.conftest import BASE, town

COLUMNS, ROWS = 5, 4


def label(number: Any, outside: Any) -> Any:
    """Return the squares of the map by number: A1 to E4 of the town, ~A1 to ~E4 around it."""
    squares = [f"{chr(65 + one % COLUMNS)}{1 + one // COLUMNS}" for one in range(COLUMNS * ROWS)]
    every = np.array([*squares, *(f"~{square}" for square in squares)], dtype=object)
    return every[number % (COLUMNS * ROWS) + COLUMNS * ROWS * outside]


def mapped_town(people_count: int = 4000) -> Population:
    """Return the town; residents live in it, outsiders around it; some of them work in it."""
    population = town(people_count)
    people = population.people
    rng = np.random.default_rng(3)
    works = people["age"].between(18, 69).to_numpy() & (rng.random(people_count) < 0.7)
    away = ~people["resident"].to_numpy() & (np.arange(people_count) % 10 > 0)
    work_area = label(rng.integers(0, COLUMNS * ROWS, people_count), away)
    people = people.assign(
        work_area=text(np.where(works, work_area, None)),
        device=text([f"dev{number:07d}" for number in range(people_count)]),
        card=text([f"card{number:07d}" for number in range(people_count)]),
    )
    outside = ~people["resident"].groupby(people["address_id"]).first()
    of_address = outside.reindex(population.addresses.index, fill_value=False).to_numpy()
    places = np.arange(len(of_address)) // 7
    addresses = population.addresses.assign(home_area=text(label(places, of_address)))
    haunts = pd.DataFrame(
        {"seen_area": text(["B2", "D3", "C1"])},
        index=pd.Index(["chapel", "gym", "airport"], name="haunt"),
    )
    return replace(population, people=people, addresses=addresses, haunts=haunts)


HAUNTS: dict[str, Any] = {
    "chapel": {
        "label": "Chapel",
        "fact": "worship",
        "value": "Chapel",
        "visits_per_week": 1.0,
        "others_visits_per_week": 0.02,
        "days": ["sat", "sun"],
        "first_hour": 9,
        "last_hour": 11,
    },
    "gym": {"label": "Gym", "others_visits_per_week": 0.5},
    "airport": {"label": "Airport", "others_visits_per_week": 0.2},
}

SENSORS: dict[str, Any] = {
    "plates": {
        "label": "Plates",
        "gate": "agreement",
        "record_of": "sighting",
        "coverage": {"share": 0.9, "minimum_age_years": 17},
        "sightings": {"per_person_day": 0.5, "sensors_share": 0.8, "wrong_person_share": 0.1},
        "areas_spread": 1.0,
        "noise": {"wrong_digit": {"cells_share": 0.05}, "ocr": {"cells_share": 0.05}},
        "fields": {
            "plate": {"role": "identifying", "missing_share": 0.02},
            "home_area": {"role": "quasi-identifier"},
            "work_area": {"role": "quasi-identifier", "missing_share": 0.1},
            "seen_area": {"role": "quasi-identifier"},
            "seen_at": {"role": "quasi-identifier"},
            "sightings_count": {"role": "quasi-identifier"},
            "worship": {"role": "sensitive"},
        },
    },
    "pings": {
        "label": "Pings",
        "gate": "subpoena",
        "record_of": "sighting",
        "coverage": {"share": 0.8},
        "sightings": {"per_person_day": 2},
        "fields": {
            "phone": {"role": "identifying"},
            "home_area": {"role": "quasi-identifier"},
            "work_area": {"role": "quasi-identifier"},
        },
    },
    "apps": {
        "label": "Apps",
        "gate": "purchase",
        "record_of": "sighting",
        "coverage": {"share": 0.3},
        "sightings": {"per_person_day": 6},
        "fields": {
            "device": {"role": "identifying"},
            "home_area": {"role": "quasi-identifier"},
            "work_area": {"role": "quasi-identifier"},
            "worship": {"role": "sensitive"},
        },
    },
    "drone": {
        "label": "Drone",
        "gate": "own",
        "record_of": "sighting",
        "coverage": {"share": 1.0, "minimum_age_years": 0},
        "sightings": {
            "per_person_day": 0.3,
            "sensors_share": 0.4,
            "at": ["home", "street"],
            "first_hour": 8,
            "last_hour": 19,
        },
        "fields": {
            "seen_area": {"role": "quasi-identifier"},
            "seen_at": {"role": "quasi-identifier"},
            "street_address": {"role": "quasi-identifier"},
        },
    },
    "gates": {
        "label": "Gates",
        "gate": "own",
        "record_of": "sighting",
        "coverage": {"share": 1.0, "minimum_age_years": 0},
        "sightings": {"per_person_day": 24, "at": ["airport"]},
        "fields": {
            "seen_area": {"role": "quasi-identifier"},
            "seen_at": {"role": "quasi-identifier"},
        },
    },
}


def mapped_scenario(**settings: Any) -> Scenario:
    """Return a scenario with sensors only; a double underscore goes one level down."""
    changed = {**deepcopy(BASE), "haunts": deepcopy(HAUNTS), "sources": deepcopy(SENSORS)}
    for path, value in settings.items():
        *above, last = path.split("__")
        place = changed
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return Scenario.model_validate(changed)
