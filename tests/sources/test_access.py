from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import cluster
from simulator.randomness import Stream
from simulator.sources.access import draw_targets, lookup_links, obtain
from simulator.tables import Collected, Population
from tests.sources.conftest import scenario_with
from tests.sources.mapped_town import mapped_town

TARGETS = 300
POWERS = ["public", "purchase", "warrant", "observation"]
TIPS: dict[str, Any] = {
    "label": "Tips",
    "gate": "observation",
    "record_of": "person",
    "coverage": {"share": 0.5},
    "fields": {"first_name": {"role": "identifying"}},
}
SOURCES = ("bills", "profiles", "licences", "tips")


def asking(**settings: Any):
    """Return a scenario with a list behind each kind of gate, and an adversary with targets."""
    return scenario_with(
        **{
            "sources__tips": deepcopy(TIPS),
            "adversary__powers": POWERS,
            "adversary__targets_count": TARGETS,
            "adversary__targeted_requests_count": 10**6,
        }
        | settings
    )


def looking_up(**settings: Any):
    return asking(adversary__method="look_up_targets", **settings)


@pytest.fixture(scope="module")
def town() -> Population:
    return mapped_town()


@pytest.fixture(scope="module")
def collected(town) -> Collected:
    """Four lists: everyone in each, one bill in five with an error in the name."""
    people = town.people
    street = town.addresses["street_address"].loc[people["address_id"]].to_numpy()
    last = people["last_name"].where(~Stream(1, "typo").chance(people.index.to_numpy(), 0.2), "X")
    columns = {
        "bills": people[["first_name", "phone"]].assign(last_name=last, street_address=street),
        "profiles": pd.DataFrame(
            {
                "display_name": people["first_name"] + " " + people["last_name"],
                "birth_month_day": people["birth_date"].dt.strftime("%m-%d").astype(last.dtype),
            }
        ),
        "licences": pd.DataFrame(
            {
                "full_name": people["last_name"].str.upper() + " " + people["first_name"],
                "birth_date": people["birth_date"].dt.strftime("%Y-%m-%d").astype(last.dtype),
            }
        ),
        "tips": people[["first_name"]],
    }
    records, truth = {}, []
    for place, (name, frame) in enumerate(columns.items()):
        record_id = 10 * people.index.to_numpy() + place
        records[name] = frame.set_index(pd.Index(record_id, name="record_id"))
        truth.append(
            pd.DataFrame({"record_id": record_id, "source": name, "entity_id": people.index})
        )
    every = pd.concat(truth, ignore_index=True).assign(field="*", role="subject")
    copied = every.iloc[::7].assign(field="phone")
    sightings = {"tips": pd.DataFrame({"record_id": records["tips"].index.repeat(2)})}
    return Collected(records, pd.concat([every, copied], ignore_index=True), sightings)


def subjects(of: Collected, record_id: Any) -> Any:
    whole = of.truth.loc[of.truth["field"] == "*"].set_index("record_id")["entity_id"]
    return whole.loc[record_id].to_numpy()


def test_targets_are_adult_residents_and_a_longer_list_begins_with_the_shorter(town):
    targets = draw_targets(asking(), town)
    people = town.people.loc[targets]
    assert len(set(targets)) == TARGETS
    assert people["resident"].all()
    assert people["age"].min() >= 18
    assert np.array_equal(targets[:50], draw_targets(asking(adversary__targets_count=50), town))
    shuffled = replace(town, people=town.people.sample(frac=1, random_state=1))
    assert np.array_equal(targets, draw_targets(asking(), shuffled))
    everyone = draw_targets(asking(adversary__targets_count=10**6), town)
    assert len(everyone) == (town.people["resident"] & (town.people["age"] >= 18)).sum()


def test_targets_can_be_drawn_among_those_of_whom_a_fact_is_true(town):
    targets = draw_targets(asking(adversary__targets_with="worship"), town)
    assert town.people.loc[targets, "worship"].notna().all()


def test_bulk_gates_give_the_whole_list_and_closed_gates_nothing(town, collected):
    obtained = obtain(asking(adversary__powers=["public"]), town, collected)
    assert list(obtained.collected.records) == ["profiles"]
    assert obtained.collected.records["profiles"] is collected.records["profiles"]
    assert set(obtained.collected.truth["source"]) == {"profiles"}
    assert obtained.collected.sightings == {}
    assert len(obtained.asked_for) == len(obtained.lookups) == obtained.lookups_count == 0


def test_truth_and_sightings_go_with_the_records(town, collected):
    held = obtain(asking(), town, collected).collected
    assert list(held.records) == list(SOURCES)
    every = np.concatenate([frame.index for frame in held.records.values()])
    whole = held.truth["field"] == "*"
    assert held.truth.loc[whole, "record_id"].tolist() == every.tolist()
    copied = collected.truth.loc[collected.truth["field"] == "phone"]
    kept = copied.loc[copied["record_id"].isin(every)]
    assert held.truth.loc[~whole, "record_id"].tolist() == kept["record_id"].tolist()
    assert set(held.sightings["tips"]["record_id"]) == set(held.records["tips"].index)


