"""Crowds in plain sentences: of what became known, and of a released file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.setting_words import words
from simulator.report.wording import between, counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

EVERYONE = "all"


def crowd_sentences(measures: pd.DataFrame, population_count: int) -> tuple[str, ...]:
    """Say in how large a crowd the middle resident with a file stands, and who is alone.

    Parameters
    ----------
    measures : DataFrame
        From `simulator.exposure.anonymity.measure_anonymity`.
    population_count : int
        People of the reference population.
    """
    found = _everyone(measures)
    alone, middle = found["unique_of_named_share"], found["crowd_50_count"]
    if math.isnan(alone["value"]):
        return ("Too few residents have a file to say anything of their crowds.",)
    misdirected = found["misdirected_of_named_share"]
    return (
        "With the name crossed out, what is rightly known still tells people apart: "
        f"{_middle(alone['value'], middle['value'])} (of {population_count:,} people; 95 % "
        f"interval of those alone {between(alone['low'], alone['high'])}).",
        f"The facts in the file lead to another person for {in_hundred(misdirected['value'])} of "
        f"them ({between(misdirected['low'], misdirected['high'])}).",
    )


def _middle(alone: float, middle: float) -> str:
    """Say the middle crowd and how many are alone.

    >>> _middle(0.05, 12), _middle(0.93, 1)
    ('half of the named residents stand in a crowd of 12 or fewer; 1 in 20 is alone', \
'93 in 100 of the named residents are alone')
    """
    if middle <= 1:
        return f"{in_hundred(alone)} of the named residents are alone"
    said = f"half of the named residents stand in a crowd of {middle:,.0f} or fewer; "
    if alone == 0:
        return f"{said}nobody is alone"
    return f"{said}{one_in(alone)} is alone"


def one_in(share: float) -> str:
    """Say a share above 0 as one in so many, or in 100 where it is a third or more.

    >>> one_in(0.05), one_in(0.4)
    ('1 in 20', '40 in 100')
    """
    return f"1 in {round(1 / share):,}" if share < 1 / 3 else in_hundred(share)


def release_sentences(
    measures: pd.DataFrame, fields: Sequence[str], population_count: int
) -> tuple[str, ...]:
    """Say how surely whoever knows the shown columns of somebody finds the record.

    Parameters
    ----------
    measures : DataFrame
        From `simulator.exposure.release_risk.measure_release`.
    fields : sequence of str
        The columns that the file shows.
    population_count : int
        People of the reference population.
    """
    found = _everyone(measures)
    values = {metric: row["value"] for metric, row in found.items()}
    if math.isnan(values["marketer_risk"]):
        return ("Too few residents are in the file to say anything of it.",)
    shown = listed_fields(fields)
    return (
        f"Whoever knows {shown} of somebody in this file picks the right record in "
        f"{in_hundred(values['prosecutor_mean_risk'])} cases; "
        f"{in_hundred(values['unique_in_file_share'])} residents are alone in it.",
        f"Who does not know whether the person is in the file is right in "
        f"{in_hundred(values['marketer_risk'])} cases, for {population_count:,} people could be "
        f"meant; {in_hundred(values['unique_in_population_share'])} residents are alone among "
        "them.",
        "Nothing here is estimated: file and population are known to the last person.",
    )


def listed_fields(fields: Sequence[str]) -> str:
    """Name columns in a row.

    >>> listed_fields(["zip_code", "sex", "birth_date"])
    'ZIP code, sex and birth date'
    """
    *most, last = [words(field) for field in fields]
    return f"{', '.join(most)} and {last}" if most else last


def file_heading(file_count: int, source: str | None) -> str:
    """Say whose file it is.

    >>> file_heading(5000, None), file_heading(1200, "Voter roll")
    ('a file of all residents', 'a file of the 1,200 people in: Voter roll')
    """
    if source is None:
        return "a file of all residents"
    return f"a file of the {counted(file_count, 'person', 'people')} in: {source}"


def _everyone(measures: pd.DataFrame) -> Mapping[str, Mapping[str, float]]:
    rows = measures.loc[measures["group"] == EVERYONE]
    return {
        str(row["metric"]): {str(name): value for name, value in row.items()}
        for row in rows.to_dict("records")
    }
