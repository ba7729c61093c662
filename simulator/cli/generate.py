"""``mosaic generate SCENARIO``: the lists themselves, as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_folder, add_scenario, chosen_scenario
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import GENERATED_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "generate", description="Write the records of each source of a scenario as a Parquet file."
    )
    add_scenario(parser)
    add_folder(parser, required=True)
    parser.add_argument(
        "--with-truth",
        action="store_true",
        help="also write the true people, and whom each record is about",
    )


def run(args: argparse.Namespace) -> int:
    """Write one file per source, and with truth two more; return 0."""
    from simulator import __version__
    from simulator.cli.run import check_folder
    from simulator.pipeline import collect_records
    from simulator.report.folders import FolderRefused
    from simulator.report.generated import write_generated

    scenario = chosen_scenario(args)
    check_folder(args.out, force=args.force)
    progress = ProgressLine(announce(scenario, per_second=GENERATED_PER_SECOND))
    population, collected = collect_records(scenario, progress)
    progress.clear()
    try:
        write_generated(
            population,
            collected,
            args.out,
            version=__version__,
            with_truth=args.with_truth,
            force=args.force,
        )
    except FolderRefused as refusal:
        raise UsageProblem(str(refusal)) from None
    for name, frame in collected.records.items():
        print(f"{args.out / name}.parquet: {len(frame):,} records")
    return 0
