"""Two viewers of the smallest town; no time is asserted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.process_memory import PROC, resident_peak_mib
from benchmarks.streamlit_client import Visit
from benchmarks.viewers import Load, as_markdown, main, measure
from simulator.dashboard.wording import big_sentence
from simulator.pipeline import run
from simulator.report.steps import growth_steps, source_labels
from simulator.scenario import load_scenario

needs_proc = pytest.mark.skipif(not PROC.is_dir(), reason="memory is read from /proc")


@pytest.mark.slow
@needs_proc
def test_all_viewers_get_the_finding_of_the_town_they_asked_for():
    load = measure("campus", 2)
    result = run(load_scenario("campus"))
    last = growth_steps(result.exposure, source_labels(result))[-1]
    found = [load.first, *load.visits]
    assert len(found) == 3
    assert {visit.headline for visit in found} == {big_sentence(last)}
    assert all(0 < visit.picture_seconds <= visit.page_seconds for visit in found)
    assert 100 < load.before_mib <= load.peak_mib  # pandas and Streamlit alone take that much


def load_of(seconds: list[float], mib: float) -> Load:
    first = Visit("7 in 100", 9.0, 9.5)
    visits = [replace(first, picture_seconds=each, page_seconds=each + 1) for each in seconds]
    return Load(first, visits, 500.0, mib)


def test_median_and_slowest_by_hand():
    page = as_markdown(load_of([3.0, 1.0, 4.0], 3071.0), "town", {"Processor": "any"})
    assert "| until the first picture | 3.00 | 4.00 | 5 | kept |" in page
    assert "| until the page is complete | 4.00 | 5.00 | – | |" in page
    assert "| peak with all 3 | 3,071 | 3,072 | kept |" in page
    assert "that one waited 9.0 s" in page


def test_one_viewer_too_late_and_too_much_memory_are_missed():
    page = as_markdown(load_of([1.0, 5.0], 3072.0), "town", {})
    assert "| until the first picture | 3.00 | 5.00 | 5 | **missed** |" in page
    assert "| peak with all 2 | 3,072 | 3,072 | **missed** |" in page


def test_viewers_who_saw_different_findings_are_not_reported():
    load = load_of([1.0, 1.0], 100.0)
    other = replace(load, visits=[replace(load.visits[0], headline="8 in 100"), load.visits[1]])
    with pytest.raises(ValueError, match="too many values"):
        as_markdown(other, "town", {})


@needs_proc
def test_memory_counts_what_a_process_started():
    """The parent starts a child that fills 64 MiB; the parent alone stays far below."""
    child = "b = bytearray(64 * 2**20); print('full', flush=True); input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        both = resident_peak_mib(process.pid)
        process.communicate(b"\n")
    assert both > 64


def test_a_town_that_is_not_packaged_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--town", "atlantis"])
    assert "invalid choice: 'atlantis'" in capsys.readouterr().err


def test_no_viewers_are_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--viewers", "0"])
    assert "--viewers must be at least 1 (you wrote 0)" in capsys.readouterr().err
