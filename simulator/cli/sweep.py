"""``mosaic sweep SCENARIO --set PATH=V1,V2``: a town over a grid of settings."""

from __future__ import annotations

import shlex
from difflib import get_close_matches
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import (
    add_folder,
    add_replicates,
    add_scenario,
    check_replicates,
    chosen_scenario,
)
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from simulator.experiments.sweep import Sweep, Swept
    from simulator.scenario import Scenario

MOST_RUNS = 2000
MOST_SETTINGS = 4
USUAL_METRICS = ("exposure_share", "reidentified_share", "wrongful_share")


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "sweep",
        description="Run a town over every combination of some settings' values, all with the same "
        "people and the same luck as far as the settings leave them, every list joined.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--set",
        action="append",
        required=True,
        dest="settings",
        metavar="PATH=V1,V2,…",
        help="a setting, laid out with dots as in an overlay, and its values: "
        "linkage.threshold=0.5,0.9 or 'sources.*.staleness_years=0,3' for every list; may be "
        "given again",
    )
    parser.add_argument(
        "--metric",
        action="extend",
        nargs="+",
        metavar="NAME",
        help=f"what to measure ({' '.join(USUAL_METRICS)})",
    )
    add_replicates(parser)
    add_folder(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the grid, print its figures and write the files if asked to; return 0."""
    from simulator.cli.run import check_folder
    from simulator.experiments.sweep import grid

    check_replicates(args.replicates)
    settings = _settings(args)
    metrics = _metrics(args.metric)
    base = chosen_scenario(args)
    cells = grid(args.scenario, settings, overlays=args.overlay, people=args.people, seed=args.seed)
    if args.out:
        check_folder(args.out, force=args.force)
    found = compute(base, settings, cells, metrics, args.replicates)
    _tell(found, args)
    return 0


def compute(
    base: Scenario,
    settings: Sequence[Swept],
    cells: Sequence[Scenario],
    metrics: Sequence[str],
    replicates: int,
) -> Sweep:
    """Run the grid with its cost said before and its progress shown."""
    from simulator.experiments.sweep import sweep

    largest = max(cells, key=lambda cell: cell.population.residents_count)
    progress = ProgressLine(
        announce(
            largest,
            per_second=RUN_PER_SECOND[base.linkage.engine],
            runs=len(cells) * replicates,
        )
    )
    try:
        return sweep(base, settings, cells, metrics, replicates, progress)
    finally:
        progress.clear()


def _settings(args: argparse.Namespace) -> list[Swept]:
    """Read what is to be varied; refuse a grid that is too large, and what another option says."""
    from simulator.experiments.sweep import Swept
    from simulator.scenario.one_setting import listed_values

    found: list[Swept] = []
    for written in args.settings:
        path, sign, values = written.partition("=")
        path, listed = path.strip(), listed_values(values)
        if not sign or not all([*path.split("."), *listed]) or not written.isprintable():
            raise UsageProblem(
                "mosaic sweep: --set takes a path and its values, such as "
                f"linkage.threshold=0.5,0.9 (you wrote {written!r})"
            )
        found.append(Swept(path, tuple(listed)))
    paths = [swept.path for swept in found]
    if len(set(paths)) < len(paths):
        raise UsageProblem("mosaic sweep: one setting is given twice; write all its values at once")
    if len(paths) > MOST_SETTINGS:
        raise UsageProblem(f"mosaic sweep: at most {MOST_SETTINGS} settings can be varied at once")
    if "seed" in paths:
        raise UsageProblem("mosaic sweep: to draw the town anew, use --seeds N in place of --set")
    if args.people is not None and "population.residents_count" in paths:
        raise UsageProblem("mosaic sweep: --people and --set population.residents_count are one")
    cells = prod(len(swept.values) for swept in found)
    if cells * args.replicates > MOST_RUNS:
        raise UsageProblem(
            f"mosaic sweep: {cells:,} cells with {args.replicates:,} seeds each are "
            f"{cells * args.replicates:,} runs; at most {MOST_RUNS:,} are done at once"
        )
    return found


def _metrics(chosen: Sequence[str] | None) -> list[str]:
    from simulator.exposure.growth import METRICS

    names = list(dict.fromkeys(chosen or USUAL_METRICS))
    for name in names:
        if name not in METRICS:
            close = get_close_matches(name, METRICS, n=1)
            mend = f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(METRICS)}"
            raise UsageProblem(f"mosaic sweep: there is no metric '{name}'. {mend}")
    return names


def _tell(found: Sweep, args: argparse.Namespace) -> None:
    from simulator.report.sweep_exports import sweep_json, write_sweep
    from simulator.report.sweep_table import sweep_text
    from simulator.scenario import scenario_hash

    said = {"command": repeating_command(args), "scenario_hash": scenario_hash(found.base)}
    print(sweep_json(found, **said) if args.format == "json" else sweep_text(found))
    if args.out:
        from simulator.report.folders import FolderRefused

        try:
            write_sweep(found, args.out, force=args.force, **said)
        except FolderRefused as refusal:
            raise UsageProblem(str(refusal)) from None


def repeating_command(args: argparse.Namespace) -> str:
    """Return what to type for the same figures, naming files without their folders."""
    words = ["mosaic", "sweep", Path(args.scenario).name]
    for overlay in args.overlay:
        words += ["--overlay", Path(overlay).name]
    for setting in args.settings:
        words += ["--set", setting]
    for option in ("people", "seed"):
        if getattr(args, option) is not None:
            words += [f"--{option}", str(getattr(args, option))]
    if args.replicates > 1:
        words += ["--seeds", str(args.replicates)]
    if args.metric:
        words += ["--metric", *args.metric]
    return shlex.join(words)
