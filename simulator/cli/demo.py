"""``mosaic demo``: the town of 5,000 that comes with Mosaic, from one command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.run import as_text, check_folder, compute, write_files

if TYPE_CHECKING:
    import argparse

SCENARIO = "town"
FOLDER = Path("out") / "town"
BRIEFING = "briefing.html"


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "demo", description=f"Run the town of 5,000 that comes with Mosaic; write {FOLDER}."
    )


def run(_args: argparse.Namespace) -> int:
    """Run the packaged town, print its growth and write its files and briefing; return 0."""
    from simulator.report.briefing import briefing_html
    from simulator.scenario import load_notes, load_scenario

    check_folder(FOLDER, force=False)
    result = compute(load_scenario(SCENARIO))
    print(as_text(result))
    command = f"mosaic briefing {SCENARIO} --out {BRIEFING}"
    briefing = briefing_html(result, notes=load_notes(SCENARIO), command=command)
    write_files(result, FOLDER, force=False, pages={BRIEFING: briefing})
    print(f"\nTables and the growth chart: {FOLDER}. The pages: mosaic dashboard")
    print(f"To print: {FOLDER / BRIEFING}")
    return 0
