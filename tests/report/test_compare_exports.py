from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pandas as pd
import pytest

from simulator.report.compare_exports import (
    comparison_header,
    comparison_json,
    write_comparison,
)
from simulator.report.compare_wording import findings, how_sure
from simulator.report.folders import FolderRefused
from simulator.report.wording import CAVEAT
from tests.report import compared

SAID = {"command": "mosaic policies town", "scenario_hash": "0123456789ab"}


@pytest.fixture(scope="module")
def every():
    return compared.comparison()


def test_the_header_holds_what_a_reader_needs(every):
    header = comparison_header(every, **SAID)
    assert header["synthetic"] is True
    assert header["caveat"] == CAVEAT
    assert header["policies"] == every.labels
    assert header["abouts"]["ban"] == "Lists stay where they are."
    assert header["seeds"] == list(range(7, 27))
    assert header["residents"] == 5000
    assert header["findings"] == findings(every)
    assert header["certainty"] == how_sure(every)
    assert header["overlaid"] is True
    assert comparison_header(compared.scenarios(), **SAID)["overlaid"] is False
    assert {name: header[name] for name in SAID} == SAID


def test_json_has_null_and_never_nan(every):
    told = json.loads(comparison_json(every, **SAID), parse_constant=pytest.fail)
    assert None in [row["value"] for row in told["effects"]]
    for name in ("effects", "removed", "ranking", "growth"):
        assert len(told[name]) == len(getattr(every, name))
    first = told["effects"][0]
    assert first["value"] == pytest.approx(-0.1)
    assert (first["policy"], first["run"], first["metric"]) == ("ban", "frozen", "exposure_share")


def test_of_several_policies_no_growth_is_drawn(every, tmp_path):
    write_comparison(every, tmp_path / "out", **SAID, force=False)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("briefing.html", "changes.png", "changes.svg", "comparison.json", "effects.csv"),
        *("growth.csv", "manifest.json", "ranking.csv"),
    ]
    table = pd.read_csv(tmp_path / "out" / "effects.csv")
    pd.testing.assert_frame_equal(table, pd.read_csv(StringIO(every.effects.to_csv(index=False))))
    assert (tmp_path / "out" / "changes.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_is(every, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FolderRefused, match=r"thesis\.txt"):
        write_comparison(every, tmp_path, **SAID, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_earlier_comparison_is_replaced(every, tmp_path):
    for comparison in (compared.comparison("ban"), every):
        write_comparison(comparison, tmp_path / "out", **SAID, force=False)
    assert not (tmp_path / "out" / "growth.svg").exists()
    told = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert set(told["policies"]) == set(every.policies)


def test_a_figure_without_an_interval_is_written_all_the_same(tmp_path):
    comparison = compared.comparison("ban")
    bare = comparison.effects.assign(low=float("nan"), high=float("nan"), interval="none")
    write_comparison(replace(comparison, effects=bare), tmp_path / "out", **SAID, force=False)
    assert "−10.0" in (tmp_path / "out" / "changes.svg").read_text(encoding="utf-8")
