import networkx as nx
import numpy as np
import pytest

from simulator.population import ego_network
from simulator.population.ties import TIES


def test_each_pair_is_tied_at_most_once_per_kind(population):
    ties = population.ties
    assert (ties["entity_id_l"] < ties["entity_id_r"]).all()
    assert not ties.duplicated().any()
    assert set(ties["tie"].unique()) == set(TIES)
    for side in ("entity_id_l", "entity_id_r"):
        assert ties[side].isin(population.people.index).all()


def test_all_housemates_are_tied_and_nobody_else_is(population):
    ties = population.ties.loc[population.ties["tie"] == "household"]
    home = population.people["household_id"]
    assert (home[ties["entity_id_l"]].to_numpy() == home[ties["entity_id_r"]].to_numpy()).all()
    size = population.households["size_count"]
    assert len(ties) == (size * (size - 1) // 2).sum()


def test_coworkers_share_an_employer_and_kin_a_name(population):
    for tie, column in (("coworker", "employer"), ("kin", "group")):
        ties = population.ties.loc[population.ties["tie"] == tie]
        left, right = (
            population.people[column].reindex(ties[side]).to_numpy()
            for side in ("entity_id_l", "entity_id_r")
        )
        assert (left == right).all()
    home = population.people["household_id"]
    kin = population.ties.loc[population.ties["tie"] == "kin"]
    assert (home[kin["entity_id_l"]].to_numpy() != home[kin["entity_id_r"]].to_numpy()).all()


def test_friends_form_a_small_world(population):
    residents = population.people.index[population.people["resident"]][:2000]
    friends = population.ties.loc[population.ties["tie"] == "friend"]
    graph = nx.Graph()
    graph.add_nodes_from(population.people.index[population.people["resident"]].tolist())
    inside = friends["entity_id_l"].isin(graph) & friends["entity_id_r"].isin(graph)
    pairs = friends.loc[inside, ["entity_id_l", "entity_id_r"]].to_numpy().tolist()
    graph.add_edges_from(pairs)
    degree = 2 * graph.number_of_edges() / graph.number_of_nodes()
    random_clustering = degree / graph.number_of_nodes()
    clustering = nx.average_clustering(graph, residents[:500].tolist())
    assert clustering > 50 * random_clustering
    lengths = nx.single_source_shortest_path_length(graph, int(residents[0]))
    assert np.mean(list(lengths.values())) < 9
    assert len(lengths) > 0.99 * graph.number_of_nodes()


def test_some_people_have_many_friends_and_all_have_some(population):
    friends = population.ties.loc[population.ties["tie"] == "friend"]
    degree = np.bincount(
        np.searchsorted(
            population.people.index, friends[["entity_id_l", "entity_id_r"]].to_numpy().ravel()
        ),
        minlength=len(population.people),
    )
    assert degree.min() >= 1
    assert 5 < degree.mean() < 10
    assert degree.max() > 2.5 * degree.mean()


def test_an_ego_network_holds_the_ties_of_its_middle(population):
    middle = int(population.people.index[40])
    graph = ego_network(population, middle)
    ties = population.ties
    one, two = ties["entity_id_l"], ties["entity_id_r"]
    known = set(two[one == middle]) | set(one[two == middle])
    assert set(graph.neighbors(middle)) == known
    assert set(graph) == known | {middle}
    assert set(graph) <= set(ego_network(population, middle, radius=2))
    assert all(set(kinds) <= set(TIES) for _, _, kinds in graph.edges(data="ties"))


def test_an_ego_network_of_nobody_is_an_error(population):
    with pytest.raises(KeyError):
        ego_network(population, -5)
