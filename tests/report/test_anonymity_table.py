from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from simulator.exposure.anonymity import measure_anonymity
from simulator.exposure.release_risk import measure_release, release_risks
from simulator.report.anonymity_table import crowds_table, release_table
from simulator.report.anonymity_wording import crowd_sentences, release_sentences

LABELS = {"a": "A group whose name is very long indeed", "b": "Group B"}


def crowds(alone=4):
    """Return 40 people of group a and 10 of group b; `alone` are alone, the others in a dozen."""
    unique = np.arange(50) < alone
    people = pd.DataFrame(
        {
            "group": ["a"] * 40 + ["b"] * 10,
            "named": True,
            "unique": unique,
            "misdirected": np.arange(50) == 49,
            "crowd_count": np.where(unique, 1, 12),
        }
    )
    return measure_anonymity(people)


def release():
    codes = pd.DataFrame({"year": np.arange(60) // 2}, index=np.arange(60))
    group = pd.Series(["a"] * 40 + ["b"] * 10, index=np.arange(50))
    return measure_release(release_risks(codes, np.arange(1, 50)), group)


@pytest.mark.parametrize(
    "table", [crowds_table(crowds(), LABELS), release_table(release(), LABELS)]
)
def test_no_line_is_wider_than_the_terminal(table):
    assert all(len(line) <= 100 for line in table.splitlines())


def test_every_group_has_a_row_and_a_small_one_no_figures():
    lines = crowds_table(crowds(), LABELS).splitlines()
    everyone = next(line for line in lines if line.startswith("everyone")).split()
    assert everyone[1:3] == ["50", "8.0"]
    assert everyone[4:9] == ["12", "12", "12", "12", "12"]
    assert next(line for line in lines if line.startswith("Group B")).split()[2:] == (
        ["10", *["–"] * 7]
    )
    assert next(
        line for line in release_table(release(), LABELS).splitlines() if line.startswith("Group B")
    ).split()[2:] == ["10", *["–"] * 6]


def test_the_finding_has_the_middle_crowd_and_who_is_alone():
    crowd, misdirected = crowd_sentences(crowds(), 300)
    assert "half of the named residents stand in a crowd of 12 or fewer; 1 in 12 is alone" in crowd
    assert "of 300 people" in crowd
    assert "for 2 in 100 of them" in misdirected


def test_where_most_are_alone_it_says_so():
    crowd, _ = crowd_sentences(crowds(alone=40), 300)
    assert "80 in 100 of the named residents are alone" in crowd


def test_with_nobody_known_there_is_nothing_to_say():
    nobody = crowds().assign(value=math.nan, n=0)
    assert crowd_sentences(nobody, 300) == (
        "Too few residents have a file to say anything of their crowds.",
    )
    nobody = release().assign(value=math.nan, n=0)
    assert len(release_sentences(nobody, ["sex"], 300)) == 1


def test_the_release_says_both_chances():
    known, unknown, exact = release_sentences(release(), ["zip_code", "sex"], 60)
    # 49 residents in 25 classes: 24 pairs and one who is alone in the file, of two in the town
    assert "Whoever knows ZIP code and sex of somebody in this file picks the right record in " in (
        known
    )
    assert "51 in 100 cases; 2 in 100 residents are alone in it" in known
    assert "right in 50 in 100 cases, for 60 people could be meant" in unknown
    assert "0 in 100 residents are alone among them" in unknown
    assert "estimated" in exact
