"""Every scenario and policy that ships loads, and says what it teaches and rests on."""

from __future__ import annotations

import re
from itertools import takewhile

import pytest

from simulator.cli.main import main
from simulator.scenario import (
    canonical_text,
    load_scenario,
    load_text,
    packaged_policies,
    packaged_scenarios,
)
from simulator.scenario.notes import notes_in
from simulator.scenario.schema import BULK_GATES, INDIVIDUAL_GATES
from simulator.scenario.schema.source import RecordOf
from simulator.tables import TOKENS

SCENARIOS = {packaged.name: packaged.path for packaged in packaged_scenarios()}
POLICIES = {packaged.name: packaged.path for packaged in packaged_policies()}
TEXTS = {
    path: path.read_text(encoding="utf-8") for path in (*SCENARIOS.values(), *POLICIES.values())
}
HONEST = re.compile(
    r"assumption|convention|estimate|press|recalled|Census|Pew|Georgetown|FHWA|FTC|Venkatadri"
    r"|de Montjoye|Golle|NISTIR"
)


def header(path):
    """Return the comment at the top of a file, as one line."""
    lines = takewhile(lambda line: line.startswith("#"), TEXTS[path].split("\n"))
    top = [line.removeprefix("#").strip() for line in lines]
    return " ".join(top)


OVER_TOWN = [name for name, path in POLICIES.items() if "over town" in header(path)]


def test_what_ships():
    assert set(SCENARIOS) == {"town", "campus", "modern", "traditional", "city"}
    assert len(POLICIES) == 16
    assert len(OVER_TOWN) >= 8


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_checked_and_says_what_it_is(name, capsys):
    assert main(["check", name]) == 0
    assert capsys.readouterr().out == f"{name}.yaml: ok\n"
    text = header(SCENARIOS[name])
    assert "What it teaches" in text
    assert re.search(r"where (it comes from|its numbers come from)", text, re.IGNORECASE)
    assert "Everyone in it is synthetic" in text
    assert len(TEXTS[SCENARIOS[name]].splitlines()) < 600


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_with_every_setting_written_out_is_the_same(name):
    scenario = load_scenario(name)
    assert load_text(canonical_text(scenario), "written_out.yaml") == scenario


@pytest.mark.parametrize("name", ["town", "campus", "modern"])
def test_every_source_says_where_its_figures_come_from(name):
    notes = notes_in(TEXTS[SCENARIOS[name]])
    for source in load_scenario(name).sources:
        said = " ".join(note for path, note in notes.items() if path[:2] == ("sources", source))
        assert HONEST.search(said), source


@pytest.mark.parametrize(
    ("scenario", "policy"),
    [
        *(("modern", name) for name in POLICIES),
        *(("city", name) for name in POLICIES),
        *(("town", name) for name in OVER_TOWN),
    ],
)
def test_a_policy_can_be_laid_over(scenario, policy):
    base, changed = load_scenario(scenario), load_scenario(scenario, overlays=[policy])
    assert changed.population == base.population
    assert changed.facts == base.facts
    assert changed.sensitive_facts == base.sensitive_facts
    assert list(changed.sources) == list(base.sources)
    if (scenario, policy) != ("town", "face_recognition_ban"):  # town has no faces
        assert changed != base


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_says_what_it_rests_on(name):
    text = header(POLICIES[name])
    assert re.search(r"(Law|Practice|No law)[:,]", text)
    assert "assum" in text
    assert "Over modern" in text


def test_modern_has_every_kind_of_record_gate_and_token():
    scenario = load_scenario("modern")
    sources = scenario.sources.values()
    assert {source.record_of for source in sources} == set(RecordOf.__args__)
    assert {source.gate for source in sources} >= {*BULK_GATES, "warrant", "observation"}
    assert set(scenario.reachable()) == set(scenario.sources)
    sightings = [source for source in sources if source.record_of == "sighting"]
    assert {token for source in sightings for token in TOKENS if token in source.fields} == {
        *TOKENS
    }
    assert any(not set(TOKENS) & set(source.fields) for source in sightings)
    guesses = scenario.sources["broker"].fields
    assert all(
        guesses[fact].noise["wrong_guess"].cells_share >= 0.4
        for fact in scenario.sensitive_facts
        if fact in guesses
    )


def test_traditional_is_the_same_town_behind_other_gates():
    modern, traditional = load_scenario("modern"), load_scenario("traditional")
    for part in ("seed", "as_of", "population", "facts", "sensitive_facts", "haunts"):
        assert getattr(traditional, part) == getattr(modern, part)
    for name, source in traditional.sources.items():
        same = {"gate": source.gate, "exists": source.exists}
        assert source == modern.sources[name].model_copy(update=same)
    assert traditional.adversary.method == "look_up_targets"
    assert not {"purchase", "agreement", "own"} & set(traditional.adversary.powers)
    reachable = [traditional.sources[name].gate for name in traditional.reachable()]
    assert {"public", *INDIVIDUAL_GATES} == set(reachable)
