"""``mosaic check FILE…``: look for mistakes in scenario and overlay files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_overlays

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "check",
        description="Look for mistakes in scenario and overlay files: one line each, with line and "
        "column. An overlay alone is checked for what can be seen without a scenario; with --over, "
        "as a part of it.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a scenario or overlay file, or a packaged one such as town",
    )
    add_overlays(parser)
    parser.add_argument(
        "--over", metavar="SCENARIO", help="the scenario to check overlay files over"
    )


def run(args: argparse.Namespace) -> int:
    """Print every mistake; return 2 if there is one, else 0."""
    from simulator.scenario import ScenarioProblems

    code = 0
    for file in args.files:
        try:
            print(f"{_check(file, args.overlay, args.over)}: ok")
        except ScenarioProblems as problems:
            print(problems)
            code = 2
    return code


def _check(file: str, overlays: Sequence[str], over: str | None) -> str:
    """Return what to call a file that is without mistakes."""
    from simulator.scenario import ScenarioProblems, load_scenario
    from simulator.scenario.overlays import is_overlay, overlay_problems, read_overlay
    from simulator.scenario.packaged import is_packaged_policy, overlay_path, scenario_path
    from simulator.scenario.reading import read_layer, text_of

    if not is_packaged_policy(file):
        path, name = scenario_path(file)
        if not is_overlay(read_layer(text_of(path, name), name)):
            load_scenario(file, overlays=overlays)
            return name
    if over is not None:
        load_scenario(over, overlays=[*overlays, file])
    elif problems := overlay_problems(read_overlay(file)):
        raise ScenarioProblems(problems)
    return overlay_path(file)[1]
