"""``mosaic check FILE…``: look for mistakes in scenario files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "check",
        description="Look for mistakes in scenario files: one line each, with line and column.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a scenario file, or a packaged one such as town"
    )


def run(args: argparse.Namespace) -> int:
    """Print every mistake; return 2 if there is one, else 0."""
    from simulator.scenario import ScenarioProblems, load_scenario
    from simulator.scenario.packaged import scenario_path

    code = 0
    for file in args.files:
        try:
            load_scenario(file)
            print(f"{scenario_path(file)[1]}: ok")
        except ScenarioProblems as problems:
            print(problems)
            code = 2
    return code
