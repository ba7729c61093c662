"""How many lists are joined: it stands in the URL, so that a link restores it.

It goes along from page to page, as town and laws do: who joined four lists on the Story sees the
file of one resident with the same four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = "lists"
"""URL parameter: how many lists are joined."""
_JOINED = "joined_lists"
"""Session state: the same, while the URL of another page does not hold it yet."""


def lists_joined(most: int) -> int:
    """Return what the URL says, or else what was joined on another page; put it into the URL.

    What is not a number from 0 to `most` is 0.
    """
    elsewhere = {LISTS: str(st.session_state.get(_JOINED, 0))}
    count = read_count(st.query_params if LISTS in st.query_params else elsewhere, most)
    if count:
        join_lists(count)
    return count


def read_count(parameters: Mapping[str, str], most: int) -> int:
    """Read the number of joined lists from URL parameters.

    >>> read_count({"lists": "3"}, 4), read_count({"lists": "9"}, 4), read_count({}, 4)
    (3, 0, 0)
    >>> read_count({"lists": "-1"}, 4), read_count({"lists": "two"}, 4)
    (0, 0)
    """
    written = parameters.get(LISTS, "")
    count = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 0
    return count if count <= most else 0


def join_lists(count: int) -> None:
    """Put the number into the URL, and keep it for the other pages; none leaves the URL clean."""
    st.session_state[_JOINED] = count
    if count:
        st.query_params[LISTS] = str(count)
    elif LISTS in st.query_params:
        del st.query_params[LISTS]
