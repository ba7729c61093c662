"""What each figure means, in one line: the same line wherever the figure is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Definition(NamedTuple):
    """A figure: its heading, and what is counted over whom."""

    heading: str
    meaning: str


DEFINITIONS: Mapping[str, Definition] = {
    "named_share": Definition(
        "Known by name", "residents with a file that carries their legal name, of all residents."
    ),
    "reidentified_share": Definition(
        "Re-identified",
        "residents whose file holds a record without their legal name, joined to one of another "
        "list that has it, of all residents.",
    ),
    "reidentified_of_nameless_share": Definition(
        "Re-identified, of nameless",
        "the same, of the residents who have a record without their legal name.",
    ),
    "exposure_share": Definition(
        "Facts known, lists joined",
        "the part of a resident's true facts, by weight, that stands right and up to date in the "
        "file under their name; mean over all residents.",
    ),
    "unjoined_share": Definition(
        "Facts known, lists not joined",
        "the same from the same lists, where one single record must hold both fact and name.",
    ),
    "wrongful_share": Definition(
        "Somebody else's fact",
        "residents whose file states something untrue of them that is another person's, joined "
        "wrongly or mixed up in a list already, of all residents.",
    ),
    "sensitive_wrongful_share": Definition(
        "Somebody else's sensitive fact", "the same, of the facts listed as sensitive."
    ),
    "false_dossier_share": Definition(
        "False file", "files that hold a record of anyone but their owner, of all residents' files."
    ),
    "missed_share": Definition(
        "Records missed",
        "the part of a resident's records left out of their file; mean over residents with at "
        "least two records.",
    ),
    "bystanders_share": Definition(
        "Bystanders",
        "residents with a file who are on no target list, of all residents.",
    ),
    "lookups_count": Definition(
        "Requests", "one is one target looked up in one list; an adversary can make only so many."
    ),
    "review_hours": Definition(
        "Working hours", "files on residents, times the hours that reading one takes."
    ),
}
