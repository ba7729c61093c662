"""What the schema refuses, in plain language: one line, with the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.scenario.number_wording import in_range, number
from simulator.scenario.problems import suggestion
from simulator.scenario.rules import Rule, group_holding, rule_at, settings_at
from simulator.scenario.tree import KEY, Finding, Path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_NAME = "up to 40 small letters, digits and '_', beginning with a letter"
_OF_KEYS = ("literal_error", "string_pattern_mismatch", "string_too_long", "string_too_short")


def findings(errors: Iterable[ErrorDetails], written: Mapping[Path, str | None]) -> list[Finding]:
    """Return (path, message) for each mistake that pydantic found.

    Parameters
    ----------
    errors : iterable of ErrorDetails
        As `ValidationError.errors` gives them.
    written : mapping
        Path -> the text of the scalar written there (None for anything else).

    Returns
    -------
    list of (path, message)
        A setting that is missing because it was misspelt or stands elsewhere gives one finding.
    """
    # of a list, pydantic counts only the entries it accepts; what it refuses is told by itself
    errors = [
        error
        for error in errors
        if error["type"] != "too_short" or len(error["input"]) < error["ctx"]["min_length"]
    ]
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    explained = {
        (*path[:-1], suggestion(str(path[-1]), settings_at(path[:-1]))) for path in unknown
    }
    explained |= {(group_holding(str(path[-1])), path[-1]) for path in unknown}
    return [
        (_spoken_of(error), message(error, written.get(error["loc"])))
        for error in errors
        if error["type"] != "missing" or error["loc"] not in explained
    ]


def _spoken_of(error: ErrorDetails) -> Path:
    """Return the path of an error; of an unknown setting, the key."""
    return (*error["loc"], KEY) if error["type"] == "extra_forbidden" else error["loc"]


def message(error: ErrorDetails, written: str | None) -> str:
    """Return one mistake as one line.

    Parameters
    ----------
    error : ErrorDetails
        One entry of pydantic's list.
    written : str or None
        The scalar as the user wrote it; None where there is none.
    """
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return _unknown(path)
    if path and path[-1] == KEY and error["type"] in _OF_KEYS:
        return _key(error, str(path[-2]))
    if error["type"] == "missing":
        return f"'{path[-1]}' is missing here. Add it{_meaning(rule_at(path))}"
    rule = rule_at(path)
    say = _SAYINGS.get(error["type"], _anything_else)
    wanted, mend = say(rule, error["input"], error.get("ctx", {}))
    return f"'{_setting(path)}' {wanted} ({_you_wrote(error['input'], written)}){mend}"


def _setting(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "the file")


def _meaning(rule: Rule) -> str:
    """Return the first sentence of a setting's description, to stand after a colon."""
    sentence = str(rule.get("description", "")).split(". ")[0].rstrip(".")
    return f": {sentence[:1].lower()}{sentence[1:]}" if sentence else ""


def _unknown(path: Path) -> str:
    name = str(path[-1])
    known = settings_at(path[:-1])
    if close := suggestion(name, known):
        return f"unknown setting '{_short(name)}'. Did you mean '{close}'?"
    if (group := group_holding(name)) and len(path) == 1:
        return f"'{name}' belongs under '{group}'; indent it there"
    return f"unknown setting '{_short(name)}'. The settings here are: {', '.join(known)}"


def _key(error: ErrorDetails, name: str) -> str:
    """Return the mend for a name that may not stand where names are free or chosen."""
    if error["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        close = suggestion(name, known)
        mend = f"Did you mean '{close}'?" if close else f"It must be one of: {', '.join(known)}"
        return f"'{_short(name)}' is not known here. {mend}"
    if error["type"] == "string_pattern_mismatch":
        if r"\d" in str(error.get("ctx", {}).get("pattern")):
            return f"'{_short(name)}' is not an age band; write it like '18-29', '65+' or '18'"
        return f"'{_short(name)}' cannot be a name here; use {_NAME}"
    if error["type"] == "string_too_short":
        return "a name is missing before this ':'"
    return f"'{_short(name)}' is too long; use at most {error['ctx']['max_length']} characters"


def _you_wrote(value: Any, written: str | None) -> str:
    if isinstance(value, dict):
        return "you wrote settings here" if value else "there is nothing in it"
    if isinstance(value, list):
        entries = "entry" if len(value) == 1 else "entries"
        return f"you wrote a list of {len(value)} {entries}" if value else "the list is empty"
    if value is None:
        return "nothing is written here"
    if written == "":
        return "the text is empty"
    plain = str(value) if written is None else written
    return (
        f"you wrote '{_short(plain)}'" if isinstance(value, str) else f"you wrote {_short(plain)}"
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _one_of(rule: Rule, value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    if "const" in rule:
        return f"must be {rule['const']}", ""
    known = [str(choice) for choice in rule.get("enum", ())]
    close = suggestion(str(value), known)
    mend = f". Did you mean '{close}'?" if close else ""
    return f"must be one of: {', '.join(known)}", mend


def _text(_rule: Rule, value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return "must be text", "" if value is None or isinstance(
        value, dict | list
    ) else ". Put it in quotes"


def _name(_rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return f"must be a name of {_NAME}", ""


def _text_length(rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return f"must be 1 to {rule['maxLength']} characters long", ""


def _count(rule: Rule, _value: Any, context: dict[str, Any]) -> tuple[str, str]:
    if "max_length" in context:
        count = f"you wrote {context['actual_length']}"
        return f"must hold at most {context['max_length']} entries", f"; {count}"
    what = _meaning(rule)
    return "must hold at least one entry", what


def _settings(_rule: Rule, value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    mend = (
        "" if value is not None else ". Write its settings below it, indented, or delete the line"
    )
    return "must be a group of settings", mend


def _list(rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    example = ", ".join(rule.get("items", {}).get("enum", ["one", "two"])[:2])
    return f"must be a list such as [{example}]", ""


def _date(_rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return "must be a date written year-month-day, for example 2026-01-31", ""


def _yes_no(_rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return "must be true or false", ""


def _anything_else(rule: Rule, _value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    return "is not what is expected here", _meaning(rule)


_Saying: TypeAlias = Callable[[Rule, Any, dict[str, Any]], tuple[str, str]]
_SAYINGS: Mapping[str, _Saying] = {
    "int_type": number,
    "float_type": number,
    "greater_than": in_range,
    "greater_than_equal": in_range,
    "less_than_equal": in_range,
    "literal_error": _one_of,
    "string_type": _text,
    "string_too_short": _text_length,
    "string_too_long": _text_length,
    "string_pattern_mismatch": _name,
    "too_short": _count,
    "too_long": _count,
    "dict_type": _settings,
    "model_type": _settings,
    "tuple_type": _list,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_inexact": _date,
    "date_from_datetime_parsing": _date,
    "bool_type": _yes_no,
}
