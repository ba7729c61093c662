"""Mistakes of the person at the keyboard: said in one line, never with a traceback."""

from __future__ import annotations


class UsageProblem(Exception):
    """Bad input; the message is one line and says how to mend it. The command exits with 2."""
