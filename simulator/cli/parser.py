"""How a command line is read: what is mistyped is told in one line, as every bad input is."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from typing import NoReturn

from simulator.cli.problems import UsageProblem


class CommandParser(argparse.ArgumentParser):
    """A parser that raises what it cannot read, in place of printing its usage and leaving.

    The parsers of the commands that `add_subparsers` makes are of this kind too.
    """

    def error(self, message: str) -> NoReturn:
        """Raise a `UsageProblem`: what is wrong, and the option meant or where to look."""
        unknown = re.fullmatch(r"unrecognized arguments: (--[\w-]+).*", message, re.DOTALL)
        options = re.findall(r"--[\w-]+", self.format_help())
        close = get_close_matches(unknown[1], options, n=1, cutoff=0.7) if unknown else []
        mend = f". Did you mean {close[0]}?" if close else f"; see {self.prog} --help"
        raise UsageProblem(f"{self.prog}: {message}{mend}")
