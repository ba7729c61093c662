import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.face_templates import face_column, similarity_threshold
from simulator.linkage import LinkSettings, explain_links, face_search, learn, link
from simulator.linkage.blocking import FACE_RULE, block, rules_for
from simulator.linkage.chance import Coincidences
from simulator.linkage.comparisons import COMPARISONS
from simulator.linkage.face_search import most_matches
from simulator.linkage.faces import ALIKE, SAME, likenesses
from simulator.linkage.fields import standardise
from simulator.linkage.levels import face as face_levels
from simulator.linkage.pairs import candidate_pairs
from simulator.tables import FACE, FACE_SIZE
from tests.linkage.frames import invented

SHARE = 1e-3

# what faces alone do not show of names is said in a warning, which is `test_training`'s
pytestmark = pytest.mark.filterwarnings("ignore:the records do not show")


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1)[:, None]).astype(np.float32)


def faces_of(people, quality, seed, present=None):
    """Return a column of pictures of numbered people."""
    own = unit(np.random.default_rng(0).standard_normal((5000, FACE_SIZE)))[people]
    blur = unit(np.random.default_rng(seed).standard_normal((len(people), FACE_SIZE)))
    pictures = unit(np.sqrt(quality) * own + np.sqrt(1 - quality) * blur)
    present = np.ones(len(people), dtype=bool) if present is None else present
    return pd.array(face_column(pictures[present], present), dtype=FACE)


def with_faces(count=300, quality=0.9, share_present=0.8):
    """Return two sources about the same people, in the same order, with names and faces."""
    frames = invented(count)
    for seed, (name, frame) in enumerate(frames.items()):
        present = np.random.default_rng(seed + 10).random(count) < share_present
        frames[name] = frame.assign(face=faces_of(np.arange(count), quality, seed + 1, present))
    return frames


def faces_only(counts=(40, 50), quality=0.9, first=0):
    """Return sources a, b … that hold nothing but faces, of people 0 to count."""
    frames = {}
    for seed, count in enumerate(counts):
        name = "abc"[seed]
        index = pd.Index([f"{name}{row}" for row in range(count)], name="record_id")
        people = np.arange(first, first + count)
        frames[name] = pd.DataFrame({"face": faces_of(people, quality, seed + 1)}, index=index)
    return frames


def table_of(frames, duplicates=(), share=SHARE, **kwargs):
    return standardise(frames, duplicates, face_false_match_share=share, **kwargs)


def all_likenesses(table, left, right):
    """Return the cosines of all pairs of rows, one by one and in double precision."""
    templates = table.faces.templates.astype(np.float64)
    place = table.faces.place
    return np.array([[templates[place[a]] @ templates[place[b]] for b in right] for a in left])


def test_records_without_faces_have_no_face_search():
    table = standardise(invented(5))
    assert table.faces is None
    assert "face" not in table.columns
    assert FACE_RULE not in rules_for(table)
    with pytest.raises(ValueError, match="no record has a face"):
        _ = table.face_search


def test_a_column_of_missing_faces_is_as_good_as_none():
    frames = faces_only()
    empty = {
        name: frame.iloc[:5].assign(face=pd.array([None] * 5, dtype=FACE))
        for name, frame in frames.items()
    }
    assert standardise(empty).faces is None


def test_faces_are_coded_by_what_they_are():
    frames = faces_only((3, 3), quality=1.0)
    frames["b"].iloc[2, 0] = None
    table = table_of(frames)
    codes = table.columns["face"].codes
    assert codes[:2].tolist() == codes[3:5].tolist()
    assert len({*codes[:3]}) == 3
    assert codes[5] == -1
    assert table.columns["face"].texts[0].startswith("face ")


