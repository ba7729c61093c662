"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """Add SCENARIO, --people and --seed."""
    parser.add_argument(
        "scenario", metavar="SCENARIO", help="a scenario file, or a packaged one such as town"
    )
    parser.add_argument(
        "--people", type=int, metavar="N", help="residents, in place of what the scenario says"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="seed, in place of the scenario's")


def add_folder(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add --out and --force."""
    parser.add_argument(
        "--out", type=Path, metavar="DIR", required=required, help="folder to write the files into"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace the folder even if it holds other files"
    )
