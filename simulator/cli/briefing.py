"""``mosaic briefing SCENARIO``: a result as one file, to print or to show."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_replicates, add_scenario, check_replicates, chosen_scenario
from simulator.cli.problems import UsageProblem

if TYPE_CHECKING:
    import argparse

    from simulator.tables import Result


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "briefing",
        description="Run a scenario and write the result as one file that opens in any browser, "
        "without a network: a briefing of two printed pages at most (the inputs of many lists "
        "stand in an annex), or the Story.",
    )
    add_scenario(parser)
    add_replicates(parser)
    parser.add_argument(
        "--to",
        choices=("html", "story"),
        default="html",
        help="html: the briefing, to print (usual). story: the Story, to show",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", required=True, help="the file to write, ending in .html"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace the file even if mosaic did not write it"
    )


def run(args: argparse.Namespace) -> int:
    """Run the scenario and write the page; return 0."""
    from simulator.cli.run import compute
    from simulator.report.page import PageRefused, check_writable, write_page

    check_replicates(args.replicates)
    scenario = chosen_scenario(args)
    try:
        check_writable(args.out, force=args.force)
        text = _page(compute(scenario, args.replicates), args)
        write_page(text, args.out, force=args.force)
    except PageRefused as refusal:
        raise UsageProblem(f"mosaic briefing: {refusal}") from None
    print(f"{args.out}: written; open it in a browser{'' if args.to == 'story' else ' and print'}")
    return 0


def _page(result: Result, args: argparse.Namespace) -> str:
    if args.to == "story":
        from simulator.report.story_page import story_html

        return story_html(result, command=repeating_command(args))
    from simulator.report.briefing import briefing_html
    from simulator.scenario import load_notes

    notes = load_notes(args.scenario, args.overlay)
    return briefing_html(result, notes=notes, command=repeating_command(args))


def repeating_command(args: argparse.Namespace) -> str:
    """Return what to type for the same page, naming files without their folders."""
    words = ["mosaic", "briefing", Path(args.scenario).name]
    for overlay in args.overlay:
        words += ["--overlay", Path(overlay).name]
    for option in ("people", "seed"):
        if getattr(args, option) is not None:
            words += [f"--{option}", str(getattr(args, option))]
    if args.replicates > 1:
        words += ["--replicates", str(args.replicates)]
    if args.to != "html":
        words += ["--to", args.to]
    return shlex.join([*words, "--out", args.out.name])
