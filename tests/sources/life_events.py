"""A populated town, and a scenario with a source of each kind that is drawn by person."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.population import populate
from simulator.scenario import load_scenario
from simulator.scenario.schema import Scenario

if TYPE_CHECKING:
    from simulator.tables import Population

QUASI = {"role": "quasi-identifier"}
SOURCES: dict[str, Any] = {
    "profiles": {
        "label": "Profiles",
        "gate": "public",
        "record_of": "person",
        "coverage": {"share": 0.8, "minimum_age_years": 13},
        "staleness_years": 2.0,
        "duplicates_share": 0.1,
        "noise": {"typing": {"cells_share": 0.3}, "blank": {"cells_share": 0.1}},
        "fields": dict.fromkeys(
            ("first_name", "last_name", "home_area", "handle", "friends"), QUASI
        ),
    },
    "lines": {
        "label": "Telephone lines",
        "gate": "subpoena",
        "record_of": "subscription",
        "coverage": {"share": 0.9, "minimum_age_years": 13},
        "staleness_years": 1.0,
        "noise": {"typing": {"cells_share": 0.2}},
        "fields": dict.fromkeys(
            (
                "first_name",
                "last_name",
                "birth_date",
                "street_address",
                "phone",
                "device",
                "call_partners",
            ),
            QUASI,
        ),
    },
    "jobs": {
        "label": "Jobs",
        "gate": "purchase",
        "record_of": "job",
        "coverage": {"share": 0.6},
        "fields": dict.fromkeys(
            (
                "first_name",
                "last_name",
                "national_id_last4",
                "employer",
                "work_area",
                "work_address",
                "job_from",
                "job_to",
            ),
            QUASI,
        ),
    },
    "stops": {
        "label": "Stops",
        "gate": "own",
        "record_of": "event",
        "coverage": {"share": 0.9, "minimum_age_years": 16},
        "events": {
            "per_person_year": 0.4,
            "by_group": {"black": 2.0},
            "years": 3,
            "reasons": {"traffic": 0.75, "street": 0.25},
        },
        "noise": {"typing": {"cells_share": 0.1}},
        "fields": dict.fromkeys(
            (
                "first_name",
                "last_name",
                "home_area",
                "event_date",
                "event_area",
                "event_kind",
                "travelled_to",
            ),
            QUASI,
        ),
    },
}


@cache
def town() -> Population:
    """Return 900 residents and as many outsiders."""
    return populate(_base())


@cache
def _base() -> Scenario:
    scenario = load_scenario("town", people=900)
    settings = scenario.population.model_copy(
        update={"outsiders_per_resident": 1.0, "residents_per_area_count": 60}
    )
    return scenario.model_copy(update={"population": settings})


def scenario_with(**settings: Any) -> Scenario:
    """Return the scenario with settings of its sources replaced; `__` goes one level down."""
    changed = {"sources": deepcopy(SOURCES)}
    for path, value in settings.items():
        *above, last = path.split("__")
        place = changed["sources"]
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return Scenario.model_validate({**_base().model_dump(mode="json"), **changed})
