"""``mosaic attribution SCENARIO``: to which lists exposure is owed, and whose removal protects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_folder, add_scenario, chosen_scenario, whole_number
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.attribution_tables import Attribution
    from simulator.scenario import Scenario
    from simulator.tables import Result

MOST_PERMUTATIONS = 10_000


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "attribution",
        description="Say how much of what is known is owed to each list (its Shapley share), which "
        "removal protects most, and in which order to close lists. Up to 12 lists exactly, from "
        "all their subsets; beyond, from orders drawn at random.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--permutations",
        type=whole_number,
        metavar="N",
        help="draw N orders of the lists in place of joining every subset (12 where there are more "
        "than 12 lists)",
    )
    add_folder(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print shares, removals and the order of closing; write the files if asked to; return 0."""
    from simulator.cli.run import check_folder
    from simulator.report.attribution_exports import attribution_json
    from simulator.report.attribution_table import attribution_text

    if args.permutations is not None and not 2 <= args.permutations <= MOST_PERMUTATIONS:
        raise UsageProblem(
            f"mosaic attribution: --permutations must be between 2 and {MOST_PERMUTATIONS} (you "
            f"wrote {args.permutations})"
        )
    scenario = chosen_scenario(args)
    if args.out:
        check_folder(args.out, force=args.force)
    result, found = compute(scenario, args.permutations)
    print(attribution_json(found) if args.format == "json" else attribution_text(found))
    if args.out:
        _write(result, found, args)
    return 0


def compute(scenario: Scenario, permutations: int | None) -> tuple[Result, Attribution]:
    """Run the scenario and attribute, with the cost said before and the progress shown."""
    from simulator.experiments.attribution import attribute, is_exact, subsets_needed
    from simulator.experiments.subsets import players
    from simulator.pipeline import run as run_pipeline

    count = len(players(scenario))
    # of few lists all subsets are solved at once, which costs no more than measuring the run
    subsets = 0 if is_exact(count, permutations) else subsets_needed(count, permutations)
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    progress = ProgressLine(announce(scenario, per_second=per_second, subsets=subsets))
    try:
        result = run_pipeline(scenario, progress=progress)
        return result, attribute(result, permutations, progress)
    finally:
        progress.clear()


def _write(result: Result, found: Attribution, args: argparse.Namespace) -> None:
    from simulator.experiments.holdings import who_holds_what
    from simulator.report.attribution_exports import write_attribution
    from simulator.report.folders import FolderRefused

    try:
        write_attribution(found, who_holds_what(result), args.out, force=args.force)
    except FolderRefused as refusal:
        raise UsageProblem(str(refusal)) from None
