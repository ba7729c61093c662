"""Designs of one town compared: what ``mosaic compare`` and ``mosaic policies`` share."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.cli.arguments import (
    add_folder,
    add_people_and_seed,
    add_replicates,
    check_replicates,
)
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from simulator.scenario import Scenario
    from simulator.tables import Comparison

_RUNS_PER_POLICY = 1.2
"""A policy is joined three times (frozen, retrained, placebo), in two processes, records reused."""


class Designs(NamedTuple):
    """What is compared: scenarios, their names as shown and what they say of themselves.

    `left_out` names policies that do not fit; `overlaid` tells policies from a second scenario.
    """

    base: Scenario
    policies: dict[str, Scenario]
    labels: dict[str, str]
    abouts: dict[str, str]
    left_out: list[str]
    overlaid: bool = True


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --people, --seed, --replicates, --to, --out, --force and --format."""
    add_people_and_seed(parser)
    add_replicates(parser)
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="write a page of Markdown in place of printing"
    )
    add_folder(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def check_options(args: argparse.Namespace, command: str) -> None:
    """Refuse what is out of range before any scenario is read; `command` is named in messages."""
    check_replicates(args.replicates)
    stems = [Path(overlay).stem for overlay in args.overlay]
    if len(set(stems)) < len(stems):
        raise UsageProblem(f"mosaic {command}: two overlays have the same name; rename one")
    if args.to and (not args.to.absolute().parent.is_dir() or args.to.is_dir()):
        raise UsageProblem(f"mosaic {command}: {args.to} is not a file in a folder that exists")


def carry_out(designs: Designs, args: argparse.Namespace, command: str) -> None:
    """Compare the designs, print and write what was asked for.

    Parameters
    ----------
    designs : Designs
    args : Namespace
        With what `add_options` adds.
    command : str
        What to type for the same figures; see `repeating_command`.
    """
    from simulator.cli.run import check_folder
    from simulator.experiments.compare import NotPaired, check_pairable

    try:
        for name, policy in designs.policies.items():
            check_pairable(designs.base, policy, f"'{designs.labels[name]}'")
    except NotPaired as refusal:
        raise UsageProblem(f"{' '.join(command.split()[:2])}: {refusal}") from None
    if args.out:
        check_folder(args.out, force=args.force)
    for name in designs.left_out:
        print(f"{name}: left out; it changes something that this town does not have",
              file=sys.stderr)  # fmt: skip
    _tell(compute(designs, args.replicates), designs, args, command)


def compute(designs: Designs, replicates: int) -> Comparison:
    """Compare with the cost said before and the progress shown."""
    from simulator.experiments.compare import compare

    base, policies = designs.base, designs.policies
    runs = replicates * (1 + round(_RUNS_PER_POLICY * len(policies)))
    per_second = RUN_PER_SECOND[base.linkage.engine]
    progress = ProgressLine(announce(base, per_second=per_second, runs=runs))
    try:
        return compare(
            base,
            policies,
            designs.labels,
            replicates,
            progress,
            abouts=designs.abouts,
            overlaid=designs.overlaid,
        )
    finally:
        progress.clear()


def described(overlay: str) -> tuple[str, str]:
    """Return the title of an overlay, and what it says it changes."""
    from simulator.scenario.overlays import read_overlay

    values = read_overlay(overlay).document.values
    return str(values.get("title", Path(overlay).stem)), one_line(str(values.get("about", "")))


def one_line(text: str) -> str:
    """Return a text of several lines as one."""
    return " ".join(text.split())


def repeating_command(args: argparse.Namespace, words: Sequence[str]) -> str:
    """Return what to type for the same figures; files elsewhere are named without their folders.

    Parameters
    ----------
    args : Namespace
        With what `add_options` adds.
    words : sequence of str
        What stands before those options.
    """
    typed = ["mosaic", *words]
    for option in ("people", "seed"):
        if getattr(args, option) is not None:
            typed += [f"--{option}", str(getattr(args, option))]
    if args.replicates > 1:
        typed += ["--replicates", str(args.replicates)]
    if args.to:
        typed += ["--to", args.to.name if args.to.is_absolute() else args.to.as_posix()]
    return shlex.join(typed)


def _tell(comparison: Comparison, designs: Designs, args: argparse.Namespace, command: str) -> None:
    from simulator.scenario import scenario_hash

    base = scenario_hash(designs.base)
    if args.out:
        from simulator.report.compare_exports import write_comparison
        from simulator.report.folders import FolderRefused

        try:
            write_comparison(
                comparison, args.out, command=command, scenario_hash=base, force=args.force
            )
        except FolderRefused as refusal:
            raise UsageProblem(str(refusal)) from None
    if args.to:
        from simulator.report.compare_page import comparison_page

        page = comparison_page(comparison, command, designs.left_out)
        args.to.write_text(page, encoding="utf-8", newline="\n")
        print(f"{args.to}: written")
    elif args.format == "json":
        from simulator.report.compare_exports import comparison_json

        print(comparison_json(comparison, command=command, scenario_hash=base))
    else:
        from simulator.report.compare_table import comparison_text

        print(comparison_text(comparison))
