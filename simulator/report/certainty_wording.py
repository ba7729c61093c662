"""How sure the linkage is, in words: right, wrong and missed, and what it says of itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.harm_wording import one_in
from simulator.report.link_wording import comparison_words
from simulator.report.steps import obtains_whole_lists
from simulator.report.wording import in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.tables import Result

ENGINES: Mapping[str, str] = {
    "vectorised": "Mosaic's own",
    "recordlinkage": "Record Linkage Toolkit",
    "splink": "Splink",
    "splink_spark": "Splink on Spark",
}
"""Engine -> its name as shown."""

_PAIRS_TO_TELL = 200
"""Twenty in each of the ten bins that the average runs over; over fewer, chance decides."""

_SHARED: Mapping[str, str] = {
    "birth_date": "date of birth",
    "birth_month_day": "day and month of birth",
    "birth_year": "year of birth",
    "both_names": "both names, in either order",
    "email": "e-mail",
    "face": "a face that looks alike",
    "given_root": "first name or its nickname",
    "given_sound": "sound of the first name",
    "national_id": "national ID",
    "national_id_last4": "last four of the ID",
    "number": "house number",
    "online": "account name",
    "squares": "squares by night and day",
    "surname_sound": "sound of the surname",
    "zip_code": "ZIP code",
}
"""Column of a blocking rule -> what two records share."""

GLOSSARY: Mapping[str, str] = {
    "Link": "Two records taken for one person, because the probability that they are is at least "
    "the threshold. Counted over all records of all lists within reach, surroundings included, "
    "before any rule about how many records of a list may share a file.",
    "Right, wrong": "A link is right if both records are about one person. The linkage never sees "
    "this; it is known because the town is invented.",
    "Missed": "Pairs of records about one person that are no link at this threshold, pairs that "
    "were never compared included. Some hold too little to be told apart from strangers by anyone.",
    "Stated probability": "How sure the linkage says it is that two records are about one person. "
    "It learns this from the records alone, and says where they show too little.",
    "Off on average": "Pairs stated at 5 to 95 in 100, sorted into ten equal steps: the gap "
    "between what is stated and what is true in each step, weighted by its pairs (the expected "
    "calibration error).",
    "Interval": "The thin line through a point, the band around a curve: Wilson's 95 % interval.",
}


def counts_sentence(right: int, wrong: int, missed: int) -> str:
    """Say what a threshold makes of the links.

    >>> counts_sentence(42574, 233, 16943)
    '42,574 links right, 233 wrong, 16,943 missed'
    """
    return (
        f"{right:,} {'link' if right == 1 else 'links'} right, {wrong:,} wrong, {missed:,} missed"
    )


def shares_sentence(threshold: float, precision: float, recall: float) -> str:
    """Say the same as shares.

    Parameters
    ----------
    threshold : float
        The least probability of a link.
    precision, recall : float
        Between 0 and 1; NaN where they are not defined.
    """
    if math.isnan(precision) or math.isnan(recall):
        return "Too few links to speak of shares."
    return (
        f"Joined from {in_hundred(threshold)}: of the links accepted {in_hundred(1 - precision)} "
        f"are wrong, of the pairs about one person {in_hundred(1 - recall)} are missed."
    )


def balance_sentence(threshold: float, f1: float) -> str:
    """Say at which threshold wrong and missed links balance best.

    >>> balance_sentence(0.46, 0.8538)
    'Wrong and missed links balance best joined from 46 in 100 (F1 0.854); only whoever knows the \
truth can tell.'
    """
    return (
        f"Wrong and missed links balance best joined from {in_hundred(threshold)} (F1 {f1:.3f}); "
        "only whoever knows the truth can tell."
    )


def rule_words(rule: Sequence[str]) -> str:
    """Name a blocking rule by what two records must share.

    >>> rule_words(("surname", "birth_month_day")), rule_words(("given_root", "surname"))
    ('surname + day and month of birth', 'first name or its nickname + surname')
    """
    return " + ".join(_SHARED.get(name, name.replace("_", " ")) for name in rule)


def rules_sentence(found: int, true_pairs: int, left_out: int) -> str:
    """Say how many of the pairs that are about one person are compared at all.

    >>> rules_sentence(870, 1000, 1200)
    'The rules bring 870 of 1,000 pairs about one person (87 in 100). What they miss shares too \
little to be looked for. Of groups too large to compare 1,200 pairs were left out, counted once a \
rule.'
    """
    share = f" ({in_hundred(found / true_pairs)})" if true_pairs else ""
    said = (
        f"The rules bring {found:,} of {true_pairs:,} pairs about one person{share}. What they "
        "miss shares too little to be looked for."
    )
    if not left_out:
        return f"{said} No group was too large to compare."
    return (
        f"{said} Of groups too large to compare {left_out:,} pairs were left out, counted once a "
        "rule."
    )


def too_little_sentence(too_little: int, records: int) -> str:
    """Say how many records hold too little to be joined by anyone.

    >>> too_little_sentence(45, 11344)
    '45 of 11,344 records (1 in 252) say too little to be joined even to a faultless copy of \
themselves in another list.'
    """
    what = "too little to be joined even to a faultless copy of themselves in another list."
    if not too_little:
        return f"None of {records:,} records say {what}"
    return f"{too_little:,} of {records:,} records ({one_in(too_little / records)}) say {what}"


def assumed_sentence(result: Result) -> str:
    """Say for which comparisons probabilities are assumed between some lists; nothing if none."""
    model = result.learnt.model
    if model is None or not obtains_whole_lists(result.scenario):
        return ""
    return assumed_words(model.declared)


def assumed_words(comparisons: Sequence[str]) -> str:
    """Say for which comparisons probabilities are assumed.

    >>> assumed_words(["sex", "birth_date"])
    'From some lists it cannot be learnt how often these agree for one person, so it is assumed \
there: sex, date of birth.'
    >>> assumed_words([])
    ''
    """
    if not comparisons:
        return ""
    words = [comparison_words(name, "") for name in comparisons]
    named = ", ".join(f"{said[0].lower()}{said[1:]}" for said in words)
    return (
        "From some lists it cannot be learnt how often these agree for one person, so it is "
        f"assumed there: {named}."
    )


def calibration_sentence(error: float, n: int) -> str:
    """Say by how much the stated probabilities are off.

    Parameters
    ----------
    error : float
        The expected calibration error, 0 to 1; NaN where there is no pair to judge by.
    n : int
        How many pairs it is computed over.

    Examples
    --------
    >>> calibration_sentence(0.0526, 1272)
    'Where it is unsure (5 to 95 in 100) it is off by 5.3 in 100 on average (n = 1,272).'
    >>> calibration_sentence(0.21, 25)
    'It is unsure (5 to 95 in 100) of only 25 pairs: too few to tell by how much it is off.'
    """
    if math.isnan(error):
        return "There is no pair of which it is unsure (5 to 95 in 100)."
    if n < _PAIRS_TO_TELL:
        return (
            f"It is unsure (5 to 95 in 100) of only {n:,} {'pair' if n == 1 else 'pairs'}: too few "
            "to tell by how much it is off."
        )
    return (
        f"Where it is unsure (5 to 95 in 100) it is off by {100 * error:.1f} in 100 "
        f"on average (n = {n:,})."
    )
