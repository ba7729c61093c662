"""``mosaic list``: the scenarios and policies that come with Mosaic."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

_WIDTH = 88


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    subparsers.add_parser(
        "list", description="Show the scenarios that come with Mosaic, and the policies."
    )


def run(_args: argparse.Namespace) -> int:
    """Print the name, title and purpose of each scenario, then name and title of each policy."""
    from simulator.scenario import packaged_policies, packaged_scenarios

    scenarios, policies = packaged_scenarios(), packaged_policies()
    width = max(len(scenario.name) for scenario in scenarios)
    indent = " " * (width + 2)
    for scenario in scenarios:
        print(f"{scenario.name:<{width}}  {scenario.title}")
        print(
            textwrap.fill(scenario.about, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        )
    if policies:
        print("\nPolicies, to lay over a scenario with --overlay:")
        width = max(len(policy.name) for policy in policies)
        for policy in policies:
            print(f"{policy.name:<{width}}  {policy.title}")
    return 0
