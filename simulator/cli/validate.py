"""``mosaic validate``: published figures beside ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import whole_number
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import ProgressLine

if TYPE_CHECKING:
    import argparse

    import pandas as pd


UNICITY = "Unicity of telephones"
PICTURES = {UNICITY: "unicity.png"}
"""Sections of the table that have a picture, and its file beside the page."""


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "validate",
        description="Set published figures beside ours, with the range in which they agree. The "
        "exit code is 0 if every tested figure agrees, and 1 if one does not.",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="200,000 people in place of 2,000,000; what needs more is shown or left out",
    )
    parser.add_argument(
        "--seed", type=whole_number, metavar="N", help="seed, in place of the town's"
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="write a page of Markdown, and its picture beside it, in place of printing",
    )


def run(args: argparse.Namespace) -> int:
    """Print or write the table; return 0 if every tested figure agrees, else 1."""
    from simulator.experiments.validate import (
        FULL_PEOPLE,
        QUICK_PEOPLE,
        passes,
        run_validation,
    )
    from simulator.report.render import png
    from simulator.report.unicity_chart import unicity_chart
    from simulator.report.validation import (
        validation_page,
        validation_summary,
        validation_text,
    )

    if args.to:
        _check_folder(args.to)
    people_count = QUICK_PEOPLE if args.quick else FULL_PEOPLE
    cost = "20 s" if args.quick else "40 s and 1.2 GB of memory"
    print(f"{people_count:,} people: about {cost}. Ctrl+C stops it.", file=sys.stderr)
    progress = ProgressLine(is_long=True)
    try:
        validation = run_validation(people_count, args.seed, progress)
    finally:
        progress.clear()
    table = validation.table
    if args.to:
        page = validation_page(table, heading(args.seed), _command(args), PICTURES)
        args.to.write_text(page, encoding="utf-8", newline="\n")
        picture = args.to.with_name(PICTURES[UNICITY])
        picture.write_bytes(png(unicity_chart(validation.unicity)))
        print(f"{args.to}: {validation_summary(table)}")
    elif args.format == "json":
        print(as_json(table))
    else:
        print(validation_text(table, heading(args.seed)))
    return 0 if passes(table) else 1


def heading(seed: int | None) -> str:
    """Say what was run."""
    from simulator import __version__
    from simulator.experiments.validate.evidence import SCENARIO
    from simulator.scenario import load_scenario

    used = load_scenario(SCENARIO, seed=seed).seed
    return f"mosaic {__version__}, seed {used}, people as in the packaged {SCENARIO}, all invented."


def _command(args: argparse.Namespace) -> str:
    """Return the command that writes the page again."""
    options = [
        *(["--quick"] if args.quick else []),
        *([f"--seed {args.seed}"] if args.seed is not None else []),
    ]
    return " ".join(["mosaic validate", *options, f"--to {args.to.as_posix()}"])


def as_json(table: pd.DataFrame) -> str:
    """Return every row, figures that are not defined as null."""
    rows = json.loads(table.to_json(orient="records"))
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _check_folder(file: Path) -> None:
    """Refuse a file that cannot be written before the work, not after it."""
    if not file.absolute().parent.is_dir() or file.is_dir():
        raise UsageProblem(f"mosaic validate: {file} is not a file in a folder that exists")
