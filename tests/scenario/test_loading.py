import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.locations import SCENARIOS
from simulator.scenario import (
    ScenarioProblems,
    canonical_text,
    load_scenario,
    load_text,
    packaged_scenarios,
    scenario_hash,
)
from simulator.scenario.reading import LARGEST_BYTES

TOWN = (SCENARIOS / "town.yaml").read_text(encoding="utf-8")


def messages(text):
    with pytest.raises(ScenarioProblems) as caught:
        load_text(text, "t.yaml")
    return [str(problem) for problem in caught.value.problems]


def loads_or_explains(text):
    problems = []
    try:
        load_text(text, "t.yaml")
    except ScenarioProblems as caught:
        problems = caught.problems or ["nothing is said"]
    for problem in problems:
        assert len(str(problem).splitlines()) == 1
        assert 0 <= problem.line <= len(text.splitlines()) + 1
        assert "pydantic" not in problem.message
        assert "Input should" not in problem.message


def test_the_packaged_scenarios_load_by_name_and_by_path():
    for packaged in packaged_scenarios():
        by_name = load_scenario(packaged.name)
        assert by_name == load_scenario(packaged.path) == load_scenario(packaged.path.name)
        assert by_name.title == packaged.title


def test_ages_are_keys_like_any_other():
    assert load_scenario("town").sources["dmv"].coverage.by_age["16"] == 0.31


def surroundings(people, overlays=()):
    population = load_scenario("town", people=people, overlays=overlays).population
    return round(people * population.outsiders_per_resident)


def test_the_surroundings_shrink_with_the_town_and_do_not_grow_with_it(tmp_path):
    assert surroundings(500) == 2_000
    assert surroundings(5_000) == surroundings(1_000_000) == 20_000
    overlay = tmp_path / "around.yaml"
    overlay.write_text(
        "overlay_version: 1\ntitle: Around\nabout: More around.\n"
        "changes:\n  population:\n    outsiders_per_resident: 2\n",
        encoding="utf-8",
    )
    assert surroundings(10_000, [overlay]) == 20_000
    assert surroundings(100, [overlay]) == 200


def test_people_and_seed_replace_the_file():
    scenario = load_scenario("town", people=400, seed=9)
    assert (scenario.population.residents_count, scenario.seed) == (400, 9)
    assert scenario.sources == load_scenario("town").sources


@pytest.mark.parametrize(
    ("title", "resized"),
    [
        ("A town of 5,000", "A town of 1,200"),
        ("5,000, and four lists.", "1,200, and four lists."),
        ("One of 15,000 and of 5,000,000", "One of 15,000 and of 5,000,000"),
        ("My town", "My town"),
    ],
)
def test_the_title_says_how_many_there_are(tmp_path, title, resized):
    file = tmp_path / "mine.yaml"
    file.write_text(TOWN.replace("title: A town of 5,000", f"title: {title}"), encoding="utf-8")
    assert load_scenario(file).title == title
    assert load_scenario(file, people=1200).title == resized


@pytest.mark.parametrize(
    ("replaced", "message"),
    [
        ({"people": 3}, "town.yaml: people must be between 50 and 5000000 (you wrote 3)"),
        ({"seed": -1}, "town.yaml: seed must be between 0 and 9007199254740992 (you wrote -1)"),
    ],
)
def test_replacements_out_of_range_are_refused(replaced, message):
    with pytest.raises(ScenarioProblems) as caught:
        load_scenario("town", **replaced)
    assert str(caught.value) == message


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    file = tmp_path / "town.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TOWN.replace("\n", "\r\n").encode())
    assert load_scenario(file) == load_scenario("town")


def test_a_file_may_not_exceed_the_cap(tmp_path):
    file = tmp_path / "big.yaml"
    filler = "#" * (LARGEST_BYTES - len(TOWN.encode()) - 1)
    file.write_text(f"{TOWN}\n{filler}", encoding="utf-8")
    assert load_scenario(file).title == "A town of 5,000"
    file.write_text(f"{TOWN}\n{filler}#", encoding="utf-8")
    with pytest.raises(ScenarioProblems, match=r"big.yaml: the file is larger than 256 KiB"):
        load_scenario(file)


