import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.scenario import ScenarioProblems, load_scenario, packaged_policies
from simulator.scenario.overlays import overlay_problems, read_overlay
from simulator.scenario.reading import read_layer

HAMLET = Path(__file__).parents[1] / "scenarios" / "broken" / "overlays" / "below" / "hamlet.yaml"
HEADER = {"overlay_version": 1, "title": "A policy", "about": "A test."}


def messages(values):
    layer = read_layer(json.dumps(values), "o.yaml", "overlay")
    return [problem.message for problem in overlay_problems(layer)]


def changing(changes):
    return messages({**HEADER, "changes": changes})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sources": {"new_or_old": {"gate": "purchase"}}},
        {"sources": {"*": {"fields": {"*": {"missing_share": 0.5}, "face": None}}}},
        {"sources": {"*": {"noise": {"*": None}, "coverage": {"by_age": {"*": 0.1}}}}},
        {"facts": {"*": {"weight": 2}, "plate": None}},
        {"adversary": {"powers": ["public"], "review": None, "targets_with": None}},
        {"triage": None, "linkage": {"audit": {"sample_share": 0.5}}},
        {"sources": None, "title": "Another title"},
    ],
)
def test_settings_may_be_sparse(changes):
    assert changing(changes) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sources": {"*": {"gate": "publik"}}}, "Did you mean 'public'?"),
        ({"sources": {"a": {"noise": {"typng": None}}}}, "Did you mean 'typing'?"),
        ({"sources": {"a": {"coverge": None}}}, "Did you mean 'coverage'?"),
        ({"sources": {"Two words": None}}, "cannot be a name here"),
        ({"sources": {"a": {"coverage": {"by_age": {"old": None}}}}}, "is not an age band"),
        ({"adversary": {"powers": [None]}}, "nothing is written here"),
        ({"adversary": {"powers": []}}, "must hold at least one entry"),
        ({"adversary": 3}, "must be a group of settings"),
        ({"sources": {"a": {"events": {"years": 0}}}}, "must be above 0 and at most 30"),
        ({"haunts": {"clinic": {"fact": "Clinic visits"}}}, "must be a name of up to 40 small"),
        ({"haunts": {"clinic": {"days": ["monday"]}}}, "must be one of: mon, tue, wed"),
        ({"linkage": {"*": None}}, "'*' stands for every named entry"),
        ({"overlay_version": 1}, "unknown setting 'overlay_version'"),
    ],
)
def test_what_no_scenario_could_hold_is_refused_without_one(changes, message):
    (found,) = changing(changes)
    assert message in found


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({**HEADER, "changes": []}, "'changes' must be a group of settings"),
        ({**HEADER, "changes": {}, "title": 5}, "'title' must be text: its name"),
        ({**HEADER, "changes": {}, "about": ""}, "'about' must be text: what it changes, and why"),
        ({**HEADER, "changes": {}, "colour": 1}, "The settings here are: overlay_version, title"),
        ({**HEADER, "changes": {}, "overlay_version": True}, "'overlay_version' must be 1"),
        ({"title": "A", "about": "B", "changes": {}}, "Add it: overlay_version: 1"),
    ],
)
def test_the_head_of_an_overlay_is_checked(values, message):
    (found,) = messages(values)
    assert message in found


@pytest.mark.parametrize("policy", packaged_policies(), ids=lambda policy: policy.name)
def test_packaged_policies_are_found_by_name_and_by_path(policy):
    by_name = read_overlay(policy.name)
    assert overlay_problems(by_name) == []
    assert by_name.settings == read_overlay(policy.path).settings
    assert by_name.name == policy.path.name
    assert by_name.document.values["title"] == policy.title


def test_a_policy_that_is_not_there_gets_a_suggestion():
    for name, mend in (("broker_optout", "Did you mean 'broker_opt_out'?"), ("x", "'mosaic list'")):
        with pytest.raises(ScenarioProblems) as caught:
            load_scenario("town", overlays=[name])
        assert str(caught.value).startswith(
            f"{name}: there is no such file, and no packaged policy"
        )
        assert mend in str(caught.value)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text("ab-0.", max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["*", "sources", "bills", "fields", "noise", "typing", "[key]", "x", ""]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


@given(anything)
@settings(max_examples=80, deadline=None)
def test_any_change_is_laid_or_explained(tmp_path_factory, changes):
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(json.dumps({**HEADER, "changes": changes}), encoding="utf-8")
    found = []
    try:
        load_scenario(HAMLET, overlays=[file])
    except ScenarioProblems as caught:
        found = caught.problems or ["nothing is said"]
    for problem in found:
        assert len(str(problem).splitlines()) == 1
        assert "pydantic" not in problem.message