@pytest.mark.parametrize("block_size", [(512, 16_384), (7, 11), (16, 8)])
@pytest.mark.parametrize("duplicates", [(), ("b",)])
def test_search_looks_at_every_pair_once(monkeypatch, block_size, duplicates):
    monkeypatch.setattr(face_search, "_BLOCK", block_size)
    frames = faces_only((40, 50), quality=0.5)
    table = table_of(frames, duplicates)
    found = table.face_search
    wanted, reached = set(), {SAME: [], ALIKE: []}
    a, b = np.arange(40), np.arange(40, 90)
    for left, right in ((a, b), (b, b))[: 1 + len(duplicates)]:
        cosines = all_likenesses(table, left, right)
        once = left[:, None] < right[None, :]
        for likeness, least in table.faces.likeness.items():
            reached[likeness].append(np.count_nonzero((cosines >= least) & once))
        hit = np.argwhere((cosines >= table.faces.likeness[SAME]) & once)
        wanted |= {(left[i], right[j]) for i, j in hit}
    assert set(zip(found.left, found.right, strict=True)) == wanted
    assert len(found.left) == len(wanted) > 30
    assert found.left_out == 0
    assert {name: list(counts) for name, counts in found.reached.items()} == reached
    assert found.pairs.tolist() == ([2000.0, 1225.0] if duplicates else [2000.0])


def test_what_search_says_is_what_comparing_says():
    frames = faces_only((200, 200), quality=0.3)
    table = table_of(frames)
    left, right = (rows.ravel() for rows in np.mgrid[0:200, 200:400])
    levels = face_levels(table, left, right)
    found = table.face_search
    same = {*zip(left[levels == 3], right[levels == 3], strict=True)}
    assert same == {*zip(found.left, found.right, strict=True)}
    assert np.count_nonzero(levels >= 2) == found.reached[ALIKE][0]


@given(st.integers(0, 2**32 - 1))
def test_likeness_is_exact_in_single_precision(seed):
    rng = np.random.default_rng(seed)
    one, other = (
        pd.DataFrame({"face": pd.array(face_column(unit(rows), np.ones(4, bool)), dtype=FACE)})
        for rows in rng.standard_normal((2, 4, FACE_SIZE))
    )
    table = table_of({"a": one, "b": other.set_axis(range(4, 8))})
    cosines = all_likenesses(table, range(4), range(4, 8))
    for row in range(4):
        assert (likenesses(table.faces, np.full(4, row), np.arange(4, 8)) == cosines[row]).all()


def test_where_either_has_no_face_there_is_nothing_to_compare():
    frames = faces_only((2, 2), quality=1.0)
    frames["b"].iloc[1, 0] = None
    table = table_of(frames)
    assert face_levels(table, np.array([0, 1, 1]), np.array([2, 3, 2])).tolist() == [3, 0, 1]


def test_search_is_set_by_the_settings():
    table = table_of(faces_only(), share=1e-4)
    assert table.faces.likeness[SAME] == pytest.approx(similarity_threshold(1e-4))
    assert table.faces.likeness[ALIKE] == pytest.approx(similarity_threshold(3e-3))
    learnt = learn(faces_only(), settings=LinkSettings(face_false_match_share=0.01))
    assert learnt.table.faces.false_match_share == 0.01


def test_too_many_pairs_leave_the_least_alike_out(monkeypatch):
    frames = faces_only((60, 60), quality=0.6)
    every = table_of(frames, share=0.05).face_search
    monkeypatch.setattr(face_search, "PAIRS_ALWAYS", 40)
    monkeypatch.setattr(face_search, "PAIRS_PER_FACE", 0)
    monkeypatch.setattr(face_search, "_BLOCK", (8, 8))
    table = table_of(frames, share=0.05)
    fewer = table.face_search
    assert len(every.left) > 160  # more than four times as many, so some were dropped on the way
    assert len(fewer.left) == 40
    assert fewer.left_out == len(every.left) - 40
    kept = likenesses(table.faces, fewer.left, fewer.right)
    assert kept.min() >= np.sort(likenesses(table.faces, every.left, every.right))[-40]
    assert fewer.reached[SAME] == every.reached[SAME]


def test_faces_bring_pairs_that_no_other_rule_brought():
    frames = with_faces()
    frames["b"]["last_name"] = None
    table = table_of(frames)
    blocks = block(table, rules_for(table))
    assert blocks.rules[-1] == FACE_RULE
    pieces = list(candidate_pairs(table, blocks, 37))
    pairs = [
        pair
        for _, left, right in pieces
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    ]
    assert len(pairs) == len(set(pairs))
    search = table.face_search
    assert {*zip(search.left.tolist(), search.right.tolist(), strict=True)} <= set(pairs)
    by_face = sum(len(left) for number, left, _ in pieces if number == len(blocks.rules) - 1)
    assert 0 < by_face < len(search.left)


