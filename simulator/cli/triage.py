"""``mosaic triage SCENARIO``: whom a rule flags, round by round, and how often wrongly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario, whole_number
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.triage import Rounds

MOST_ROUNDS = 20
RANKED = {"people": "people", "areas": "squares of the map"}


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "triage",
        description="Let the scenario's rule rank people or squares of the map for attention, "
        "round after round, and show whom it flags wrongly. It is here to show the error.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--rounds",
        type=whole_number,
        metavar="N",
        help="rounds, in place of what the scenario says",
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print who is flagged in each round and what is wrong with it; return 0."""
    from simulator.cli.arguments import chosen_scenario
    from simulator.experiments.triage import triage_rounds

    if args.rounds is not None and not 1 <= args.rounds <= MOST_ROUNDS:
        raise UsageProblem(
            f"mosaic triage: --rounds must be between 1 and {MOST_ROUNDS} (you wrote {args.rounds})"
        )
    scenario = chosen_scenario(args)
    if scenario.triage is None:
        raise UsageProblem(
            f"mosaic triage: {args.scenario} declares no rule; add 'triage' to it (see modern.yaml)"
        )
    count = args.rounds or scenario.triage.rounds_count
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    progress = ProgressLine(announce(scenario, per_second=per_second, runs=count))
    try:
        rounds = triage_rounds(scenario, count, progress)
    finally:
        progress.clear()
    print(as_json(rounds) if args.format == "json" else as_text(rounds))
    return 0


def as_text(rounds: Rounds) -> str:
    """Return the heading, the table, the finding and the limits, for a terminal."""
    from textwrap import fill

    from simulator.report.table import WIDTH
    from simulator.report.triage_table import WARNING, triage_finding, triage_table
    from simulator.report.wording import CAVEAT

    scenario = rounds.scenario
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    heading = (
        f"{scenario.title} · {scenario.population.residents_count:,} residents, all invented · "
        f"seed {scenario.seed} · a rule ranks {RANKED[rounds.rule.ranks]}"
    )
    finding = triage_finding(rounds.measures, labels, rounds.rule.ranks)
    return "\n".join(
        [
            fill(heading, WIDTH),
            fill(WARNING, WIDTH),
            "",
            triage_table(rounds.measures, labels),
            "",
            *(fill(sentence, WIDTH) for sentence in finding),
            CAVEAT,
        ]
    )


def as_json(rounds: Rounds) -> str:
    """Return what was run, its limits and every measure, as JSON."""
    from simulator import __version__
    from simulator.report.triage_table import WARNING, triage_finding
    from simulator.report.wording import CAVEAT
    from simulator.scenario import scenario_hash

    scenario = rounds.scenario
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    rows = rounds.measures.astype(object).where(rounds.measures.notna(), None).to_dict("records")
    header = {
        "title": scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "warning": WARNING,
        "residents": scenario.population.residents_count,
        "seed": scenario.seed,
        "scenario_hash": scenario_hash(scenario),
        "version": __version__,
        "rule": rounds.rule.model_dump(),
        "findings": triage_finding(rounds.measures, labels, rounds.rule.ranks),
    }
    return json.dumps({**header, "measures": rows}, ensure_ascii=False, indent=1)
