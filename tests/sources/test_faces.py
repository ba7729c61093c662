import numpy as np
import pandas as pd
import pytest

from simulator.face_templates import face_column, similarity_threshold, templates_of
from simulator.randomness import Stream
from simulator.sources import collect
from simulator.sources.faces import common_share, face_pictures, false_matches
from simulator.tables import FACE, FACE_SIZE
from tests.sources.conftest import scenario_with

PICTURES = {"face": {"role": "identifying", "quality": 0.8, "missing_share": 0.25}}


def groups(**factors):
    """Return a scenario whose groups have these false match factors."""
    return {
        name: {
            "label": name,
            "share": 1 / len(factors),
            "census_group": "white",
            "face_false_match_factor": factor,
        }
        for name, factor in factors.items()
    }


def pictures(scenario, entity_id, group, source="camera", quality=0.9):
    """Return one template per entity as float32 rows; the group is a name for all."""
    names = pd.Categorical([group] * len(entity_id), categories=[*scenario.population.groups])
    keys = entity_id.astype(np.uint64)
    stream = Stream(scenario.seed, source)
    column = face_pictures(scenario, entity_id, names, keys, quality, stream)
    return templates_of(pd.Series(pd.array(column, dtype=FACE)))[0]


def false_match_rate(scenario, group, share, people_count, qualities=(0.9, 0.5)):
    """Return the measured rate among `people_count` people on each side, all of one group."""
    left = pictures(scenario, np.arange(people_count), group, "dmv", qualities[0])
    others = np.arange(people_count, 2 * people_count)
    right = pictures(scenario, others, group, "airport", qualities[1])
    least = similarity_threshold(share)
    pieces = np.array_split(left, max(1, people_count // 1000))
    return sum(np.count_nonzero(piece @ right.T >= least) for piece in pieces) / people_count**2


def test_templates_have_length_one_and_are_of_the_right_type():
    scenario = scenario_with()
    found = pictures(scenario, np.arange(100), "a")
    assert found.shape == (100, FACE_SIZE)
    assert np.allclose((found.astype(float) ** 2).sum(axis=1), 1, atol=1e-6)


def test_a_face_is_the_persons_own_everywhere_and_a_picture_the_records_own():
    scenario = scenario_with()
    people = np.arange(50)
    perfect = [pictures(scenario, people, "a", source, 1.0) for source in ("dmv", "airport")]
    assert np.array_equal(*perfect)
    once, again = (pictures(scenario, people, "a", source) for source in ("dmv", "airport"))
    assert not np.array_equal(once, again)
    own = (once * again).sum(axis=1)
    assert own.mean() == pytest.approx(0.9, abs=0.02)
    assert np.abs((once * again[::-1]).sum(axis=1)).mean() < 0.2


def test_pictures_without_quality_show_nobody():
    scenario = scenario_with()
    people = np.arange(2000)
    blurred = pictures(scenario, people, "a", quality=0.0)
    likeness = (blurred * pictures(scenario, people, "a", "dmv", 1.0)).sum(axis=1)
    assert abs(likeness.mean()) < 0.02


def test_who_else_is_asked_makes_no_difference():
    scenario = scenario_with(population__groups=groups(a=1, b=10))
    every = pictures(scenario, np.arange(20), "b")
    some = pictures(scenario, np.array([7, 3]), "b")
    assert np.array_equal(some, every[[7, 3]])


def test_what_a_group_has_in_common_depends_on_its_name_alone():
    one = scenario_with(population__groups=groups(a=1, b=10))
    other = scenario_with(population__groups=groups(c=5, b=10, a=1))
    people = np.arange(5)
    assert np.array_equal(pictures(one, people, "b"), pictures(other, people, "b"))


@pytest.mark.parametrize("share", [1e-7, 1e-4, 1e-2])
def test_the_rate_solved_for_is_the_one_wanted(share):
    assert common_share(1.0, share) == 0.0
    assert false_matches(0.0, similarity_threshold(share)) == pytest.approx(share, rel=1e-6)
    shares = [common_share(factor, share) for factor in (2.0, 10.0, 40.0)]
    assert 0 < shares[0] < shares[1] < shares[2]
    for factor, common in zip((2.0, 10.0, 40.0), shares, strict=True):
        found = false_matches(common, similarity_threshold(share))
        assert found == pytest.approx(factor * share, rel=1e-6)


def test_at_most_half_of_a_group_is_taken_for_one():
    found = false_matches(common_share(100.0, 0.01), similarity_threshold(0.01))
    assert found == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize(("group", "factor"), [("a", 1), ("b", 10), ("c", 100)])
def test_a_group_is_falsely_matched_as_many_times_as_often_as_the_scenario_says(group, factor):
    share = 1e-3  # 1,000 false matches expected of the first group, more of the others
    scenario = scenario_with(
        population__groups=groups(a=1, b=10, c=100), linkage={"face_false_match_share": share}
    )
    assert false_match_rate(scenario, group, share, 1000) == pytest.approx(factor * share, rel=0.2)


@pytest.mark.slow
@pytest.mark.parametrize("qualities", [(1.0, 1.0), (0.9, 0.3)])
@pytest.mark.parametrize("factor", [1, 2, 5, 10, 30, 100])
def test_it_is_so_at_every_setting(factor, qualities):
    for seed, share, people_count in ((3, 1e-5, 10_000), (4, 1e-4, 4_000), (5, 5e-3, 1_000)):
        scenario = scenario_with(
            seed=seed,
            population__groups=groups(a=factor),
            linkage={"face_false_match_share": share},
        )
        found = false_match_rate(scenario, "a", share, people_count, qualities)
        assert found == pytest.approx(min(factor * share, 0.5), rel=0.2)


def test_a_source_holds_the_faces_of_its_subjects_and_lacks_some(population):
    scenario = scenario_with(
        sources__bills__fields=PICTURES, sources__profiles__fields=PICTURES, noise_enabled=True
    )
    collected = collect(scenario, population)
    frame = collected.records["profiles"]
    assert frame["face"].dtype == FACE
    assert frame["face"].isna().mean() == pytest.approx(0.25, abs=0.04)
    templates, present = templates_of(frame["face"])
    about = collected.truth.loc[collected.truth["field"] == "*"].set_index("record_id")
    people = population.people.loc[about.loc[frame.index[present], "entity_id"]]
    own = [pictures(scenario, people.index.to_numpy(), name, "x", 1.0) for name in ("a", "b")]
    expected = np.where((people["group"] == "a").to_numpy()[:, None], *own)
    likeness = (templates * expected).sum(axis=1)
    assert likeness.mean() == pytest.approx(np.sqrt(0.8), abs=0.02)
    assert likeness.min() > 0.5


def test_a_face_has_no_errors_but_its_quality(population):
    noisy = {"noise": {"blank": {"cells_share": 0.5}, "typing": {"cells_share": 0.5}}}
    settings = {
        "label": "Cameras",
        "gate": "own",
        "record_of": "person",
        "coverage": {"share": 0.5},
        "fields": {"face": {"role": "identifying"}, "sex": {"role": "quasi-identifier"}},
    }
    quiet, loud = (
        collect(scenario_with(sources__cameras=settings | noise), population).records["cameras"]
        for noise in ({}, noisy)
    )
    assert loud["sex"].isna().any()
    pd.testing.assert_series_equal(quiet["face"], loud["face"])


def test_templates_and_columns_are_each_others_reverse():
    rng = np.random.default_rng(1)
    templates = rng.standard_normal((3, FACE_SIZE)).astype(np.float32)
    present = np.array([True, False, True, True])
    column = pd.Series(pd.array(face_column(templates, present), dtype=FACE))
    assert column.isna().tolist() == [False, True, False, False]
    again, where = templates_of(column)
    assert np.array_equal(again, templates)
    assert np.array_equal(where, present)
