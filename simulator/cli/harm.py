"""``mosaic harm SCENARIO``: what is wrong in the files, what is done because of it, and to whom."""

from __future__ import annotations

import json
from math import ceil
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import (
    add_replicates,
    add_scenario,
    check_replicates,
    chosen_scenario,
)
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from simulator.experiments.harm import Harm

MEASURES = (
    "wrongful_share",
    "sensitive_wrongful_share",
    "false_dossier_share",
    "missed_share",
)
_RUNS, _RUNS_WITH_GAP = 2, 8
"""What a town takes, in plain runs: the run and its controls; eight designs that share records."""


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "harm",
        description="Say who is harmed: facts of somebody else's and records missed, by group "
        "beside everyone else; what a watch list acts on; whether links are as right as they are "
        "said to be; and what is learnt beyond a control. 20 replicates make a headline.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--measure",
        action="append",
        choices=MEASURES,
        metavar="MEASURE",
        help=f"what to compare by group: {', '.join(MEASURES)}; may be given again (all)",
    )
    add_replicates(parser)
    parser.add_argument(
        "--gap",
        action="store_true",
        help="share each group's gap out over coverage, field errors and linking",
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print who is harmed and how; return 0."""
    from simulator.experiments.harm import measure_harm
    from simulator.experiments.processes import cores

    check_replicates(args.replicates)
    scenario = chosen_scenario(args)
    metrics = tuple(dict.fromkeys(args.measure or MEASURES))
    in_turn = ceil(args.replicates / min(args.replicates, cores()))
    runs = in_turn * (_RUNS_WITH_GAP if args.gap else _RUNS)
    progress = ProgressLine(
        announce(scenario, per_second=RUN_PER_SECOND[scenario.linkage.engine], runs=runs)
    )
    try:
        harm = measure_harm(scenario, args.replicates, metrics if args.gap else (), progress)
    finally:
        progress.clear()
    if args.format == "json":
        print(as_json(harm, metrics))
    else:
        from simulator.report.harm_table import harm_text

        print(harm_text(harm, metrics))
    return 0


def as_json(harm: Harm, metrics: tuple[str, ...]) -> str:
    """Return what was run and every figure, as JSON; what is withheld or not defined is null."""
    from simulator.report.harm_wording import group_sentences
    from simulator.report.wording import CAVEAT

    scenario, groups = harm.scenario, harm.groups
    labels = {name: group.label for name, group in scenario.population.groups.items()}
    held = groups.held.loc[groups.held["metric"].isin(metrics)]
    found = {
        "title": scenario.title,
        "synthetic": True,
        "caveat": CAVEAT,
        "seeds": list(harm.seeds),
        "scenario_hash": harm.scenario_hash,
        "version": harm.version,
        "finding": group_sentences(groups.held, labels),
        "held": _rows(held),
        "acted_on": [
            {"by": by, **row} for by, figures in groups.acted_on.items() for row in _rows(figures)
        ],
        "overconfidence": _rows(harm.overconfidence),
        "calibration": _rows(harm.calibration),
        "control": _rows(harm.control),
        "gap": None if harm.gap is None else _rows(harm.gap),
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return rows
