from __future__ import annotations

import pandas as pd
import pytest

from simulator.experiments import sweep as sweeping
from simulator.experiments.sweep import Cells, Swept, grid, measure_cells, sweep
from simulator.exposure import combine_replicates
from simulator.pipeline import run
from simulator.scenario import ScenarioProblems, load_scenario

THRESHOLD = Swept("linkage.threshold", ("0.5", "0.99"))
BROKER = Swept("sources.broker.exists", ("true", "false"))
METRICS = ("reidentified_share", "exposure_share")
SMALL = {"people": 150, "seed": 3}


@pytest.fixture(scope="module")
def base():
    return load_scenario("town", **SMALL)


@pytest.fixture
def here(monkeypatch):
    """Do all work in this process."""
    monkeypatch.setattr(sweeping, "in_processes", map)


def alone(scenario):
    """Return the figures of a plain run of one scenario."""
    rows = run(scenario).exposure
    last = rows.loc[(rows["step"] == rows["step"].max()) & (rows["group"] == "all")]
    chosen = last.set_index("metric").loc[list(METRICS), list(sweeping.FIGURE)]
    return chosen.reset_index()


def test_the_last_setting_runs_fastest():
    cells = grid("town", [THRESHOLD, BROKER], **SMALL)
    found = [(cell.linkage.threshold, cell.sources["broker"].exists) for cell in cells]
    assert found == [(0.5, True), (0.5, False), (0.99, True), (0.99, False)]
    assert {(cell.population.residents_count, cell.seed) for cell in cells} == {(150, 3)}


def test_overlays_lie_below_the_settings():
    (cell,) = grid(
        "town", [Swept("sources.dmv.gate", ("public",))], overlays=["dmv_sharing_ban"], **SMALL
    )
    banned = load_scenario("town", overlays=["dmv_sharing_ban"], **SMALL)
    assert banned.sources["dmv"].gate != "public"
    assert cell.sources["dmv"].gate == "public"


@pytest.mark.slow
def test_a_cell_is_a_plain_run_of_its_scenario(base, here):
    """Although its people, and what its lists held, were drawn for the cell before."""
    settings = [BROKER, THRESHOLD]
    cells = grid("town", settings, **SMALL)
    found = sweep(base, settings, cells, METRICS, 1).figures
    for place, cell in enumerate(cells):
        rows = found.iloc[len(METRICS) * place : len(METRICS) * (place + 1)]
        exists, threshold = str(cell.sources["broker"].exists).lower(), cell.linkage.threshold
        assert set(rows["sources.broker.exists"]) == {exists}
        assert set(rows["linkage.threshold"].astype(float)) == {threshold}
        pd.testing.assert_frame_equal(
            rows[["metric", *sweeping.FIGURE]].reset_index(drop=True), alone(cell)
        )


@pytest.mark.slow
def test_people_are_drawn_once_unless_a_setting_makes_them(monkeypatch):
    given = []

    def spy(scenario, **options):
        given.append(options.get("population"))
        return real(scenario, **options)

    real = sweeping.collect_records
    monkeypatch.setattr(sweeping, "collect_records", spy)
    same = grid("town", [THRESHOLD], **SMALL)
    measure_cells(Cells((0, 1), tuple(same), METRICS))
    assert [population is not None for population in given] == [False, True]
    given.clear()
    other = grid("town", [Swept("population.residents_count", ("100", "120"))], seed=3)
    found = measure_cells(Cells((0, 1), tuple(other), METRICS))
    assert given == [None, None]
    for place, cell in enumerate(other):
        rows = found.loc[found["cell"] == place].drop(columns="cell").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone(cell))


@pytest.mark.slow
def test_seeds_are_put_together_cell_by_cell(base):
    """In processes of their own: means and percentiles over the towns of each cell."""
    cells = grid("town", [THRESHOLD], **SMALL)
    shares = []
    found = sweep(base, [THRESHOLD], cells, METRICS, 3, lambda _what, share: shares.append(share))
    assert found.seeds == (3, 4, 5)
    towns = [
        pd.concat(
            [
                alone(cell.model_copy(update={"seed": seed})).assign(cell=place)
                for place, cell in enumerate(cells)
            ]
        )
        for seed in found.seeds
    ]
    expected = combine_replicates(towns, ["cell", "metric"]).drop(columns="cell")
    pd.testing.assert_frame_equal(found.figures[["metric", *sweeping.FIGURE]], expected)
    assert set(found.figures["interval"]) == {"replicates"}
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])


@pytest.mark.parametrize(
    ("settings", "messages"),
    [
        ([Swept("linkage.thresold", ("0.5", "0.9"))], ["Did you mean 'threshold'?"]),
        ([THRESHOLD, Swept("sources.brokr.exists", ("true",))], ["Did you mean 'broker'?"]),
        (
            [Swept("linkage.threshold", ("0.5", "7", "x"))],
            ["a number between 0.01 and 1 (you wrote 'x')", "between 0.01 and 1 (you wrote 7)"],
        ),
        ([Swept("linkage.threshold", ("0.5", "0.50"))], ["0.5 and 0.50 come to the same"]),
        ([Swept("sources.*.fields.nickname.missing_share", ("0", "1"))], ["changes nothing"]),
    ],
)
def test_mistakes_are_told_once_and_name_the_setting(settings, messages):
    with pytest.raises(ScenarioProblems) as found:
        grid("town", settings, **SMALL)
    told = [str(problem) for problem in found.value.problems]
    assert len(told) == len(messages)
    for line, message in zip(told, messages, strict=True):
        assert message in line
        assert line.startswith(f"{settings[-1].name}: ")


def test_a_mistake_that_two_files_make_together_names_the_setting():
    with pytest.raises(ScenarioProblems, match=r"comes of what --set sources\.\*\.coverage\.share"):
        grid("town", [Swept("sources.*.coverage.share", ("0.3", "0.6"))], **SMALL)
