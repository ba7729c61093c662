import pytest

from simulator.locations import SCENARIOS
from simulator.scenario import ScenarioProblems, load_scenario, load_text, packaged_scenarios
from simulator.scenario.document import read_document

OWN = "title: Another town\nabout: A test.\n"
OVERLAY = "overlay_version: 1\ntitle: A policy\nabout: A test.\nchanges:\n"
TOWN = (SCENARIOS / "town.yaml").read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file into the folder in which the test runs."""
    monkeypatch.chdir(tmp_path)

    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def problems(*arguments, **options):
    with pytest.raises(ScenarioProblems) as caught:
        load_scenario(*arguments, **options)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["town", "town.yaml"])
def test_a_packaged_scenario_is_extended(write, name):
    file = write("mine.yaml", f"extends: {name}\n{OWN}population: {{residents_count: 400}}\n")
    mine, town = load_scenario(file), load_scenario("town", people=400)
    assert (mine.title, mine.about) == ("Another town", "A test.")
    assert mine == town.model_copy(update={"title": mine.title, "about": mine.about})


def test_a_file_in_the_same_folder_is_extended(write, tmp_path):
    write("mine.yaml", f"extends: below.yaml\n{OWN}")
    write("below.yaml", TOWN.replace("seed: 20260101", "seed: 5"))
    assert load_scenario(tmp_path / "mine.yaml").seed == 5


def test_the_file_in_the_same_folder_goes_before_the_packaged_one(write):
    write("town.yaml", TOWN.replace("seed: 20260101", "seed: 5"))
    assert load_scenario(write("mine.yaml", f"extends: town.yaml\n{OWN}")).seed == 5
    assert load_scenario(write("mine.yaml", f"extends: town\n{OWN}")).seed == 20260101


def test_mistakes_below_are_named_with_their_own_file(write, tmp_path):
    write("below.yaml", TOWN.replace("gate: public", "gate: publik"))
    file = tmp_path / write("mine.yaml", f"extends: below.yaml\n{OWN}seed: -1\n")
    below, mine = problems(file)
    assert below.startswith(f"{tmp_path / 'below.yaml'}:")
    assert mine.startswith(f"{file}:4:7 'seed' must be between 0")


def test_uploaded_text_extends_packaged_scenarios_only(write):
    assert load_text(f"extends: town\n{OWN}seed: 3\n", "upload.yaml").seed == 3
    write("below.yaml", TOWN)
    with pytest.raises(ScenarioProblems, match="no packaged scenario has this name"):
        load_text(f"extends: below.yaml\n{OWN}", "upload.yaml")


def test_overlays_are_laid_in_the_order_in_which_they_are_given(write):
    ten = write("ten.yaml", OVERLAY + "  observation_days: 10\n")
    five = write("five.yaml", OVERLAY + "  observation_days: 5\n  seed: 3\n")
    assert load_scenario("town", overlays=[ten, five]).observation_days == 5
    both = load_scenario("town", overlays=[five, ten])
    assert (both.observation_days, both.seed) == (10, 3)
    assert load_text(TOWN, "t.yaml", overlays=[five, ten]) == both


@pytest.mark.parametrize("name", [packaged.name for packaged in packaged_scenarios()])
def test_an_empty_overlay_changes_nothing(write, name):
    empty = write("empty.yaml", OVERLAY.replace("changes:", "changes: {}"))
    assert load_scenario(name, overlays=[empty, empty]) == load_scenario(name)


def test_options_go_before_overlays(write):
    overlay = write("law.yaml", OVERLAY + "  seed: 3\n")
    assert load_scenario("town", overlays=[overlay], seed=4).seed == 4


def test_every_file_is_told_about_at_once(write):
    first = write("first.yaml", OVERLAY + "  seed: many\n  sources: {dmw: {exists: false}}\n")
    second = write("second.yaml", OVERLAY + '  sources: {"*": {duplicates_share: 2}}\n')
    found = problems("town", overlays=[first, second])
    assert [line.split(" ")[0] for line in found] == [
        "first.yaml:5:9",
        "first.yaml:6:13",
        "second.yaml:5:37",
    ]


def test_a_part_that_a_change_makes_wrong_is_named_with_the_change(write):
    overlay = write("law.yaml", OVERLAY + "  sensitive_facts: {union_membership: null}\n")
    (line,) = problems("town", overlays=[overlay])
    row = next(i for i, text in enumerate(TOWN.splitlines(), 1) if "  union_membership: {" in text)
    assert line.startswith(f"town.yaml:{row}:7 unknown field 'union_membership'")
    assert line.endswith("This comes of what law.yaml changes")


def test_a_fault_of_the_scenario_itself_is_not_put_down_to_an_overlay(write):
    file = write("mine.yaml", TOWN.replace("gate: public", "gate: publik"))
    overlay = write("law.yaml", OVERLAY + "  seed: 3\n")
    assert problems(file, overlays=[overlay]) == problems(file)


def test_the_size_cap_holds_for_every_file(write):
    overlay = write("big.yaml", OVERLAY + "  seed: 3\n" + "#" * 256 * 1024)
    assert problems("town", overlays=[overlay])[0].startswith("big.yaml: the file is larger than")


def test_packaged_files_say_what_they_are_themselves():
    for packaged in packaged_scenarios():
        values = read_document(packaged.path.read_text(encoding="utf-8")).values
        assert values["title"] == packaged.title == load_scenario(packaged.name).title
        assert values["about"]
