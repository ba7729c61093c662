import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.bypass import measure_bypass
from simulator.exposure.intervals import resample_households
from simulator.exposure.person import measure_people
from simulator.scenario.schema import GATES_BY_DEMAND
from tests.dossiers.five_people import (
    COLUMNS,
    collected,
    membership,
    population,
    scenario_with_roles,
)
from tests.dossiers.random_town import random_membership, random_population, random_records


def stated(sources=tuple(COLUMNS)):
    """Return (entity, fact) -> (gate, whether only reserved columns give it)."""
    town = ground(scenario_with_roles(), population())
    found = assemble(town, statements(town, collected()), membership(), sources)
    return {
        (row.entity_id, row.fact): (row.gate, row.warrant_reserved)
        for row in found.facts.itertuples()
    }


def test_the_least_demanding_gate_counts():
    known = stated()
    # Ann: the utility and the broker both sell her number, which the law reserves
    assert known[1, "phone"] == ("purchase", True)
    assert known[1, "clinic_visits"] == ("purchase", True)
    assert known[1, "home_address"] == ("purchase", False)
    # her date of birth needs the broker's year and, by agreement, the day from social media
    assert known[1, "birth_date"] == ("agreement", False)
    # Dan's home is in the utility's list, for sale, and in the DMV's, open to anyone
    assert known[4, "home_address"] == ("public", False)
    assert stated(("utility",))[4, "home_address"] == ("purchase", False)


def forty(facts):
    people = pd.DataFrame(
        {"group": ["a"] * 20 + ["b"] * 20, "household_id": np.arange(40)},
        index=pd.Index(np.arange(40), name="entity_id"),
    )

    class Found:
        def __init__(self, table):
            self.facts = table

    gate = pd.Categorical(facts["gate"], categories=GATES_BY_DEMAND)
    found = Found(facts.assign(gate=gate))
    return measure_bypass(found, people, resample_households(people["household_id"], 1))


def test_shares_are_of_the_weight_that_right_facts_earn():
    # everyone's phone is public (weight 3); in group a a clinic was bought around a warrant
    # (weight 1), in group b bought without one being needed; 99 is an outsider
    every, half = np.arange(40), np.arange(20)
    facts = pd.DataFrame(
        {
            "entity_id": [*every, *half, *(half + 20), 99],
            "gate": ["public"] * 40 + ["purchase"] * 40 + ["warrant"],
            "warrant_reserved": [True] * 60 + [False] * 20 + [True],
            "credit": [3.0] * 40 + [1.0] * 41,
        }
    )
    table = forty(facts)
    value = table.set_index(["group", "metric"])["value"]
    assert value["all", "gate_public_share"] == 0.75
    assert value["all", "gate_purchase_share"] == 0.25
    assert value["all", "gate_warrant_share"] == 0
    # what is public was not bought, whatever the law says of it
    assert value["all", "bypass_share"] == pytest.approx(1 / 8)
    assert value["a", "bypass_share"] == pytest.approx(1 / 4)
    assert value["b", "bypass_share"] == 0
    assert set(table["n"]) == {40, 20}
    assert set(table["interval"]) == {"household_bootstrap"}


def test_where_nothing_is_known_there_is_no_share():
    facts = pd.DataFrame(
        {"entity_id": [1], "gate": ["public"], "warrant_reserved": [False], "credit": [0.0]}
    )
    table = forty(facts)
    assert table["value"].isna().all()
    assert set(table["n"]) == {0}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 0.5))
def test_gates_sum_to_the_whole_and_a_bypass_is_a_purchase(seed, errors_share):
    rng = np.random.default_rng(seed)
    town_people = random_population(rng)
    held = random_records(rng, town_people, errors_share)
    town = ground(scenario_with_roles(), town_people)
    found = assemble(town, statements(town, held), random_membership(rng, held), tuple(COLUMNS))
    people = measure_people(found, town_people)
    resamples = resample_households(people["household_id"], 1)
    table = measure_bypass(found, people, resamples)
    value = table.loc[table["group"] == "all"].set_index("metric")["value"]
    gates = value.drop("bypass_share")
    if gates.notna().all():
        assert gates.sum() == pytest.approx(1)
        assert 0 <= value["bypass_share"] <= value["gate_purchase_share"] + 1e-12
