"""``mosaic schema``: write, or verify, the schemas that editors use for scenario files."""

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
        description="Write scenarios/scenario.schema.json and overlay.schema.json, which editors "
        "use to complete and explain the settings of scenario and overlay files.",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is out of date"
    )


def run(args: argparse.Namespace) -> int:
    """Write the schemas, or compare them with the files."""
    from simulator.scenario.overlay_schema import overlay_schema_text
    from simulator.scenario.rules import schema_text

    texts = {
        SCENARIOS / "scenario.schema.json": schema_text(),
        SCENARIOS / "overlay.schema.json": overlay_schema_text(),
    }
    stale = []
    for file, text in texts.items():
        if not args.check:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"{file.name}: written")
        elif not file.is_file() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
        else:
            print(f"{file.name}: up to date")
    if stale:
        isare = "is" if len(stale) == 1 else "are"
        raise UsageProblem(
            f"{' and '.join(stale)} {isare} out of date; run 'mosaic schema' and commit the result"
        )
    return 0
