"""A mistake in a scenario file, said in one line with its place and its mend."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    Attributes
    ----------
    file : str
        The file as the user named it.
    line, column : int
        Where it is, counted from 1; 0 where the problem is the file itself.
    message : str
        What is wrong and how to mend it, in one line.

    Examples
    --------
    >>> print(Problem("town.yaml", 8, 5, "unknown setting 'lable'. Did you mean 'label'?"))
    town.yaml:8:5 unknown setting 'lable'. Did you mean 'label'?
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}:"
        return f"{place} {self.message}"


class ScenarioProblems(Exception):
    """Every mistake found in a scenario file, in the order of the file.

    Attributes
    ----------
    problems : list of Problem
        At least one, without repetition.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggestion(written: str, known: Iterable[str]) -> str | None:
    """Return the known name that `written` most resembles, or None.

    Examples
    --------
    >>> suggestion("coverge", ["coverage", "gate"])
    'coverage'
    >>> suggestion("colour", ["coverage", "gate"]) is None
    True
    """
    close = get_close_matches(written.lower(), sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None
