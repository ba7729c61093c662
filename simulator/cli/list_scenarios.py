"""``mosaic list``: the scenarios that come with Mosaic."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

_WIDTH = 88


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    subparsers.add_parser("list", description="Show the scenarios that come with Mosaic.")


def run(_args: argparse.Namespace) -> int:
    """Print the name, title and purpose of each scenario."""
    from simulator.scenario import packaged_scenarios

    scenarios = packaged_scenarios()
    width = max(len(scenario.name) for scenario in scenarios)
    indent = " " * (width + 2)
    for scenario in scenarios:
        print(f"{scenario.name:<{width}}  {scenario.title}")
        print(
            textwrap.fill(scenario.about, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        )
    return 0
