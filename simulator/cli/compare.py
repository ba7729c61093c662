"""``mosaic compare A B`` and ``mosaic compare A --overlay P``: what a policy changes."""

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

    from simulator.scenario import Scenario


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "compare",
        description="Compare a town with itself under a policy, person by person: who is exposed "
        "less, who more, and whether as much taken away at random would do as well. 20 replicates "
        "make a headline. 'mosaic policies' sets all packaged policies beside one another.",
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
        "--together", action="store_true", help="lay all overlays over A at once, as one policy"
    )
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Compare, print and write what was asked for; return 0."""
    check_options(args, "compare")
    _check_usage(args)
    words = ["compare", Path(args.scenario).name]
    words += [Path(args.other).name] if args.other is not None else []
    for overlay in args.overlay:
        words += ["--overlay", Path(overlay).name]
    words += ["--together"] if args.together else []
    carry_out(chosen_designs(args), args, repeating_command(args, words))
    return 0


def chosen_designs(args: argparse.Namespace) -> Designs:
    """Return the base and the designs beside it that the options mean."""
    from simulator.scenario import load_scenario

    def load(*overlays: str) -> Scenario:
        return load_scenario(args.scenario, overlays=overlays, people=args.people, seed=args.seed)

    base = load()
    if args.other is not None:
        other = load_scenario(args.other, people=args.people, seed=args.seed)
        name = Path(args.other).stem
        abouts = {name: one_line(other.about)}
        return Designs(base, {name: other}, {name: other.title}, abouts, [], overlaid=False)
    said = {overlay: described(overlay) for overlay in args.overlay}
    if args.together:
        name = "+".join(Path(overlay).stem for overlay in said)
        titles, texts = zip(*said.values(), strict=True)
        both = {name: load(*said)}
        return Designs(base, both, {name: " + ".join(titles)}, {name: " ".join(texts)}, [])
    policies = {Path(overlay).stem: load(overlay) for overlay in said}
    labels = {Path(overlay).stem: title for overlay, (title, _) in said.items()}
    abouts = {Path(overlay).stem: about for overlay, (_, about) in said.items()}
    return Designs(base, policies, labels, abouts, [])


def _check_usage(args: argparse.Namespace) -> None:
    if args.other is not None and args.overlay:
        raise UsageProblem("mosaic compare: name a second scenario or overlays, not both")
    if args.other is None and not args.overlay:
        raise UsageProblem(
            "mosaic compare: name a second scenario or --overlay FILE; mosaic policies compares "
            "every packaged policy"
        )
    if args.together and len(args.overlay) < 2:
        raise UsageProblem("mosaic compare: --together needs two --overlay or more")
