"""Whether a name that a setting mentions is declared where it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.scenario.problems import suggestion

if TYPE_CHECKING:
    from collections.abc import Collection


def no_such(what: str, name: str, known: Collection[str]) -> str:
    """Return that `name` is not declared, with the names that are.

    Parameters
    ----------
    what : str
        What it should name, in the singular; its plural ends in "s".
    name : str
        As written.
    known : collection of str
        The declared names.

    Examples
    --------
    >>> no_such("group", "hispanics", ["white", "hispanic"])
    "there is no group 'hispanics'. Did you mean 'hispanic'?"
    >>> no_such("group", "martians", ["white", "hispanic"])
    "there is no group 'martians'. The groups are: white, hispanic"
    >>> no_such("sensitive fact", "faith", [])
    "there is no sensitive fact 'faith'. None is declared"
    """
    if close := suggestion(name, known):
        mend = f"Did you mean '{close}'?"
    elif known:
        mend = f"The {what}s are: {', '.join(known)}"
    else:
        mend = "None is declared"
    return f"there is no {what} '{name}'. {mend}"
