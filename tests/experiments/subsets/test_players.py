from __future__ import annotations

from simulator.experiments.subsets import Player, players, sources_of
from simulator.scenario import load_scenario
from tests.dossiers import five_people


def test_every_list_of_the_town_is_a_player_in_the_scenarios_order():
    scenario = load_scenario("town", people=100)
    assert players(scenario) == (
        Player("Utility bills", ("utility",)),
        Player("Social media", ("social",)),
        Player("Data broker", ("broker",)),
        Player("Driver's licences", ("dmv",)),
    )


def test_what_opens_for_named_targets_only_is_one_player_the_last():
    scenario = load_scenario("modern", people=100)
    found = players(scenario)
    assert len(found) == 19
    assert found[-1] == Player(
        "Named targets only", ("informants", "phone_location", "court_records")
    )
    assert all(len(player.sources) == 1 for player in found[:-1])
    assert sources_of(scenario, found, (1 << 19) - 1) == scenario.reachable()


def test_nobody_to_ask_is_no_player():
    scenario = load_scenario("modern", people=100)
    adversary = scenario.adversary.model_copy(update={"targets_count": 0})
    labels = [
        player.label for player in players(scenario.model_copy(update={"adversary": adversary}))
    ]
    assert len(labels) == 18
    assert "Named targets only" not in labels


def test_two_lists_of_one_label_are_told_apart():
    labels = [player.label for player in players(five_people.scenario())]
    assert labels == ["x (utility)", "x (social)", "x (broker)", "x (dmv)"]


def test_a_subset_brings_the_sources_of_its_bits_in_the_scenarios_order():
    scenario = load_scenario("town", people=100)
    everyone = players(scenario)
    assert sources_of(scenario, everyone, 0) == ()
    assert sources_of(scenario, everyone, 0b1001) == ("utility", "dmv")
    assert sources_of(scenario, everyone[::-1], 0b1001) == ("utility", "dmv")
