"""``mosaic schema``: write, or verify, the schema that editors use for scenario files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.problems import UsageProblem
from simulator.locations import SCENARIOS

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "schema",
        description="Write scenarios/scenario.schema.json, which editors use to complete and "
        "explain the settings of a scenario file.",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if the file is out of date"
    )


def run(args: argparse.Namespace) -> int:
    """Write the schema, or compare it with the file."""
    from simulator.scenario.rules import schema_text

    file = SCENARIOS / "scenario.schema.json"
    text = schema_text()
    if not args.check:
        file.write_text(text, encoding="utf-8", newline="\n")
        print(f"{file.name}: written")
    elif not file.is_file() or file.read_text(encoding="utf-8") != text:
        raise UsageProblem(f"{file.name} is out of date; run 'mosaic schema' and commit the file")
    else:
        print(f"{file.name}: up to date")
    return 0
