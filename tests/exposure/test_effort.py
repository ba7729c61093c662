import numpy as np
import pandas as pd
import pytest

from simulator.exposure.effort import measure_effort


def people():
    """Return forty residents, half in each group; three in four of group a have a dossier."""
    in_a = np.arange(40) < 20
    return pd.DataFrame(
        {"group": np.where(in_a, "a", "b"), "named": in_a & (np.arange(40) % 4 > 0)},
        index=pd.Index(np.arange(40), name="entity_id"),
    )


def values(table):
    return table.set_index(["group", "metric"])["value"].to_dict()


def test_bystanders_are_those_with_a_file_whom_nobody_asked_about():
    # 1 and 2 have a dossier, 4 has none, 99 is no resident
    table = measure_effort(people(), np.array([1, 2, 4, 99]), 12, 0.5)
    assert values(table) == {
        ("all", "targets_count"): 4,
        ("all", "lookups_count"): 12,
        ("all", "dossiers_count"): 15,
        ("all", "review_hours"): 7.5,
        ("all", "bystanders_count"): 13,
        ("all", "bystanders_share"): 13 / 40,
        ("a", "bystanders_share"): 13 / 20,
        ("b", "bystanders_share"): 0,
    }
    share = table.loc[table["metric"] == "bystanders_share"]
    assert (share["low"] <= share["value"]).all()
    assert (share["value"] <= share["high"]).all()
    assert set(share["interval"]) == {"wilson"}


def test_without_a_target_list_everybody_with_a_file_is_a_bystander():
    table = measure_effort(people(), np.array([], dtype=np.int64), 0, 0.0)
    assert values(table)["all", "bystanders_share"] == pytest.approx(15 / 40)


def test_a_group_of_fewer_than_twenty_is_withheld():
    few = people().iloc[:30]
    table = measure_effort(few, np.array([1]), 1, 0.0).set_index(["group", "metric"])
    assert np.isnan(table.loc[("b", "bystanders_share"), "value"])
    assert table.loc[("b", "bystanders_share"), "n"] == 10


def test_a_town_without_files_takes_no_hours():
    table = measure_effort(people().assign(named=False), np.array([1]), 5, 3.0)
    assert values(table)["all", "review_hours"] == 0
    assert values(table)["all", "bystanders_share"] == 0
