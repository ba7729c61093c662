"""``mosaic time SCENARIO``: what a file holds day by day, and by when it says where somebody is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from simulator.experiments.over_time import OverTime

DEFAULT_RETENTION = "3,30"
MOST_RETENTIONS = 6


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "time",
        description="Follow a town that sensors watch: how much of the file had come about by "
        "each day, by when something in it was seen near its owner's home, and what is left of "
        "that where the sensors forget sooner.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--days",
        metavar="D1,D2,…",
        help="days to measure exposure on; 0 is before the first (about ten, up to the last)",
    )
    parser.add_argument(
        "--retention",
        metavar="R1,R2,…",
        default=DEFAULT_RETENTION,
        help=f"run again with sensors that forget after so many days ({DEFAULT_RETENTION}); "
        '"none" runs nothing again',
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print exposure by day, who is located by when, and the same with less memory; return 0."""
    from simulator.cli.arguments import chosen_scenario
    from simulator.experiments.over_time import over_time, sensors, usual_days

    scenario = chosen_scenario(args)
    if not sensors(scenario):
        raise UsageProblem(
            f"mosaic time: nothing watches {args.scenario}: no list within reach holds sightings; "
            "try modern"
        )
    last = scenario.observation_days
    days = usual_days(scenario) if args.days is None else _numbers("days", args.days, 0, last)
    retentions = (
        () if args.retention == "none" else _numbers("retention", args.retention, 1, 36_500)
    )
    if len(retentions) > MOST_RETENTIONS:
        raise UsageProblem(f"mosaic time: --retention takes at most {MOST_RETENTIONS} numbers")
    # to measure by day costs about as much as to run once more
    per_second = RUN_PER_SECOND[scenario.linkage.engine]
    progress = ProgressLine(announce(scenario, per_second=per_second, runs=2 + len(retentions)))
    try:
        found = over_time(scenario, days, retentions, progress)
    finally:
        progress.clear()
    print(as_json(found) if args.format == "json" else as_text(found))
    return 0


def _numbers(option: str, written: str, least: int, most: int) -> tuple[int, ...]:
    """Read numbers separated by commas; each once, in rising order."""
    parts = [part.strip() for part in written.split(",")]
    numbers = {
        int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else -1 for part in parts
    }
    if not all(least <= number <= most for number in numbers):
        raise UsageProblem(
            f"mosaic time: --{option} takes numbers from {least} to {most:,}, separated by commas "
            f"(you wrote {written})"
        )
    return tuple(sorted(numbers))


def as_text(found: OverTime) -> str:
    """Return the heading, both tables, the findings and the caveat, for a terminal."""
    from textwrap import fill

    from simulator.report.definitions import OVER_TIME
    from simulator.report.table import WIDTH
    from simulator.report.time_table import exposure_table, located_table
    from simulator.report.time_wording import HINDSIGHT
    from simulator.report.wording import CAVEAT

    scenario = found.result.scenario
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    heading = (
        f"{scenario.title} · {scenario.population.residents_count:,} residents, all invented · "
        f"seed {scenario.seed} · sensors watch for {scenario.observation_days} days"
    )
    return "\n".join(
        [
            fill(heading, WIDTH),
            "",
            "How much of the file had come about, of 100 (± half the 95 % interval)",
            exposure_table(found.exposure),
            "",
            "Seen near home by something in the file, of 100 residents with a file (n)",
            located_table(found.located, labels),
            *(fill(f"{name}: {meaning}", WIDTH) for name, meaning in OVER_TIME.values()),
            HINDSIGHT,
            "",
            *(fill(said, WIDTH) for said in _findings(found)),
            CAVEAT,
        ]
    )


def _findings(found: OverTime) -> list[str]:
    from simulator.report.time_wording import another_sentence, exposure_sentence, sentence

    memories = found.located["retention_days"].dropna().unique()
    said = [
        sentence(found.located, None),
        *(sentence(found.located, int(retention)) for retention in memories),
        another_sentence(found.located),
        exposure_sentence(found.exposure),
    ]
    return [each for each in said if each]


def as_json(found: OverTime) -> str:
    """Return what was run, its limits, the findings and every figure, as JSON."""
    from simulator.report.wording import CAVEAT

    result = found.result
    header = {
        "title": result.scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "residents": result.scenario.population.residents_count,
        "seed": result.seed,
        "scenario_hash": result.scenario_hash,
        "version": result.version,
        "observation_days": result.scenario.observation_days,
        "findings": _findings(found),
        "exposure_by_day": _rows(found.exposure),
        "located": _rows(found.located),
    }
    return json.dumps(header, ensure_ascii=False, indent=1)


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")