def test_a_warrant_brings_what_an_exact_search_finds_of_the_targets(town, collected):
    obtained = obtain(asking(), town, collected)
    found = obtained.collected.records["licences"].index
    asked_for = obtained.asked_for.loc[found]
    assert set(asked_for) <= set(obtained.targets)
    # every list is complete and free of errors here, so every target is found
    assert set(subjects(collected, found)) >= set(obtained.targets)
    stated = collected.records["licences"].loc[found]
    people = town.people.loc[asked_for.to_numpy()]
    named = people["last_name"].str.upper() + " " + people["first_name"]
    assert stated["full_name"].tolist() == named.tolist()
    assert stated["birth_date"].tolist() == people["birth_date"].astype(str).tolist()


def test_an_error_in_a_record_hides_it(town, collected):
    obtained = obtain(looking_up(), town, collected)
    bills = collected.records["bills"]
    garbled = bills.index[bills["last_name"] == "X"]
    assert np.isin(subjects(collected, garbled), obtained.targets).any()
    assert not obtained.collected.records["bills"].index.isin(garbled).any()


def test_a_stranger_of_the_same_name_born_on_the_same_day_comes_along(town, collected):
    obtained = obtain(looking_up(), town, collected)
    found = obtained.asked_for.loc[obtained.collected.records["profiles"].index]
    about = subjects(collected, found.index)
    assert (about != found.to_numpy()).any()
    assert (about == found.to_numpy()).mean() > 0.5


def test_watching_brings_the_records_about_those_who_are_watched(town, collected):
    requests = 101
    obtained = obtain(
        asking(sources__licences__gate="own", adversary__targeted_requests_count=requests),
        town,
        collected,
    )
    assert obtained.lookups.to_dict() == {"tips": requests}
    found = obtained.collected.records["tips"].index
    assert set(subjects(collected, found)) == set(obtained.targets[:requests])
    assert obtained.asked_for.to_dict() == dict(zip(found, subjects(collected, found), strict=True))


def test_requests_are_spent_target_by_target_over_the_sources_in_turn(town, collected):
    obtained = obtain(asking(adversary__targeted_requests_count=9), town, collected)
    assert obtained.lookups.to_dict() == {"licences": 5, "tips": 4}
    assert obtained.lookups_count == 9
    assert set(obtained.asked_for) <= set(obtained.targets[:5])
    unlimited = obtain(asking(), town, collected)
    assert unlimited.lookups.to_dict() == {"licences": TARGETS, "tips": TARGETS}


def test_more_requests_bring_the_same_records_and_more(town, collected):
    before: set[Any] = set()
    for requests in (40, 400, 4000):
        scenario = looking_up(adversary__targeted_requests_count=requests)
        found = set(obtain(scenario, town, collected).asked_for.items())
        assert before < found
        before = found


def test_a_list_that_cannot_be_searched_is_not_asked(town, collected):
    obtained = obtain(asking(sources__tips__gate="warrant"), town, collected)
    assert list(obtained.lookups.index) == ["licences"]
    assert len(obtained.collected.records["tips"]) == 0


def test_an_adversary_that_looks_up_gets_nothing_whole(town, collected):
    obtained = obtain(looking_up(), town, collected)
    assert obtained.lookups.to_dict() == dict.fromkeys(SOURCES, TARGETS)
    every = np.concatenate([frame.index for frame in obtained.collected.records.values()])
    assert obtained.asked_for.index.tolist() == every.tolist()


@pytest.mark.parametrize(
    "sources", [names for size in (1, 2, 4) for names in combinations(SOURCES, size)]
)
def test_what_was_found_for_one_target_is_one_file_in_every_selection(town, collected, sources):
    obtained = obtain(looking_up(), town, collected)
    links = lookup_links(obtained)
    assert not links.duplicated(["record_id_l", "record_id_r"]).any()
    frames = {name: obtained.collected.records[name] for name in sources}
    membership = cluster(links, frames, threshold=0.999, method="connected")
    files = pd.DataFrame(
        {"cluster": membership, "target": obtained.asked_for.loc[membership.index]}
    )
    assert len(files.drop_duplicates()) == files["cluster"].nunique() == files["target"].nunique()


def test_without_targets_look_ups_give_empty_lists_and_no_links(town, collected):
    obtained = obtain(looking_up(adversary__targets_count=0), town, collected)
    assert list(obtained.collected.records) == ["bills", "profiles"]
    assert [len(frame) for frame in obtained.collected.records.values()] == [0, 0]
    assert len(obtained.collected.truth) == len(obtained.asked_for) == obtained.lookups_count == 0
    links = lookup_links(obtained)
    assert len(links) == 0
    assert set(links.dtypes.astype(str)) == {"int64", "float64"}
