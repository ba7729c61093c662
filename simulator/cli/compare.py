"""``mosaic compare A B`` and ``mosaic compare A --overlay P``: what a policy changes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.cli.arguments import add_folder, add_replicates, check_replicates
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.scenario import Scenario
    from simulator.tables import Comparison

_RUNS_PER_POLICY = 1.2
"""A policy is joined three times (frozen, retrained, placebo), in two processes, records reused."""


class Designs(NamedTuple):
    """What is compared: scenarios and their names as shown; policies that do not fit."""

    base: Scenario
    policies: dict[str, Scenario]
    labels: dict[str, str]
    left_out: list[str]


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "compare",
        description="Compare a town with itself under a policy, person by person: who is exposed "
        "less, who more, and whether as much taken away at random would do as well. 20 replicates "
        "make a headline.",
    )
    parser.add_argument(
        "scenario", metavar="A", help="a scenario file, or a packaged one such as town"
    )
    parser.add_argument(
        "other",
        metavar="B",
        nargs="?",
        help="another design of the same town, with the same people",
    )
    parser.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="an overlay file or a packaged policy, compared with A; may be given again",
    )
    parser.add_argument(
        "--all-policies", action="store_true", help="compare every packaged policy that fits A"
    )
    parser.add_argument(
        "--together", action="store_true", help="lay all overlays over A at once, as one policy"
    )
    parser.add_argument("--people", type=int, metavar="N", help="residents, in place of A's")
    parser.add_argument("--seed", type=int, metavar="N", help="seed, in place of A's")
    add_replicates(parser)
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="write a page of Markdown in place of printing"
    )
    add_folder(parser, required=False)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Compare, print and write what was asked for; return 0."""
    from simulator.cli.run import check_folder
    from simulator.experiments.compare import NotPaired, check_pairable

    check_replicates(args.replicates)
    _check_usage(args)
    designs = chosen_designs(args)
    try:
        for name, policy in designs.policies.items():
            check_pairable(designs.base, policy, f"'{designs.labels[name]}'")
    except NotPaired as refusal:
        raise UsageProblem(f"mosaic compare: {refusal}") from None
    if args.out:
        check_folder(args.out, force=args.force)
    for name in designs.left_out:
        print(f"{name}: left out; it changes something that this town does not have",
              file=sys.stderr)  # fmt: skip
    comparison = compute(designs, args.replicates)
    _tell(comparison, designs, args)
    return 0


def compute(designs: Designs, replicates: int) -> Comparison:
    """Compare with the cost said before and the progress shown."""
    from simulator.experiments.compare import compare

    base, policies, labels, _ = designs
    runs = replicates * (1 + round(_RUNS_PER_POLICY * len(policies)))
    per_second = RUN_PER_SECOND[base.linkage.engine]
    progress = ProgressLine(announce(base, per_second=per_second, runs=runs))
    try:
        return compare(base, policies, labels, replicates, progress)
    finally:
        progress.clear()


def chosen_designs(args: argparse.Namespace) -> Designs:
    """Return the base and the policies that the options mean."""
    from simulator.scenario import ScenarioProblems, load_scenario, packaged_policies

    def load(*overlays: str) -> Scenario:
        return load_scenario(args.scenario, overlays=overlays, people=args.people, seed=args.seed)

    base = load()
    if args.other is not None:
        other = load_scenario(args.other, people=args.people, seed=args.seed)
        name = Path(args.other).stem
        return Designs(base, {name: other}, {name: other.title}, [])
    titles = {overlay: _title(overlay) for overlay in args.overlay}
    if args.together:
        name = "+".join(Path(overlay).stem for overlay in titles)
        return Designs(base, {name: load(*titles)}, {name: " + ".join(titles.values())}, [])
    policies = {Path(overlay).stem: load(overlay) for overlay in titles}
    labels = {Path(overlay).stem: title for overlay, title in titles.items()}
    left_out = []
    for policy in packaged_policies() if args.all_policies else []:
        try:
            policies.setdefault(policy.name, load(policy.name))
        except ScenarioProblems:
            left_out.append(policy.title)
        else:
            labels.setdefault(policy.name, policy.title)
    if not policies:
        raise UsageProblem(f"mosaic compare: no packaged policy fits {args.scenario}")
    return Designs(base, policies, labels, left_out)


def _title(overlay: str) -> str:
    from simulator.scenario.overlays import read_overlay

    return str(read_overlay(overlay).document.values.get("title", Path(overlay).stem))


def _check_usage(args: argparse.Namespace) -> None:
    if args.other is not None and (args.overlay or args.all_policies):
        raise UsageProblem("mosaic compare: name a second scenario or overlays, not both")
    if args.other is None and not args.overlay and not args.all_policies:
        raise UsageProblem(
            "mosaic compare: name a second scenario, --overlay FILE, or --all-policies"
        )
    if args.together and (args.all_policies or len(args.overlay) < 2):
        raise UsageProblem("mosaic compare: --together needs two --overlay or more, and only them")
    stems = [Path(overlay).stem for overlay in args.overlay]
    if len(set(stems)) < len(stems):
        raise UsageProblem("mosaic compare: two overlays have the same name; rename one")
    if args.to and (not args.to.absolute().parent.is_dir() or args.to.is_dir()):
        raise UsageProblem(f"mosaic compare: {args.to} is not a file in a folder that exists")


def _tell(comparison: Comparison, designs: Designs, args: argparse.Namespace) -> None:
    from simulator.scenario import scenario_hash

    command, base = repeating_command(args), scenario_hash(designs.base)
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


def repeating_command(args: argparse.Namespace) -> str:
    """Return what to type for the same figures, naming scenario files without their folders."""
    words = ["mosaic", "compare", Path(args.scenario).name]
    words += [Path(args.other).name] if args.other is not None else []
    for overlay in args.overlay:
        words += ["--overlay", Path(overlay).name]
    words += [f"--{option.replace('_', '-')}" for option in ("all_policies", "together")
              if getattr(args, option)]  # fmt: skip
    for option in ("people", "seed"):
        if getattr(args, option) is not None:
            words += [f"--{option}", str(getattr(args, option))]
    if args.replicates > 1:
        words += ["--replicates", str(args.replicates)]
    if args.to:
        words += ["--to", args.to.as_posix()]
    return shlex.join(words)
