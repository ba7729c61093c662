"""How many lists are joined: it stands in the URL, so that a link restores it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = "lists"
"""URL parameter: how many lists are joined."""


def lists_joined(most: int) -> int:
    """Return how many lists the URL says are joined; what is not a number from 0 to `most` is 0."""
    return read_count(st.query_params, most)


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
    """Put the number of joined lists into the URL; none leaves the URL clean."""
    if count:
        st.query_params[LISTS] = str(count)
    elif LISTS in st.query_params:
        del st.query_params[LISTS]
