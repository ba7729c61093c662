"""All parts of the population put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.population.accounts import open_accounts
from simulator.population.demography import birth_dates
from simulator.population.draws import pick
from simulator.population.facts import birth_places, sensitive_facts
from simulator.population.history import past_values
from simulator.population.household_library import ROLES
from simulator.population.households import populate_households
from simulator.population.identifiers import (
    cards,
    devices,
    licence_numbers,
    national_ids,
    phones,
    plates,
)
from simulator.population.names import name_people
from simulator.population.places import place_households
from simulator.population.ties import tie_people
from simulator.population.work import employ
from simulator.population.workplaces import find_workplaces, place_haunts, work_areas
from simulator.tables import Population, text

if TYPE_CHECKING:
    from simulator.population.households import Roster
    from simulator.population.places import Places
    from simulator.scenario.schema import Scenario


def populate(scenario: Scenario) -> Population:
    """Return the synthetic people of a scenario's town and of its surroundings.

    The same scenario gives the same people; a smaller town is the beginning of a larger one with
    the same seed (the last household may be cut short), and residents do not depend on how many
    outsiders there are. Where they work, where their earlier homes were, and their ties, do depend
    on who else lives there.

    Parameters
    ----------
    scenario : Scenario
        Its seed, day, population and sensitive facts are read.

    Returns
    -------
    Population
        ``residents_count`` residents and ``round(residents_count × outsiders_per_resident)``
        outsiders. A town smaller than its ZIP area fills only part of it.
    """
    seed = scenario.seed
    roster = populate_households(scenario)
    birth_date = birth_dates(roster, seed, scenario.as_of)
    birth_year = birth_date.astype("datetime64[Y]").astype(np.int64) + 1970
    names = name_people(scenario, roster, birth_date)
    places = place_households(scenario, roster)
    work = employ(scenario, roster)
    workplaces = find_workplaces(scenario, places)
    email, handle, second_handle = open_accounts(scenario, roster, names, birth_year)
    household = roster.household
    groups = pd.Index(list(scenario.population.groups))
    columns = {
        "household_id": roster.household_id[household],
        "resident": ~roster.outsider[household],
        "group": pd.Categorical.from_codes(roster.group[household], categories=groups),
        "household_role": pd.Categorical.from_codes(roster.role, categories=pd.Index(ROLES)),
        "sex": text(pick(pa.array(["F", "M"]), roster.sex)),
        "birth_date": birth_date.astype("datetime64[s]"),
        "age": roster.age,
        "first_name": text(names.first_name),
        "nickname": text(names.nickname),
        "middle_name": text(names.middle_name),
        "last_name": text(names.last_name),
        "family_name_first": names.family_name_first,
        "address_id": places.household_address[household],
        "phone": text(phones(seed, roster)),
        "email": text(email),
        "handle": text(handle),
        "second_handle": text(second_handle),
        "employer": text(work.employer),
        "work_area": text(work_areas(workplaces, work.employer, roster.outsider[roster.household])),
        "occupation": text(work.occupation),
        "national_id": text(national_ids(seed, roster)),
        "licence_number": text(licence_numbers(seed, roster)),
        "plate": text(plates(seed, roster)),
        "device": text(devices(seed, roster)),
        "card": text(cards(seed, roster)),
        "birth_place": text(birth_places(scenario, roster)),
    }
    facts = {name: text(value) for name, value in sensitive_facts(scenario, roster).items()}
    return Population(
        people=pd.DataFrame(
            {**columns, **facts}, index=pd.Index(roster.entity_id, name="entity_id")
        ),
        households=_households(roster, places),
        addresses=places.addresses,
        ties=tie_people(scenario, roster, names, places, work),
        history=past_values(scenario, roster, birth_date, places, names, work),
        workplaces=workplaces,
        haunts=place_haunts(scenario, places),
    )


def _households(roster: Roster, places: Places) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "address_id": places.household_address,
            "tenure": text(pick(pa.array(["renter", "owner"]), roster.owner.astype(np.int64))),
            "resident": ~roster.outsider,
            "size_count": roster.size,
        },
        index=pd.Index(roster.household_id, name="household_id"),
    )
