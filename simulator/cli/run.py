"""``mosaic run SCENARIO``: how exposure grows as its lists are joined."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import (
    add_folder,
    add_replicates,
    add_scenario,
    check_replicates,
)
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

    from simulator.scenario import Scenario
    from simulator.tables import Result


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "run", description="Run a scenario and show how exposure grows as its lists are joined."
    )
    add_scenario(parser)
    add_replicates(parser)
    parser.add_argument(
        "--engine",
        metavar="NAME",
        help="who joins: vectorised (fast), recordlinkage (the Python Record Linkage Toolkit, to "
        "check the other), splink or splink_spark (Splink on DuckDB or Spark; each needs an "
        "extra), in place of what the scenario says",
    )
    add_folder(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the scenario, print the growth and write the files if asked to; return 0."""
    from simulator.scenario import load_scenario

    check_replicates(args.replicates)
    scenario = load_scenario(
        args.scenario,
        overlays=args.overlay,
        people=args.people,
        seed=args.seed,
        engine=args.engine,
    )
    if args.out:
        check_folder(args.out, force=args.force)
    result = compute(scenario, args.replicates)
    print(as_json(result) if args.format == "json" else as_text(result))
    if args.out:
        command = f"mosaic run scenario.json --replicates {args.replicates}"
        write_files(
            result, args.out, force=args.force, command=command if args.replicates > 1 else None
        )
    return 0


def compute(scenario: Scenario, replicates: int = 1) -> Result:
    """Run a scenario with its cost said before and its progress shown."""
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    progress = ProgressLine(announce(scenario, per_second=per_second, runs=replicates))
    try:
        if replicates > 1:
            from simulator.experiments.replicates import replicate

            return replicate(scenario, replicates, progress)
        from simulator.pipeline import run as run_pipeline

        return run_pipeline(scenario, progress=progress)
    finally:
        progress.clear()


def check_folder(folder: Path, *, force: bool) -> None:
    """Refuse a folder before the work, not after it."""
    from simulator.report.folders import FolderRefused, check_replaceable

    try:
        check_replaceable(folder, force=force)
    except FolderRefused as refusal:
        raise UsageProblem(str(refusal)) from None


def write_files(
    result: Result,
    folder: Path,
    *,
    force: bool,
    command: str | None = None,
    pages: Mapping[str, str] | None = None,
) -> None:
    """Write the files of a run; a folder that must not be replaced is a mistake of the user."""
    from simulator.report.exports import write_result
    from simulator.report.folders import FolderRefused

    try:
        write_result(result, folder, force=force, command=command, pages=pages)
    except FolderRefused as refusal:
        raise UsageProblem(str(refusal)) from None


def as_text(result: Result) -> str:
    """Return heading, growth, audit if any, finding and effort, for a terminal of 100 columns."""
    from textwrap import fill

    from simulator.report.certainty_wording import assumed_sentence
    from simulator.report.effort_wording import effort_sentences
    from simulator.report.steps import growth_steps, obtains_whole_lists, source_labels
    from simulator.report.table import WIDTH, audit_table, finding, growth_table

    steps = growth_steps(result.exposure, source_labels(result))
    residents = result.scenario.population.residents_count
    heading = (
        f"{result.scenario.title} · {residents:,} residents, all invented · seed {result.seed} · "
        f"scenario {result.scenario_hash}"
    )
    found, uncertain, caveat = finding(steps, whole_lists=obtains_whole_lists(result.scenario))
    said = (found, uncertain, *effort_sentences(result), assumed_sentence(result), caveat)
    parts = [fill(heading, WIDTH), growth_table(steps)]
    if result.audit is not None:
        groups = result.scenario.population.groups
        labels = {name: group.label for name, group in groups.items()}
        parts.append(audit_table(result.audit, labels))
    parts.append("\n".join(fill(sentence, WIDTH) for sentence in said if sentence))
    return "\n\n".join(parts)


def as_json(result: Result) -> str:
    """Return what the run was and every row of the exposure table, as JSON."""
    from simulator.report.exports import exposure_rows, result_header

    header = result_header(result)
    return json.dumps(header | {"exposure": exposure_rows(result)}, ensure_ascii=False, indent=1)
