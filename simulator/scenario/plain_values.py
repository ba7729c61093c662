"""What an unquoted scalar of YAML 1.2 means."""

from __future__ import annotations

import math
import re

_LONGEST_WHOLE = 18
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def plain_value(written: str) -> str | int | float | bool | None:
    """Return the value of an unquoted scalar by the rules of YAML 1.2, dates left as text.

    Examples
    --------
    >>> [plain_value(text) for text in ("3", "0.5", "yes", "true", "~", "2026-01-01")]
    [3, 0.5, 'yes', True, None, '2026-01-01']
    """
    if written in _WORDS:
        return _WORDS[written]
    if len(written) <= _LONGEST_WHOLE and _WHOLE.fullmatch(written):
        return int(written)
    if _DECIMAL.fullmatch(written) and math.isfinite(float(written)):
        return float(written)
    return written
