"""What is wrong with a number, in plain language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.scenario.rules import Rule

_THOUSANDS = re.compile(r"\d{1,3}([ ,_]\d{3})+")
_DECIMAL_COMMA = re.compile(r"\d*,\d+")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%")


def bounds(rule: Rule) -> str:
    """Return the range a number must lie in, in words.

    Examples
    --------
    >>> bounds({"minimum": 0, "maximum": 1})
    'between 0 and 1'
    """
    low, high = rule.get("minimum"), rule.get("maximum")
    if "exclusiveMinimum" in rule:
        return f"above {rule['exclusiveMinimum']:.16g} and at most {high:.16g}"
    if low is not None and high is not None:
        return f"between {low:.16g} and {high:.16g}"
    return f"at least {low:.16g}" if low is not None else ""


def number(rule: Rule, value: Any, _context: dict[str, Any]) -> tuple[str, str]:
    """Return what must be written in place of something that is no number, and the mend."""
    kind = "a whole number" if rule.get("type") == "integer" else "a number"
    return f"must be {kind} {bounds(rule)}".rstrip(), _number_mend(rule, value)


def in_range(rule: Rule, value: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Return the range of a number or a date that lies outside it, and the mend."""
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
