import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder holding the contents of a wheel built from the checkout, and nothing else."""
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(built),
        ],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("mosaic_simulator-*.whl")
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def run_installed(installed, tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    return run


def test_the_wheel_finds_its_own_files(installed, run_installed):
    code = "from simulator.locations import *; print(SCENARIOS, DATA, APP, sep='\\n')"
    for line in run_installed("-c", code).splitlines():
        assert Path(line).is_relative_to(installed)
        assert Path(line).exists()


def test_the_wheel_carries_every_scenario_and_table(installed):
    for folder in ("scenarios", "data", ".streamlit"):
        wanted = {p.relative_to(CHECKOUT) for p in (CHECKOUT / folder).rglob("*") if p.is_file()}
        packaged = installed / "simulator" / "packaged"
        assert wanted <= {p.relative_to(packaged) for p in packaged.rglob("*")}


@pytest.mark.slow
def test_the_wheel_carries_the_templates_of_its_pages(run_installed, tmp_path):
    run_installed("-m", "simulator", "briefing", "town", "--people", "60", "--out", "page.html")
    assert "Synthetic" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_wheel_carries_what_the_page_teach_shows(run_installed):
    code = (
        "from simulator.locations import VALIDATION; from simulator.report.lesson import TEXT; "
        "print(VALIDATION.is_file(), TEXT.is_file())"
    )
    assert run_installed("-c", code) == "True True\n"


def test_the_command_works_from_the_wheel(run_installed):
    assert "A town of 5,000" in run_installed("-m", "simulator", "list")
    assert run_installed("-m", "simulator", "check", "town") == "town.yaml: ok\n"


def test_the_wheel_lays_its_policies_over_its_scenarios(run_installed):
    shown = run_installed("-m", "simulator", "show", "town", "--overlay", "broker_opt_out")
    assert "broker_opt_out.yaml:" in shown


def test_the_wheel_carries_no_test_and_no_setting_of_the_checkout(installed):
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top == {"simulator"}
