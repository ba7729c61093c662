"""Records in words: whose one is, whether it carries the name, and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


def record_words(record: Mapping[Hashable, Any]) -> list[str]:
    """Say whose a record is, whether it carries the name, and whether it is in the file.

    Parameters
    ----------
    record : mapping
        ``whose``, ``states_name``, ``in_dossier`` and ``is_new``.
    """
    is_strangers = record["whose"] == "stranger"
    if not record["states_name"]:
        name = "does not carry the name"
    else:
        name = "carries their own name" if is_strangers else "carries the name"
    said = ["≠ about somebody else" if is_strangers else "about them", name]
    if not record["in_dossier"]:
        return [*said, "lies apart, not joined"]
    return [*said, "new in the file"] if record["is_new"] else said


def group_words(
    record: Mapping[Hashable, Any], count: int, counted_as: tuple[str, str]
) -> list[str]:
    """Say of several records alike how many they are, then the same as of one.

    >>> alike = {"whose": "own", "states_name": False, "in_dossier": False, "is_new": False}
    >>> group_words(alike, 14, ("sighting", "sightings"))
    ['14 sightings', 'about them', 'do not carry the name', 'lie apart, not joined']
    """
    said = record_words(record)
    if count == 1:
        return said
    return [counted(count, *counted_as), *(_plural(words) for words in said)]


def _plural(words: str) -> str:
    for one, many in (("does not carry", "do not carry"), ("carries", "carry"), ("lies", "lie")):
        words = words.replace(one, many)
    return words
