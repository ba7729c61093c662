"""The command ``mosaic``: which commands there are, and what happens to bad input.

A command is a module with ``add_parser(subparsers)`` and ``run(args) -> int``; it is imported only
when it is chosen, so that help and mistakes in usage are answered at once.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from simulator import __version__
from simulator.cli.parser import CommandParser
from simulator.cli.problems import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Command(NamedTuple):
    """A command: the module that carries it out, and one line of help."""

    module: str
    help: str


COMMANDS: Mapping[str, Command] = {
    "demo": Command("simulator.cli.demo", "run the town of 5,000 that comes with Mosaic"),
    "dashboard": Command("simulator.cli.dashboard", "open the pages in a browser"),
    "run": Command("simulator.cli.run", "run a scenario and show how exposure grows"),
    "briefing": Command("simulator.cli.briefing", "write a scenario's result as a page to print"),
    "person": Command("simulator.cli.person", "show one person's file assembling, and why"),
    "certainty": Command("simulator.cli.certainty", "hold the links against the truth"),
    "compare": Command("simulator.cli.compare", "compare a town with itself under policies"),
    "policies": Command("simulator.cli.policies", "rank every packaged policy that fits a town"),
    "sweep": Command("simulator.cli.sweep", "run a town over a grid of settings"),
    "attribution": Command(
        "simulator.cli.attribution", "say which list exposure is owed to, and which to close first"
    ),
    "anonymity": Command("simulator.cli.anonymity", "show how large a crowd the known facts fit"),
    "spillover": Command(
        "simulator.cli.spillover", "what leaving is worth while friends and family stay"
    ),
    "time": Command("simulator.cli.time", "what a file holds day by day, and how soon it locates"),
    "triage": Command("simulator.cli.triage", "let a rule rank people; see whom it flags wrongly"),
    "harm": Command("simulator.cli.harm", "say who is harmed, and what is done because of it"),
    "generate": Command("simulator.cli.generate", "write the records of a scenario's sources"),
    "list": Command(
        "simulator.cli.list_scenarios", "show the scenarios and policies that come with Mosaic"
    ),
    "show": Command("simulator.cli.show", "show a scenario's settings and where each was written"),
    "validate": Command("simulator.cli.validate", "set published figures beside ours"),
    "check": Command("simulator.cli.check", "look for mistakes in scenario and overlay files"),
    "schema": Command("simulator.cli.schema", "write the schemas that editors use"),
}

ABOUT_MOSAIC = ("-h", "--help", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed after ``mosaic``; the process's own arguments if not given.

    Returns
    -------
    int
        0 when done, 2 for bad input, 130 when interrupted.
    """
    _print_whatever_the_terminal_can()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _carry_out(typed)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader, such as `head`, has what it wanted; nothing may be flushed to it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_bad_input(error):
            raise
        print(error, file=sys.stderr)
        return 2
    return code


def _carry_out(typed: list[str]) -> int:
    chosen = typed[0] if typed and typed[0] not in ABOUT_MOSAIC else None
    if chosen is not None and chosen not in COMMANDS:
        close = get_close_matches(chosen, COMMANDS, n=1)
        mend = f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(COMMANDS)}"
        raise UsageProblem(f"mosaic: there is no command '{chosen}'. {mend}")
    parser = CommandParser(
        prog="mosaic",
        description="Harmless-looking lists about synthetic people, joined. Everyone is invented.",
    )
    parser.add_argument("--version", action="version", version=f"mosaic {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    module = None
    for name, command in COMMANDS.items():
        if name == chosen:
            module = importlib.import_module(command.module)
            module.add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=command.help)
    if chosen is None or module is None:
        parser.parse_args(typed)
        parser.print_help(sys.stderr)
        return 2
    # words and options in whichever order
    args = subparsers.choices[chosen].parse_intermixed_args(typed[1:])
    code: int = module.run(args)
    return code


def _is_bad_input(error: Exception) -> bool:
    """Tell a mistake of the user, which is said in one line, from one of ours."""
    if isinstance(error, UsageProblem):
        return True
    # slow to import, and rarely needed here
    from simulator.linkage.engines.extras import EngineMissing
    from simulator.scenario import ScenarioProblems

    return isinstance(error, (ScenarioProblems, EngineMissing))


def _print_whatever_the_terminal_can() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
