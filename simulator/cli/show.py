"""``mosaic show SCENARIO``: its settings after every overlay, and where each change was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_files

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "show",
        description="Print the settings of a scenario with everything that is laid over it. Behind "
        "each setting that was changed stand the file and line it comes from.",
    )
    add_files(parser)
    parser.add_argument(
        "--changes",
        action="store_true",
        help="print only what differs from the scenario without overlays (or from the one it "
        "extends)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the settings, if they make a scenario; return 0."""
    from simulator.scenario.layering import layered_file
    from simulator.scenario.loading import checked
    from simulator.scenario.showing import changes_text, settings_text

    layered = layered_file(args.scenario, args.overlay)
    checked(layered)
    print((changes_text if args.changes else settings_text)(layered), end="")
    return 0
