"""What the schema refuses, in plain language: one line, with the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.scenario.problems import suggestion
from simulator.scenario.rules import Rule, group_holding, rule_at, settings_at
from simulator.scenario.tree import KEY, Finding, Path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_THOUSANDS = re.compile(r"\d{1,3}([ ,_]\d{3})+")
_DECIMAL_COMMA = re.compile(r"\d*,\d+")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%")


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
    errors = list(errors)
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
    if path and path[-1] == KEY:
        return _key(error, str(path[-2]))
    if error["type"] == "extra_forbidden":
        return _unknown(path)
    if error["type"] == "missing":
        return f"'{path[-1]}' is missing here. Add it{_meaning(rule_at(path))}"
    rule = rule_at(path)
    say = _SAYINGS.get(error["type"], _anything_else)
    wanted, mend = say(rule, error["input"], error.get("ctx", {}))
    return f"'{_setting(path)}' {wanted} ({_you_wrote(error['input'], written)}){mend}"


def bounds(rule: Rule) -> str:
    """Return the range a number must lie in, in words.

    Examples
    --------
    >>> bounds({"minimum": 0, "maximum": 1})
    'between 0 and 1'
    """
    low, high = rule.get("minimum"), rule.get("maximum")
    if low is not None and high is not None:
        return f"between {low:.16g} and {high:.16g}"
    return f"at least {low:.16g}" if low is not None else ""


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
        return (
            f"'{_short(name)}' cannot be a name here; use up to 40 small letters, digits and '_', "
            "beginning with a letter"
        )
    return f"'{_short(name)}' is too long; use at most 60 characters"


def _you_wrote(value: Any, written: str | None) -> str:
    if isinstance(value, dict):
        return "you wrote settings here"
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


def _number(rule: Rule, value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    kind = "a whole number" if rule.get("type") == "integer" else "a number"
    return f"must be {kind} {bounds(rule)}".rstrip(), _number_mend(rule, value)


def _in_range(rule: Rule, value: Any, context: dict[str, Any]) -> tuple[str, str]:
    if rule.get("format") == "date":
        edge = (
            f"on or after {context['ge']}" if "ge" in context else f"on or before {context['le']}"
        )
        return f"must be a day {edge}", ""
    is_share = rule.get("minimum") == 0 and rule.get("maximum") == 1
    as_percent = is_share and isinstance(value, int) and 2 <= value <= 100
    return f"must be {bounds(rule)}", f". If you mean {value} %, write {value / 100:g}" * as_percent


def _number_mend(rule: Rule, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if _THOUSANDS.fullmatch(text) and rule.get("type") == "integer":
        return f". Write it without separators: {re.sub('[ ,_]', '', text)}"
    if _DECIMAL_COMMA.fullmatch(text):
        return f". Write it with a point: {text.replace(',', '.')}"
    if percent := _PERCENT.fullmatch(text):
        return f". Write it as a share: {float(percent[1]) / 100:g}"
    return ""


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
    "int_type": _number,
    "float_type": _number,
    "greater_than_equal": _in_range,
    "less_than_equal": _in_range,
    "literal_error": _one_of,
    "string_type": _text,
    "string_too_short": _text_length,
    "string_too_long": _text_length,
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
