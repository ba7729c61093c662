"""Options that several commands share."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.problems import UsageProblem

if TYPE_CHECKING:
    import argparse

    from simulator.scenario import Scenario

MOST_REPLICATES = 1000


def whole_number(text: str) -> int:
    """Return the number an option was given; one that is none is told as in a scenario.

    >>> whole_number("600")
    600
    """
    try:
        return int(text)
    except ValueError:
        said = f"must be a whole number, in digits alone (you wrote {text})"
        raise ArgumentTypeError(said) from None


def number(text: str) -> float:
    """Return the number an option was given, with or without decimals; other text is told so.

    >>> number("0.05")
    0.05
    """
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"must be a number such as 0.05 (you wrote {text})") from None


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """Add SCENARIO, --overlay, --people and --seed."""
    add_files(parser)
    add_people_and_seed(parser)


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add SCENARIO and --overlay."""
    parser.add_argument(
        "scenario", metavar="SCENARIO", help="a scenario file, or a packaged one such as town"
    )
    add_overlays(parser)


def add_overlays(parser: argparse.ArgumentParser) -> None:
    """Add --overlay."""
    parser.add_argument(
        "--overlay",
        action="append",
        default=[],
        metavar="FILE",
        help="an overlay file or a packaged policy to lay over the scenario; may be given again",
    )


def chosen_scenario(args: argparse.Namespace) -> Scenario:
    """Return the scenario that the options of `add_scenario` mean."""
    from simulator.scenario import load_scenario

    return load_scenario(args.scenario, overlays=args.overlay, people=args.people, seed=args.seed)


def add_people_and_seed(parser: argparse.ArgumentParser) -> None:
    """Add --people and --seed, which stand in place of what the scenario says."""
    parser.add_argument(
        "--people",
        type=whole_number,
        metavar="N",
        help="residents, in place of what the scenario says; the people of the surroundings shrink "
        "with them, and do not grow",
    )
    parser.add_argument(
        "--seed", type=whole_number, metavar="N", help="seed, in place of the scenario's"
    )


def add_replicates(parser: argparse.ArgumentParser) -> None:
    """Add --replicates, also spelt --seeds."""
    parser.add_argument(
        "--replicates",
        "--seeds",
        type=whole_number,
        default=1,
        metavar="R",
        help="draw the town anew R times, with seeds in a row, and give intervals over the draws",
    )


def check_replicates(count: int) -> None:
    """Refuse a number of replicates that is out of range."""
    if not 1 <= count <= MOST_REPLICATES:
        raise UsageProblem(
            f"mosaic: --replicates must be between 1 and {MOST_REPLICATES} (you wrote {count})"
        )


def add_folder(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add --out and --force."""
    parser.add_argument(
        "--out", type=Path, metavar="DIR", required=required, help="folder to write the files into"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace the folder even if it holds other files"
    )
