"""``mosaic policies SCENARIO``: every packaged policy that fits, ranked beside the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.designs import (
    Designs,
    add_options,
    carry_out,
    check_options,
    described,
    one_line,
    repeating_command,
)
from simulator.cli.problems import UsageProblem

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "policies",
        description="Lay every packaged policy that fits over a town, each by itself, and rank "
        "them by what they do to exposure, to wrongful facts and to the hardest-hit group, each "
        "beside as much taken away at random. 20 seeds make a headline.",
    )
    parser.add_argument(
        "scenario", metavar="SCENARIO", help="a scenario file, or a packaged one such as town"
    )
    parser.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="a policy of your own to rank among them; may be given again",
    )
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Compare, print and write what was asked for; return 0."""
    check_options(args, "policies")
    words = ["policies", Path(args.scenario).name]
    for overlay in args.overlay:
        words += ["--overlay", Path(overlay).name]
    carry_out(every_design(args), args, repeating_command(args, words))
    return 0


def every_design(args: argparse.Namespace) -> Designs:
    """Return the base beside it under the overlays given, then under every policy that fits."""
    from simulator.experiments.fitting import fitting_policies
    from simulator.scenario import load_scenario

    chosen = {"people": args.people, "seed": args.seed}
    designs = Designs(load_scenario(args.scenario, **chosen), {}, {}, {}, [])
    for overlay in args.overlay:
        name = Path(overlay).stem
        designs.policies[name] = load_scenario(args.scenario, overlays=[overlay], **chosen)
        designs.labels[name], designs.abouts[name] = described(overlay)
    fitting = fitting_policies(args.scenario, **chosen)
    for name, policy in fitting.policies.items():
        if name not in designs.policies:
            designs.policies[name] = policy
            designs.labels[name] = fitting.files[name].title
            designs.abouts[name] = one_line(fitting.files[name].about)
    if not designs.policies:
        raise UsageProblem(f"mosaic policies: no packaged policy fits {args.scenario}")
    return designs._replace(left_out=fitting.left_out)
