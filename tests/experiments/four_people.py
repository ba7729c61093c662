"""A worked town of four people in which everything that can spill over does so once.

Weights: name 0, home 3, phone 1, account 2, employer 2: in all 8 of Ann, Cy and Dee, 6 of Bo.

| entity | who | home | phone | account | employer |
|---|---|---|---|---|---|
| 1 | Ann Lee | 1 Oak St | 101 | ann | Acme |
| 2 | Bo Lee, her housemate | 1 Oak St | 102 | bo | – |
| 3 | Cy Diaz, her friend and colleague | 2 Elm St | 103 | cy | Acme |
| 4 | Dee Wu, friend of hers and neighbour of Bo's, once 199 | 3 Fir St | 104 | dee | Birch |

Profiles, which can be left, list friends: Ann's Cy and Dee, Cy's and Dee's Ann. Lines, which
cannot, list calls: Ann's Bo, and Bo's Ann and Dee by her former number. Ann's two records are
joined, and so are Cy's two; Dee has a profile only, Bo a line only.

What others tell of Ann: Cy's file her account and employer (and a home that is not hers), Dee's her
account (and an employer that is not hers), Bo's her phone and home: 8 of 8. She leaves: the same,
and 4 of it, account and employer, is nowhere else, for her own file is her line now. All her ties
leave too: phone and home from Bo's line, 4 of 8. Her spill-over is 4/8.

What they tell of Dee: Ann's file her account, and a home and an employer that are not hers; Bo's a
number and a home that are not hers: 2 of 8, and nothing once her ties have left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.pipeline import join_sources
from simulator.scenario.schema import Scenario
from simulator.sources import Obtained
from simulator.tables import Collected, Population, Result, text
from tests.report import invented

ANN, BO, CY, DEE = 1, 2, 3, 4
_PROFILES = {
    201: (ANN, "Ann Lee", "ann", "Acme", "cy; dee"),
    203: (CY, "Cy Diaz", "cy", "Acme", "ann"),
    204: (DEE, "Dee Wu", "dee", "Birch", "ann"),
}
_LINES = {
    301: (ANN, "Ann Lee", "101", "1 Oak St", "102"),
    302: (BO, "Bo Lee", "102", "1 Oak St", "101; 199"),
    303: (CY, "Cy Diaz", "103", "2 Elm St", None),
}
_MENTIONS = [
    (201, "profiles", "friends", CY),
    (201, "profiles", "friends", DEE),
    (203, "profiles", "friends", ANN),
    (204, "profiles", "friends", ANN),
    (301, "lines", "call_partners", BO),
    (302, "lines", "call_partners", ANN),
    (302, "lines", "call_partners", DEE),
]


def scenario() -> Scenario:
    """Return the facts, their weights and the two lists."""
    identifying = {"role": "identifying"}

    def source(fields: tuple[str, ...], **settings: Any) -> dict[str, Any]:
        whom = {"record_of": "person", "gate": "public", "coverage": {"share": 1}}
        return {"label": "x", **whom, **settings, "fields": dict.fromkeys(fields, identifying)}

    return Scenario.model_validate(
        {
            "schema_version": 1,
            "title": "Four people",
            "about": "A worked town.",
            "seed": 1,
            "as_of": "2026-01-01",
            "population": {
                "town_name": "Millbrook",
                "residents_count": 50,
                "outsiders_per_resident": 0,
                "groups": {"a": {"label": "x", "share": 1, "census_group": "white"}},
            },
            "facts": {
                "legal_name": {"label": "Name", "weight": 0},
                "home_address": {"label": "Home", "weight": 3},
                "phone": {"label": "Phone", "weight": 1},
                "handle": {"label": "Account", "weight": 2},
                "employer": {"label": "Employer", "weight": 2},
            },
            "sources": {
                "profiles": source(("display_name", "handle", "employer", "friends"), opt_out=True),
                "lines": source(("full_name", "phone", "street_address", "call_partners")),
            },
            "adversary": {"label": "x", "powers": ["public"]},
        }
    )


def population() -> Population:
    """Return the four people, their homes and their ties."""
    people = pd.DataFrame(
        {
            "household_id": [1, 1, 2, 3],
            "resident": True,
            "group": pd.Categorical(["a"] * 4),
            "birth_date": pd.to_datetime(["1990-01-01"] * 4).astype("datetime64[s]"),
            "first_name": text(["Ann", "Bo", "Cy", "Dee"]),
            "middle_name": text([None] * 4),
            "last_name": text(["Lee", "Lee", "Diaz", "Wu"]),
            "family_name_first": False,
            "address_id": [10, 10, 11, 12],
            "phone": text(["101", "102", "103", "104"]),
            "handle": text(["ann", "bo", "cy", "dee"]),
            "second_handle": text([None] * 4),
            "employer": text(["Acme", None, "Acme", "Birch"]),
        },
        index=pd.Index([ANN, BO, CY, DEE], name="entity_id"),
    )
    addresses = pd.DataFrame(
        {
            "street_address": text(["1 Oak St", "2 Elm St", "3 Fir St"]),
            "city": text(["Millbrook"] * 3),
            "zip_code": text(["55501"] * 3),
            "home_area": text(["A1", "A1", "B1"]),
        },
        index=pd.Index([10, 11, 12], name="address_id"),
    )
    history = pd.DataFrame(
        {
            "entity_id": [DEE],
            "field": ["phone"],
            "value": text(["199"]),
            "valid_from": pd.to_datetime(["2015-01-01"]),
            "valid_to": pd.to_datetime(["2022-01-01"]),
        }
    )
    tied = [(ANN, BO, "household"), (ANN, CY, "coworker"), (BO, DEE, "neighbour")]
    tied += [(ANN, CY, "friend"), (ANN, DEE, "friend")]
    ties = pd.DataFrame(tied, columns=["entity_id_l", "entity_id_r", "tie"])
    return Population(people, pd.DataFrame(), addresses, ties.astype({"tie": "category"}), history)


def collected() -> Collected:
    """Return what the two lists hold."""
    frames = {
        name: pd.DataFrame(
            {
                column: text([row[1 + at] for row in rows.values()])
                for at, column in enumerate(columns)
            }
            | {"record_date": text(["2025-01-01"] * len(rows))},
            index=pd.Index(list(rows), name="record_id"),
        )
        for name, rows, columns in (
            ("profiles", _PROFILES, ("display_name", "handle", "employer", "friends")),
            ("lines", _LINES, ("full_name", "phone", "street_address", "call_partners")),
        )
    }
    rows = [
        (record, source, "*", row[0], "subject")
        for source, records in (("profiles", _PROFILES), ("lines", _LINES))
        for record, row in records.items()
    ]
    rows += [(*mention, "mention") for mention in _MENTIONS]
    truth = pd.DataFrame(rows, columns=["record_id", "source", "field", "entity_id", "role"])
    return Collected(frames, truth)


def result() -> Result:
    """Return the run of the town: Ann's records and Cy's are joined."""
    held = collected()
    nobody = np.array([], dtype=np.int64)
    obtained = Obtained(held, nobody, pd.Series(dtype="int64"), pd.Series(dtype="int64"))
    links = pd.DataFrame(
        {
            "record_id_l": [201, 203],
            "record_id_r": [301, 303],
            "match_weight": 20.0,
            "match_probability": 0.999,
        }
    )
    town, people = scenario(), population()
    true_facts = ground(town, people)
    stated = statements(true_facts, held)
    (joined,) = join_sources(town, held, links, true_facts, stated, every_step=False)
    return replace(
        invented.result(),
        scenario=town,
        seed=town.seed,
        population=people,
        collected=held,
        obtained=obtained,
        links=links,
        membership=joined.membership,
        dossiers=joined.dossiers,
    )
