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
    "bypass_share": Definition(
        "Bypass",
        "right facts in residents' files that were bought and that no list sells but in a column "
        "that the law reserves to a warrant, of all right facts, by weight; what anyone may look "
        "up for nothing does not count as bought.",
    ),
}

ANONYMITY: Mapping[str, Definition] = {
    "crowd_50_count": Definition(
        "Crowd",
        "people, residents and outsiders, of whom everything is true that the file states rightly; "
        "name, identifiers and sensitive facts left aside.",
    ),
    "unique_of_named_share": Definition(
        "Alone", "residents whose crowd is one, of all residents with a file."
    ),
    "misdirected_of_named_share": Definition(
        "Misdirected",
        "residents whose file states something untrue and, taken as a whole, fits somebody else, "
        "of all residents with a file.",
    ),
}
"""How large a crowd the known facts fit; shown by ``mosaic anonymity``."""

RELEASE: Mapping[str, Definition] = {
    "prosecutor_mean_risk": Definition(
        "Prosecutor",
        "1 / people of the file with the same values: the chance of picking the right record for "
        "whoever knows that the person is in the file; mean and greatest over its residents.",
    ),
    "journalist_max_risk": Definition(
        "Journalist",
        "1 / people of the whole population with the same values: the chance for whoever does not "
        "know who is in the file; the greatest.",
    ),
    "marketer_risk": Definition(
        "Marketer",
        "the mean of the journalist's chance: the share of records that are named rightly if all "
        "are named.",
    ),
    "unique_in_file_share": Definition(
        "Alone in the file", "residents in the file whom nobody else in it equals."
    ),
    "unique_in_population_share": Definition(
        "Alone in the population",
        "residents in the file whom nobody else equals, in the file or out of it.",
    ),
}
"""What a released file without names gives away; shown by ``mosaic anonymity --fields``."""

OVER_TIME: Mapping[str, Definition] = {
    "located_share": Definition(
        "Seen near home",
        "residents in whose file lies a sighting made by that day in the square where they live "
        "now, or in one of the eight around it, of all residents with a file; whoever has none by "
        "the last day still waits (Kaplan and Meier, with Greenwood's interval).",
    ),
    "half_located_days": Definition(
        "Half by day", "the day by which half of them have one, with its 95 % interval."
    ),
}
"""Who has been seen near home by when; shown by ``mosaic time`` and the page Over time."""
