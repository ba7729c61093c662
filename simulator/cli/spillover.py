"""``mosaic spillover SCENARIO``: what leaving is worth while friends and family stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario, chosen_scenario, number
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.spill_over import SpillOver


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "spillover",
        description="Let residents leave every list that lets them, alone and then with more and "
        "more of their household and ties, and show what is still known of them through others.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--share",
        type=number,
        metavar="S",
        help="share of the residents who leave together, drawn at random (0.02; more in a small "
        "town, for 100 leavers, up to 0.2)",
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print what is known through others, and how many must leave before it helps; return 0."""
    from simulator.experiments.spill_over import MOST_SHARE, default_share, spill_over

    if args.share is not None and not 0 < args.share <= MOST_SHARE:
        raise UsageProblem(
            f"mosaic spillover: --share must be above 0 and at most {MOST_SHARE} (you wrote "
            f"{args.share:g}); with more, friends who left by themselves blur the picture"
        )
    scenario = chosen_scenario(args)
    # leaving costs about as much as a second run
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    progress = ProgressLine(announce(scenario, per_second=per_second, runs=2))
    try:
        found = spill_over(scenario, args.share or default_share(scenario), progress)
    finally:
        progress.clear()
    print(as_json(found) if args.format == "json" else as_text(found))
    return 0


def as_text(found: SpillOver) -> str:
    """Return the heading, both tables, the finding and the caveat, for a terminal."""
    from textwrap import fill

    from simulator.report.spill_over_table import facts_table, spill_over_table
    from simulator.report.spill_over_wording import findings
    from simulator.report.table import WIDTH
    from simulator.report.wording import CAVEAT

    result, leavers = found.result, len(found.leavers.entity_id)
    heading = (
        f"{result.scenario.title} · {result.scenario.population.residents_count:,} residents, all "
        f"invented · {leavers:,} of them leave · seed {result.seed} · scenario "
        f"{result.scenario_hash}"
    )
    labels: dict[str, str] = {name: one.label for name, one in result.scenario.facts.items()}
    return "\n".join(
        [
            fill(heading, WIDTH),
            "",
            spill_over_table(found.measures),
            "gone: of 100 of a leaver's household and ties, so many have left the lists as well.",
            "",
            facts_table(found.facts, labels),
            "",
            *(fill(said, WIDTH) for said in findings(found.measures, found.lists)),
            CAVEAT,
        ]
    )


def as_json(found: SpillOver) -> str:
    """Return what was run, its limits and every measure, as JSON."""
    from simulator.report.spill_over_wording import findings
    from simulator.report.wording import CAVEAT

    result = found.result
    tables = {
        name: table.astype(object).where(table.notna(), None).to_dict("records")
        for name, table in (("measures", found.measures), ("facts", found.facts))
    }
    header = {
        "title": result.scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "residents": result.scenario.population.residents_count,
        "leavers": len(found.leavers.entity_id),
        "share": found.share,
        "left_lists": list(result.scenario.with_opt_out()),
        "seed": result.seed,
        "scenario_hash": result.scenario_hash,
        "version": result.version,
        "findings": findings(found.measures, found.lists),
    }
    return json.dumps({**header, **tables}, ensure_ascii=False, indent=1)
