"""One person in words: the marks of facts, what was compared, and sentences about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.report.wording import counted, in_hundred
from simulator.tables import FACE_SIZE

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd


class Mark(NamedTuple):
    """How a status is told: a symbol and a word."""

    symbol: str
    word: str


MARKS: Mapping[str, Mark] = {
    "right": Mark("✓", "right"),
    "outdated": Mark("↺", "out of date"),
    "somebody_else": Mark("≠", "somebody else's"),
    "garbled": Mark("?", "garbled"),
    "unknown": Mark("–", "not known"),
}
"""Status of a fact -> its mark."""

SENSITIVE = "▲"

PICK_LABELS: Mapping[str, str] = {
    "most": "Most exposed",
    "typical": "Typical",
    "least": "Least exposed",
    "wrong": "Wrongly joined",
}
"""Whom to show, as the pages name it."""

NOBODY: Mapping[str, str] = {
    "most": "Nobody in this town has a file",
    "typical": "Nobody lives in this town",
    "least": "Nobody in this town has a file",
    "wrong": "Nobody in this town is wrongly joined",
}
"""What is said where there is nobody of that kind."""

GLOSSARY: Mapping[str, str] = {
    "File": "The records that the joining puts under one resident's name. Records about them that "
    "it misses lie apart.",
    "Right": "True today. A fact of which only a part is stated, such as the year of birth, counts "
    "as known, and earns a part of its weight.",
    "Out of date": "Was true of them before, for example a former address.",
    "Somebody else's": "Untrue of them, and taken from a record about another person.",
    "Garbled": "True of nobody it could have come from: an error in writing.",
    "By weight": "All true facts about a resident together, each with its weight from the "
    "scenario, make 100; the name itself weighs nothing. Shown is the part that stands right in "
    "the file.",
    "Most exposed": "The resident with the greatest part known, by weight; among equals, the one "
    "there is most to know about.",
    "Typical": "The resident nearest to the median.",
    "Least exposed": "The least part known, of those who have a file at all.",
    "Wrongly joined": "A resident whose file holds a record about somebody else; preferably one "
    "that states a fact of theirs.",
    "Link": "Two records taken for one person. A file of four records hangs together by three "
    "links; the weakest is the one most likely to be wrong.",
    "Template": f"What face search compares: {FACE_SIZE} numbers for a face, here drawn at random; "
    "no picture is behind them. “template c1a3” is the start of the name of one; every time a face "
    "is taken the numbers differ a little, so one person has several.",
    "Bits": "How strongly a comparison speaks for one person: each bit doubles the odds, each "
    "minus bit halves them. What is rare counts more. Added up they give the probability.",
    "Others who could be meant": "Where two people fit one record, each of them is less likely to "
    "be the one.",
}

_PARTS: Mapping[str, str] = {
    "birth_year": "year only",
    "birth_month_day": "day and month only",
    "zip_code": "ZIP code only",
    "city": "town only",
}

_FIELDS: Mapping[str, str] = {
    "birth_date": "Date of birth",
    "birth_month_day": "Birthday",
    "birth_year": "Year of birth",
    "call_partners": "Calls",
    "email": "E-mail",
    "event_area": "Where (square)",
    "event_date": "When",
    "event_kind": "What",
    "face": f"Face ({FACE_SIZE} invented numbers)",
    "home_area": "Home (square)",
    "work_area": "Work (square)",
    "seen_area": "Seen in (square)",
    "seen_at": "Last seen",
    "sightings_count": "Times seen",
    "national_id_last4": "Last 4 of national ID",
    "job_from": "Job from",
    "job_to": "Job to",
    "handle": "Account",
    "house_number": "House number",
    "national_id": "National ID",
    "zip_code": "ZIP code",
}


def stated_words(stated: str, form: str) -> str:
    """Say what a file states, and of a part of a fact, that it is one.

    >>> stated_words("1970", "birth_year"), stated_words("Millbrook", "city")
    ('1970 (year only)', 'Millbrook (town only)')
    >>> stated_words("555-949-1048", "phone")
    '555-949-1048'
    """
    part = _PARTS.get(form)
    return f"{stated} ({part})" if part else stated


def field_words(column: str, labels: Mapping[str, str]) -> str:
    """Name a column of a list; `labels` names the sensitive ones.

    >>> field_words("zip_code", {}), field_words("first_name", {}), field_words("x", {"x": "X ray"})
    ('ZIP code', 'First name', 'X ray')
    >>> field_words("face", {})
    'Face (64 invented numbers)'
    """
    plain = column.replace("_", " ").capitalize()
    return labels.get(column) or _FIELDS.get(column, plain)


def headline(name: str, step: int, facts: pd.DataFrame, *, named: bool) -> str:
    """Say what is known of a person in one line.

    Parameters
    ----------
    name : str
    step : int
        How many lists are joined.
    facts : DataFrame
        Columns status, weight, true_value. Facts of weight 0, such as the name, are not counted.
    named : bool
        The person has a file.
    """
    if step == 0:
        return f"What do harmless lists know about {name}?"
    if not named:
        return f"No list so far names {name}"
    right, true = _right(facts), _true(facts)
    if right == 0:
        return f"Nothing right is known about {name}"
    if right == true:
        return f"Everything there is to know about {name} is known"
    return f"{right} of {true} facts about {name} {'is' if right == 1 else 'are'} known"


def about_file(facts: pd.DataFrame, records: pd.DataFrame, *, exposure_share: float) -> str:
    """Say how much that is, what else the file states, and what it is made of.

    Parameters
    ----------
    facts : DataFrame
        Columns status, weight.
    records : DataFrame
        Columns whose, in_dossier.
    exposure_share : float
        Between 0 and 1.
    """
    held = records.loc[records["in_dossier"]]
    left_out = int((~records["in_dossier"]).sum())
    if held.empty:
        if not left_out:
            return "No record of theirs is on these lists."
        return (
            f"{_sentence(counted(left_out, 'record', 'records'))} about them, none with the name."
        )
    strangers = int((held["whose"] == "stranger").sum())
    said = f"The file holds {counted(len(held), 'record', 'records')}"
    if strangers:
        said += f", {counted(strangers, 'of them', 'of them')} **about somebody else**"
    known = in_hundred(exposure_share)
    parts = [f"{said}: by weight, {known} of what there is to know besides the name."]
    wrong = _counts(facts)
    if wrong:
        count, word = wrong[0]
        first = f"{counted(count, 'fact is', 'facts are')} {word}"
        rest = [f"{counted(count, '', '').strip()} {word}" for count, word in wrong[1:]]
        parts.append(f"**Not all of it is true**: {_listed([first, *rest])}.")
    if left_out:
        lies = counted(left_out, "record about them lies", "records about them lie")
        parts.append(f"{_sentence(lies)} apart, not joined.")
    return " ".join(parts)


def tile_in_words(fact: Mapping[Hashable, Any]) -> str:
    """Say a tile of the mosaic in a line.

    >>> tile_in_words({"label": "Phone", "status": "garbled", "stated": "555-1", "form": "phone"})
    'Phone: garbled, 555-1'
    """
    stated = stated_words(fact["stated"], fact["form"])
    return f"{fact['label']}: {MARKS[fact['status']].word}" + (f", {stated}" if stated else "")


def mosaic_in_words(name: str, facts: pd.DataFrame) -> str:
    """Describe the mosaic to those who cannot see it."""
    tiles = [tile_in_words(fact) for fact in facts.to_dict("records")]
    return f"Synthetic person {name}. {'. '.join(tiles)}."


def fact_in_words(fact: Mapping[Hashable, Any]) -> str:
    """Say what a file states of a fact, who says so and what is true, for whoever asks.

    Parameters
    ----------
    fact : mapping
        ``label``, ``status``, ``stated``, ``form``, ``true_value``, ``stated_by``, ``credit``,
        ``weight``.
    """
    mark = MARKS[fact["status"]]
    said = f"**{mark.symbol} {fact['label']}: {mark.word}.** "
    if fact["status"] == "unknown":
        return f"{said}No list joined so far states it. True: {fact['true_value']}."
    said += f"The file says “{stated_words(fact['stated'], fact['form'])}”"
    said += f", from: {fact['stated_by']}. " if fact["stated_by"] else ". "
    if fact["status"] == "right":
        credit, weight = f"{fact['credit']:.1f}", f"{fact['weight']:g}"
        return f"{said}Of its weight of {weight} in what there is to know, {credit} is known."
    true = fact["true_value"]
    return f"{said}True: {true}." if true else f"{said}There is no such fact about them."


def _right(facts: pd.DataFrame) -> int:
    return int(((facts["status"] == "right") & (facts["weight"] > 0)).sum())


def _true(facts: pd.DataFrame) -> int:
    return int(((facts["true_value"] != "") & (facts["weight"] > 0)).sum())


def _counts(facts: pd.DataFrame) -> list[tuple[int, str]]:
    """Return how many facts are stated that are not right, per status, and its word."""
    counted_facts = facts.loc[facts["weight"] > 0, "status"]
    found = {
        status: int((counted_facts == status).sum())
        for status in ("somebody_else", "outdated", "garbled")
    }
    return [(count, MARKS[status].word) for status, count in found.items() if count]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(parts: list[str]) -> str:
    """Write a list of words.

    >>> _listed(["1 garbled"]), _listed(["1 out of date", "1 garbled"])
    ('1 garbled', '1 out of date and 1 garbled')
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