def test_mistakes_are_told_together_and_in_the_order_of_the_file():
    text = (
        TOWN.replace("share: 0.58", "share: 0.5")  # a cross-check of the groups
        .replace("gate: public", "gate: publik")
        .replace("seed: 20260101", "seed: many")
        .replace("threshold: 0.9 ", "threshold: 2 ")
    )
    places = {"seed: many": 7, "groups:": 3, "gate: publik": 11, "threshold: 2": 14}
    lines = [line.strip() for line in text.splitlines()]
    assert [line.split(" ")[0] for line in messages(text)] == [
        f"t.yaml:{1 + next(at for at, line in enumerate(lines) if line.startswith(begin))}:{column}"
        for begin, column in places.items()
    ]


def test_aliases_are_refused_before_they_unfold():
    levels = [f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9)}]" for i in range(1, 12)]
    found = messages("\n".join(["x0: &x0 [lol]", *levels]))
    assert len(found) == 12
    assert all("anchors and aliases are not used" in line for line in found)


def test_settings_nested_without_end_are_refused():
    assert messages("a: " + "[" * 50_000) == ["t.yaml:1:24 settings are nested too deeply here"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("seed: 1e400", "'seed' must be a whole number between 0 and"),
        ("seed: " + "9" * 5000, "'seed' must be a whole number between 0 and"),
        ("seed: 1.0", "'seed' must be a whole number between 0 and"),
        ("seed: true", "'seed' must be a whole number between 0 and"),
        ("seed: .nan", "'seed' must be a whole number between 0 and"),
        ("seed: '5'", "'seed' must be a whole number between 0 and"),
        ('seed: "\\ud800"', "holds an invisible character (code D800)"),
        ('seed: "\\UFFFFFFFF"', "cannot be read as YAML"),
        ("seed: \x07", "an invisible character (code 0007) is here"),
        ("seed: {a: 1}", "(you wrote settings here)"),
        ("seed:", "(nothing is written here)"),
        ("? [a]\n: 1", "a setting's name must be plain text before the ':'"),
    ],
)
def test_odd_values_are_refused_in_plain_words(written, message):
    found = [line for line in messages(TOWN.replace("seed: 20260101", written)) if message in line]
    assert len(found) == 1


def test_a_date_is_never_read_from_a_number():
    assert "year-month-day" in messages(TOWN.replace("as_of: 2026-01-01", "as_of: 0"))[0]


def test_the_canonical_text_tells_what_counts_and_nothing_else():
    scenario = load_text(TOWN, "t.yaml")
    rewritten = TOWN.replace("share: 0.75", "share: 7.5e-1").replace("# ", "#  ")
    assert canonical_text(load_text(rewritten, "u.yaml")) == canonical_text(scenario)
    assert json.loads(canonical_text(scenario))["linkage"]["threshold"] == 0.9
    assert scenario_hash(scenario) == scenario_hash(load_scenario("town"))
    assert len(scenario_hash(scenario)) == 12
    changed = load_text(TOWN.replace("share: 0.75", "share: 0.76"), "t.yaml")
    assert scenario_hash(changed) != scenario_hash(scenario)


def test_writing_a_default_out_changes_no_hash():
    written_out = TOWN.replace("seed: 20260101", "seed: 20260101\nnoise_enabled: true")
    assert scenario_hash(load_text(written_out, "t.yaml")) == scenario_hash(load_scenario("town"))


yaml_like = st.text(alphabet="ab1:-?[]{}&*!|>'\"%@`#,~<\\ \t\n.", max_size=80)


@given(st.one_of(st.text(max_size=200), yaml_like))
@settings(max_examples=300, deadline=None)
def test_any_text_loads_or_is_explained(text):
    loads_or_explains(text)


@given(
    start=st.integers(0, len(TOWN)),
    length=st.integers(0, 60),
    inserted=st.one_of(st.text(max_size=8), yaml_like),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_edit_of_the_town_loads_or_is_explained(start, length, inserted):
    loads_or_explains(TOWN[:start] + inserted + TOWN[start + length :])


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text("ab-0.", max_size=5),
)
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("ab[]key", max_size=5), inner, max_size=3),
    ),
    max_leaves=6,
)


def paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))


SETTINGS = json.loads(canonical_text(load_text(TOWN, "town.yaml")))
PATHS = [path for path in paths(SETTINGS) if path]


@given(path=st.sampled_from(PATHS), value=anything)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_in_any_place_loads_or_is_explained(path, value):
    changed = json.loads(json.dumps(SETTINGS))
    *outer, last = path
    place = changed
    for step in outer:
        place = place[step]
    place[last] = value
    loads_or_explains(json.dumps(changed))
