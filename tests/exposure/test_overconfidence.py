import numpy as np
import pandas as pd
import pytest

from simulator.exposure.intervals import resample_households
from simulator.exposure.overconfidence import overconfidence

PEOPLE = 60


def found(links, subjects, threshold=0.9, people=PEOPLE):
    """Residents 0 to 59, half of each group, a household of two each; records by position."""
    residents = pd.DataFrame(
        {
            "group": pd.Categorical(np.repeat(["a", "b"], people // 2)),
            "household_id": np.arange(people) // 2,
        }
    )
    truth = pd.DataFrame({"record_id": range(len(subjects)), "field": "*", "entity_id": subjects})
    frame = pd.DataFrame(links, columns=["record_id_l", "record_id_r", "match_probability"])
    table = overconfidence(
        frame, truth, residents, threshold, resample_households(residents["household_id"], 1)
    )
    return table.set_index(["group", "metric"])


def test_links_below_the_threshold_are_not_accepted():
    own = [(person, PEOPLE + person, 0.95) for person in range(PEOPLE)]
    loose = [(person, (person + 1) % PEOPLE, 0.5) for person in range(PEOPLE)]
    subjects = [*range(PEOPLE), *range(PEOPLE)]
    table = found(own + loose, subjects)
    assert table.loc[("all", "accepted_precision"), ["value", "n"]].tolist() == [1.0, 60]
    assert table.loc[("all", "overconfidence"), "value"] == pytest.approx(-0.05)
    lower = found(own + loose, subjects, threshold=0.4)
    assert lower.loc[("all", "accepted_precision"), ["value", "n"]].tolist() == [0.5, 120]
    assert lower.loc[("all", "overconfidence"), "value"] == pytest.approx(0.725 - 0.5)


def test_the_interval_is_wilsons_of_precision_so_no_mistake_seen_is_not_none():
    """60 of 60: Wilson's lower limit is 0.9398."""
    links = [(person, PEOPLE + person, 0.95) for person in range(PEOPLE)]
    table = found(links, [*range(PEOPLE), *range(PEOPLE)])
    low, high = table.loc[("all", "overconfidence"), ["low", "high"]]
    assert (low, high) == pytest.approx((-0.05, 0.95 - 0.9398), abs=1e-4)
    assert table.loc[("all", "overconfidence"), "interval"] == "wilson"


def test_a_link_between_groups_counts_half_for_each_and_one_to_an_outsider_whole():
    across = [(person, 30 + person, 0.95) for person in range(30)]
    table = found(across, list(range(PEOPLE)))
    assert table["n"].xs("accepted_precision", level="metric").to_dict() == {
        "all": 30, "a": 15, "b": 15,
    }  # fmt: skip
    outside = [(person, PEOPLE + person, 0.95) for person in range(30)]
    table = found(outside, [*range(PEOPLE), *range(1000, 1030)])
    assert table["n"].xs("accepted_precision", level="metric").to_dict() == {
        "all": 30, "a": 30, "b": 0,
    }  # fmt: skip


def test_links_between_outsiders_count_for_nobody():
    table = found([(0, 1, 0.95)] * 40, [1000, 1000])
    assert table["value"].isna().all()
    assert set(table["n"]) == {0}


def test_fewer_than_twenty_residents_with_links_are_withheld():
    links = [(person, PEOPLE + person, 0.95) for person in range(19)]
    table = found(links, [*range(PEOPLE), *range(PEOPLE)])
    assert table["value"].isna().all()
    assert table.loc[("all", "overconfidence"), "n"] == 19


def test_without_links_nothing_is_said():
    table = found([], list(range(PEOPLE)))
    assert table["value"].isna().all()
