from dataclasses import replace

import numpy as np
import pandas as pd

from simulator.sources.past_values import PRESENT, PastValues
from tests.sources.conftest import town


def population_with(*spells):
    history = pd.DataFrame(spells, columns=["entity_id", "field", "value", "valid_to"])
    history["valid_to"] = pd.to_datetime(history["valid_to"]).astype("datetime64[s]")
    history["valid_from"] = np.datetime64("2000-01-01", "s")
    return replace(town(40), history=history)


def day(text):
    return np.array([np.datetime64(text, "D").astype(np.int64)])


def test_the_value_in_force_is_the_one_that_ends_first_after_the_day():
    population = population_with(
        (7, "phone", "second", "2025-12-20"),
        (7, "phone", "first", "2025-12-10"),
        (7, "last_name", "Former", "2025-12-31"),
        (9, "phone", "theirs", "2025-12-31"),
    )
    past = PastValues(population, "phone", np.array([7, 9]), int(day("2025-12-01")[0]))
    row = np.array([0])
    said = [past.on(row, day(f"2025-12-{one}"))[0] for one in ("09", "10", "19", "20")]
    values = [None if one == PRESENT else past.value.iloc[one] for one in said]
    assert values == ["first", "second", "second", None]


def test_what_ended_before_does_not_matter():
    population = population_with((7, "phone", "old", "2025-11-30"))
    past = PastValues(population, "phone", np.array([7]), int(day("2025-12-01")[0]))
    assert past.on(np.array([0]), day("2025-11-01")).tolist() == [PRESENT]
