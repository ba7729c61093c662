import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.merging import lay, lowest
from simulator.scenario.reading import read_layer

# RFC 7396, appendix A: original, patch, result
RFC_7396 = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


def layer(values, name="x.yaml"):
    return read_layer(json.dumps(values), name)


def merged(*all_values):
    found = lowest(layer(all_values[0]))
    for number, values in enumerate(all_values[1:]):
        found = lay(found, layer(values, f"{number}.yaml"))
    return found


@pytest.mark.parametrize(("original", "patch", "result"), RFC_7396)
def test_the_examples_of_the_standard(original, patch, result):
    found = merged({"at": original}, {"at": patch})
    assert found.values == {"at": result}
    assert not found.problems


def test_a_whole_value_may_be_deleted():
    assert merged({"at": {"a": "foo"}}, {"at": None}).values == {}


values = st.recursive(
    st.one_of(st.booleans(), st.integers(-99, 99), st.text("ab", max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("xyz", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)
trees = st.dictionaries(st.text("xyz", min_size=1, max_size=2), values, max_size=4)


def paths(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, step))


def by_the_standard(target, patch):
    """The pseudocode of RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = by_the_standard(result.get(name), value)
    return result


@given(trees, trees, trees)
def test_layers_are_merged_by_the_standard_one_after_the_other(bottom, middle, top):
    wanted = by_the_standard(by_the_standard(bottom, middle), top)
    assert merged(bottom, middle, top).values == wanted


@given(trees, trees)
def test_every_value_has_one_place_and_nothing_else_has(bottom, top):
    found = merged(bottom, top)
    assert set(found.origins) == set(paths(found.values)) - {()}
    for origins in found.origins.values():
        for origin in origins:
            assert origin.written in origin.layer.document.marks


@given(trees)
def test_an_empty_layer_changes_nothing(bottom):
    assert merged(bottom, {}) == merged(bottom)


@given(trees, trees)
def test_the_layers_below_are_left_as_they_are(bottom, top):
    below = lowest(layer(bottom))
    before = deepcopy(below.values), dict(below.origins)
    lay(below, layer(top))
    assert (below.values, below.origins) == before


SOURCES = {
    "sources": {
        "a": {"gate": "public", "fields": {"city": {"role": "identifying"}}},
        "b": {"gate": "own", "fields": {"phone": {"role": "identifying"}}, "sightings": {"at": []}},
    }
}


def sources_after(*patches):
    found = merged(SOURCES, *({"sources": patch} for patch in patches))
    assert not found.problems
    return found.values["sources"]


def test_the_star_stands_for_every_entry_already_there():
    found = sources_after({"*": {"gate": "purchase"}})
    assert {name: source["gate"] for name, source in found.items()} == {
        "a": "purchase",
        "b": "purchase",
    }
    assert sources_after({"*": None}) == {}


def test_what_is_named_comes_after_the_star_wherever_it_is_written():
    for patch in (
        {"*": {"gate": "purchase"}, "a": {"gate": "own"}},
        {"a": {"gate": "own"}, "*": {"gate": "purchase"}},
    ):
        assert sources_after(patch)["a"]["gate"] == "own"


def test_a_star_may_stand_inside_a_star():
    found = sources_after({"*": {"fields": {"*": {"missing_share": 0.5}}}})
    assert found["a"]["fields"] == {"city": {"role": "identifying", "missing_share": 0.5}}


def test_through_a_star_nothing_is_changed_where_there_is_nothing_to_change():
    star = {"fields": {"phone": {"missing_share": 1}, "face": None}, "sightings": {"at": ["home"]}}
    found = sources_after({"*": star})
    assert found["a"] == SOURCES["sources"]["a"]
    assert found["b"]["fields"]["phone"]["missing_share"] == 1
    assert found["b"]["sightings"] == {"at": ["home"]}


def test_through_a_star_what_can_stand_by_itself_is_added():
    found = sources_after({"*": {"noise": {"typing": {"cells_share": 0.1}}}})
    assert all(source["noise"] == {"typing": {"cells_share": 0.1}} for source in found.values())


def test_the_later_overlay_has_the_last_word():
    closed, opened = {"a": {"gate": "own"}}, {"a": {"gate": "public"}}
    assert sources_after(closed, opened)["a"]["gate"] == "public"
    assert sources_after(opened, closed)["a"]["gate"] == "own"


def test_a_later_overlay_may_change_what_an_earlier_one_added():
    new = {"gate": "own", "label": "C", "record_of": "person", "coverage": {}, "fields": {}}
    assert sources_after({"c": new}, {"c": {"gate": "public"}})["c"]["gate"] == "public"


def test_what_is_deleted_and_written_again_is_new():
    found = merged({"sources": {"a": 1, "b": 2}}, {"sources": {"a": None}}, {"sources": {"a": 3}})
    assert list(found.values["sources"].items()) == [("b", 2), ("a", 3)]
    assert not found.deleted


def test_a_value_remembers_its_file_and_line():
    below = read_layer("sources:\n  a: {gate: own}\n  b: {gate: own}\n", "town.yaml")
    above = read_layer('sources:\n  "*":\n    gate: public\n', "policy.yaml")
    found = lay(lowest(below), above)
    (origin,) = found.origins["sources", "b", "gate"]
    assert (origin.layer.name, origin.mark.value) == ("policy.yaml", (3, 11))
    assert [origin.layer.name for origin in found.origins["sources", "b"]] == [
        "town.yaml",
        "policy.yaml",
    ]


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        ({"aa": None}, "there is no 'aa' under 'sources' to delete (there are: a, b)"),
        (
            {"a": {"sightings": {"at": []}}},
            "there is no 'sightings' under 'sources.a' to change; to add it, also write: "
            "per_person_day",
        ),
        (
            {"c": {"gate": "own"}},
            "there is no 'c' under 'sources' to change (there are: a, b); to add it, also write: "
            "label, record_of, coverage, fields",
        ),
    ],
)
def test_what_is_not_there_cannot_be_changed_by_name(patch, message):
    found = merged(SOURCES, {"sources": patch})
    assert [problem.message for problem in found.problems] == [message]
    assert found.values == SOURCES


def test_a_setting_that_is_not_written_may_be_deleted():
    assert sources_after({"a": {"retention_days": None}}) == SOURCES["sources"]
