"""``mosaic certainty SCENARIO``: its links and stated probabilities against the truth."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario, chosen_scenario, whole_number
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.certainty import Candidates
    from simulator.scenario import Scenario
    from simulator.tables import Result

MOST_SEEDS = 100
_SHOWN_THRESHOLDS = (0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "certainty",
        description="Hold the links of a scenario, and how sure they are said to be, against the "
        "truth, in towns drawn anew.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--seeds",
        type=whole_number,
        default=3,
        metavar="N",
        help="how many towns to pool, drawn with the seeds after the scenario's own (3)",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--rules",
        action="store_true",
        help="tell instead, in the scenario's own town, which pairs each blocking rule brings",
    )
    instead.add_argument(
        "--evidence",
        action="store_true",
        help="tell instead, in the scenario's own town, what speaks for one person and how much, "
        "and which records say too little",
    )


def run(args: argparse.Namespace) -> int:
    """Print right, wrong and missed links, stated against true, and the error; return 0."""
    from simulator.experiments.certainty import over_unseen_seeds
    from simulator.pipeline import run as pipeline_run

    if not 1 <= args.seeds <= MOST_SEEDS:
        raise UsageProblem(
            f"mosaic certainty: --seeds must be between 1 and {MOST_SEEDS} (you wrote {args.seeds})"
        )
    scenario = chosen_scenario(args)
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    own_town = args.rules or args.evidence
    runs = 1 if own_town else args.seeds
    progress = ProgressLine(announce(scenario, per_second=per_second, runs=runs))
    if own_town:
        try:
            result = pipeline_run(scenario, progress)
        finally:
            progress.clear()
        print(rules_as_text(result) if args.rules else evidence_as_text(result))
        return 0
    try:
        candidates = over_unseen_seeds(scenario, args.seeds, progress)
    finally:
        progress.clear()
    print(as_text(scenario, args.seeds, candidates))
    return 0


def rules_as_text(result: Result) -> str:
    """Return what each blocking rule brings, and what all of them miss."""
    from simulator.experiments.rule_yield import rule_yield
    from simulator.report.certainty_table import rules_table
    from simulator.report.certainty_wording import rules_sentence
    from simulator.report.wording import CAVEAT

    found = rule_yield(result)
    left_out = int(found.rules["left_out"].sum())
    return "\n".join(
        [
            f"{result.scenario.title} · all invented · seed {result.seed}",
            "",
            "Pairs compared (alone: that no other rule brings; true: about one person)",
            rules_table(found.rules),
            "",
            fill(rules_sentence(found.found_count, found.true_pairs_count, left_out), 100),
            CAVEAT,
        ]
    )


def evidence_as_text(result: Result) -> str:
    """Return what linkage has learnt to go by, and which records say too little."""
    from simulator.linkage.evidence import level_shares, too_little_said
    from simulator.report.certainty_table import evidence_table, too_little_table
    from simulator.report.certainty_wording import assumed_sentence, too_little_sentence
    from simulator.report.wording import CAVEAT

    scenario = result.scenario
    assumed = assumed_sentence(result)
    lists = too_little_said(result.learnt, scenario.linkage.threshold)
    counts = lists["too_little_count"].sum(), lists["records_count"].sum()
    return "\n".join(
        [
            f"{scenario.title} · all invented · seed {result.seed}",
            "",
            "What speaks for one person (learnt from the records alone; mean over pairs of lists)",
            evidence_table(level_shares(result.learnt)),
            *([fill(assumed, 100)] if assumed else []),
            "",
            too_little_table(lists, {n: each.label for n, each in scenario.sources.items()}),
            "",
            fill(too_little_sentence(*map(int, counts)), 100),
            CAVEAT,
        ]
    )


def as_text(scenario: Scenario, seeds: int, candidates: Candidates) -> str:
    """Return the heading, both tables, the error in words and the caveat."""
    from simulator.experiments.certainty import (
        best_threshold,
        by_threshold,
        calibration,
        expected_calibration_error,
        unsure,
    )
    from simulator.report.certainty_table import calibration_table, thresholds_table
    from simulator.report.certainty_wording import balance_sentence, calibration_sentence
    from simulator.report.wording import CAVEAT, counted

    chosen = unsure(candidates)
    last = scenario.seed + seeds
    towns = f"seed {last}" if seeds == 1 else f"seeds {scenario.seed + 1} to {last}"
    error = expected_calibration_error(candidates)
    return "\n".join(
        [
            f"{scenario.title} · {counted(seeds, 'town', 'towns')} drawn anew, {towns} · all "
            f"invented · engine {scenario.linkage.engine}",
            "",
            f"Links against the truth ({candidates.true_pairs_count:,} pairs of records are about "
            "one person)",
            thresholds_table(by_threshold(candidates, _SHOWN_THRESHOLDS)),
            balance_sentence(*best_threshold(by_threshold(candidates))),
            "",
            "Stated against true (pairs stated at 5 to 95 in 100)",
            calibration_table(calibration(chosen)),
            "",
            "Shares in 100, with Wilson's 95 % interval.",
            calibration_sentence(error, len(chosen.probability)),
            CAVEAT,
        ]
    )
