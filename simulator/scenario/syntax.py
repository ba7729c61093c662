"""Text that is not YAML at all: the parser's complaint in plain language."""

from __future__ import annotations

import re
from typing import TypeAlias

from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.reader import ReaderError

Place: TypeAlias = tuple[int, int]

_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)

# what the parser says -> what to do about it; the first that occurs in its words is taken
_SAYINGS = (
    ("mapping values are not allowed", "a ':' is out of place here. Check the indentation, or put "
     "text that holds ': ' in quotes"),
    ("expected <block end>", "this line does not line up with the lines above it; mend its "
     "indentation"),
    ("expected ',' or '}'", "a ',' or the closing '}' is missing here"),
    ("expected ',' or ']'", "a ',' or the closing ']' is missing here"),
    ("cannot start any token", "a value may not begin with this sign; put it in quotes"),
    ("expected alphabetic or numeric", "a name may not begin with this sign; put it in quotes"),
    ("sequence entries are not allowed", "a list entry ('- ') is out of place here"),
)  # fmt: skip
_OTHERWISE = (
    "this cannot be read as YAML. Check the indentation, the ':' after each name and the quotes"
)


def place_and_message(error: YAMLError, text: str) -> tuple[Place, str]:
    """Return where a text stops being YAML (line, column, from 1) and what to do about it.

    Parameters
    ----------
    error : YAMLError
        What the parser raised.
    text : str
        The text it was reading.
    """
    if isinstance(error, ReaderError):
        before = text[: error.position]
        place = before.count("\n") + 1, error.position - (before.rfind("\n") + 1) + 1
        return (
            place,
            f"an invisible character (code {ord(text[error.position]):04X}) is here; delete it",
        )
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return (1, 1), _OTHERWISE
    mark = error.problem_mark
    tab = _TAB_INDENT.search(text)
    if tab and text.count("\n", 0, tab.start()) <= mark.line:
        return _place_at(text, tab.end() - 1), "a tab is used for indentation; use spaces instead"
    return _marked(error, mark)


def _marked(error: MarkedYAMLError, mark: StringMark) -> tuple[Place, str]:
    said, opened = str(error.problem), error.context_mark
    if "end of stream" in said and opened is not None and "quoted" in str(error.context):
        return _place(opened), "a quotation mark is opened here and never closed"
    if "quoted" in str(error.context):
        return _place(mark), "a backslash means something else in double quotes; use single quotes"
    if "stream end" in said:
        return _place(mark), "a bracket was opened above and never closed"
    if "could not find expected ':'" in said and opened is not None:
        return _place(opened), "a ':' is missing here; a setting is written 'name: value'"
    message = next((mend for words, mend in _SAYINGS if words in said), _OTHERWISE)
    return _place(mark), message


def _place(mark: StringMark) -> Place:
    return mark.line + 1, mark.column + 1


def _place_at(text: str, position: int) -> Place:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
