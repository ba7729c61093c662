from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario import ScenarioProblems, load_scenario
from simulator.scenario.one_setting import listed_values, setting_layer


def loaded(path, value):
    return load_scenario("town", overlays=[setting_layer(path, value, "it")])


def test_a_setting_is_laid_over_a_scenario_like_an_overlay_file(tmp_path):
    law = tmp_path / "law.yaml"
    law.write_text(
        "overlay_version: 1\ntitle: it\nabout: it\nchanges:\n"
        '  sources: {"*": {staleness_years: 3}}\n',
        encoding="utf-8",
    )
    from_file = load_scenario("town", overlays=[law])
    assert from_file != load_scenario("town")
    for path in ("sources.*.staleness_years", 'sources."*".staleness_years'):
        assert loaded(path, "3") == from_file


def test_values_are_what_they_would_be_in_a_file():
    assert loaded("adversary.powers", "[public, own]").adversary.powers == ("public", "own")
    assert loaded("sources.dmv.exists", "false").sources["dmv"].exists is False
    assert "phone" not in loaded("sources.utility.fields.phone", "null").sources["utility"].fields


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("linkage.thresold", "0.5", "Did you mean 'threshold'?"),
        ("linkage.threshold", "1.5", "must be between 0.01 and 1 (you wrote 1.5)"),
        ("sources.brokr.exists", "false", "Did you mean 'broker'?"),
        ("linkage.threshold", "[0.5", "a bracket was opened"),
        ("linkage.threshold", "&a 0.5", "anchors and aliases are not used"),
    ],
)
def test_mistakes_are_told_as_in_a_file(path, value, message):
    with pytest.raises(ScenarioProblems) as found:
        loaded(path, value)
    assert len(found.value.problems) == 1
    assert message in str(found.value)


@given(st.lists(st.text("ab0. -", max_size=5).map(str.strip), min_size=1))
def test_plain_values_come_back_as_they_were_joined(values):
    assert listed_values(",".join(values)) == values