def test_events_of_two_sources_are_not_compared():
    frames = faces_only((20, 20, 20))
    table = table_of(frames, attaching=("b", "c"))
    found = table.face_search
    assert {*table.source[found.left]} == {0}
    assert {*table.source[found.right]} == {1, 2}


def test_chance_likeness_is_counted_without_the_matches():
    frames = faces_only((900, 900))
    table = table_of(frames)
    comparison = tuple(c for c in COMPARISONS if c.name == "face")
    m = {"face": np.array([[0.0, 0.0, 1.0]])}
    u = Coincidences(table, comparison).estimate(np.array([900.0]), m).u["face"][0]
    assert u[2] == pytest.approx(SHARE, rel=0.15)  # with the 900 matches it would be twice as much
    assert u[1] + u[2] == pytest.approx(30 * SHARE, rel=0.1)
    assert u.sum() == pytest.approx(1)


def test_strangers_within_a_source_tell_how_alike_a_population_is():
    frames = faces_only((400, 400))
    common = np.zeros(FACE_SIZE)
    common[0] = 1.0
    rng = np.random.default_rng(3)
    alike = unit(0.9 * unit(rng.standard_normal((400, FACE_SIZE))) + 0.44 * common)
    frames["a"]["face"] = pd.array(face_column(alike, np.ones(400, bool)), dtype=FACE)
    frames["b"]["face"] = frames["a"]["face"].to_numpy()
    found = table_of(frames).face_search
    cosines = alike.astype(float) @ alike.T.astype(float)
    expected = (cosines[np.triu_indices(400, 1)] >= similarity_threshold(SHARE)).mean()
    assert expected > 10 * SHARE
    assert found.strangers[SAME] == pytest.approx(expected, rel=0.02)
    assert table_of(frames, ("a", "b")).face_search.strangers[SAME] == SHARE


def test_faces_bound_how_many_matches_there_can_be():
    table = table_of(faces_only((800, 1000)))
    m = np.array([[0.0, 0.0, 1.0]])
    most = most_matches(table, m, np.array([800_000.0]))
    assert 780 <= most[0] < 900  # 800 people are in both, and 800 strangers are taken for one


def test_the_order_of_rows_makes_no_difference():
    frames = with_faces(400)
    settings = LinkSettings(face_false_match_share=SHARE)
    rng = np.random.default_rng(4)
    shuffled = {name: frame.iloc[rng.permutation(len(frame))] for name, frame in frames.items()}
    once, again = (link(records, settings=settings) for records in (frames, shuffled))
    assert len(once) > 300
    pd.testing.assert_frame_equal(once, again)


def test_a_face_joins_what_nothing_else_would():
    frames = with_faces(300, share_present=1.0)
    frames["b"][["last_name", "birth_date"]] = None
    links = link(frames)
    right = links["record_id_l"].str[1:] == links["record_id_r"].str[1:]
    sure = links["match_probability"] > 0.9
    assert right[sure].mean() > 0.98
    assert right[sure].sum() > 280


def test_faces_alone_are_as_sure_as_the_crowd_lets_them_be():
    frames = faces_only((1000, 3000))
    frames["a"]["face"] = faces_of(np.arange(1000) + 2500, 0.9, 5)  # half of them are in b
    links = link(frames, settings=LinkSettings(face_false_match_share=SHARE))
    people = (links[side].str[1:].astype(int) for side in ("record_id_l", "record_id_r"))
    right = np.equal(next(people) + 2500, next(people)).to_numpy()
    assert right.sum() > 490
    stated = links["match_probability"].to_numpy()
    assert stated.mean() == pytest.approx(right.mean(), abs=0.03)
    assert stated.max() < 0.9  # three strangers a record look like its owner as much


def test_a_link_by_face_can_be_explained():
    frames = with_faces(100, share_present=1.0)
    learnt = learn(frames)
    explained = explain_links(learnt, learnt.links.nlargest(5, "match_probability"))
    rows = explained.loc[explained["comparison"] == "face"]
    assert (rows["level"] == "same face").all()
    assert (rows["bits"] > 3).all()
    assert rows["value_l"].str.fullmatch("face [0-9a-f]{12}").all()
