from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.dossiers.assemble import assemble
from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from simulator.exposure.person import measure_people
from tests.dossiers.five_people import COLUMNS, collected, membership, population, scenario

ALL = tuple(COLUMNS)


def dossiers(clusters, sources):
    town = ground(scenario(), population())
    return assemble(town, statements(town, collected()), clusters, sources)


def measured(clusters=None, sources=ALL):
    return measure_people(
        dossiers(membership() if clusters is None else clusters, sources), population()
    )


def test_the_worked_town():
    people = measured()
    # bits of the year 1990 (two of five people) over bits of a date (one of five), times weight 2
    year = 2 * np.log2(5 / 2) / np.log2(5)
    # Ann: everything; alone, the utility gives home 3 and phone 1
    # Robert: sex 1, birth 2, phone 1, employer 2; alone, the broker all but the employer (1988 is
    # his year only, so the year is worth the date)
    # Cara: sex 1 and the year; alone, the DMV's sex 1, date 2, home 3, which her dossier lacks
    # Dan: sex 1, home 3, phone 1; alone the same, from two records
    expected = pd.DataFrame(
        {
            "exposure_share": [14 / 14, 6 / 9, (1 + year) / 7, 5 / 14],
            "unjoined_share": [4 / 14, 4 / 9, 6 / 7, 5 / 14],
            "surplus": [10 / 14, 2 / 9, 0, 0],
            "fragmentation": [0, 0, (5 - year) / 7, 0],
        },
        index=pd.Index([1, 2, 3, 4], name="entity_id"),
    )
    pd.testing.assert_frame_equal(people[list(expected)], expected)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("named", [True, True, True, True]),
        # Annie, Blue Heron 42, and Cara under her former name; Dan's records all name him
        ("has_nameless", [True, True, True, False]),
        ("reidentified", [True, True, True, False]),
        ("wrongful", [False, False, False, True]),
        ("sensitive_wrongful", [False, False, False, True]),
        ("outdated", [False, False, True, False]),
        ("false_dossier", [False, False, False, True]),
        ("records_count", [3, 2, 3, 2]),
        ("dossier_records_count", [3, 2, 2, 4]),
        ("missed_share", [0, 0, 1 / 3, 0]),
        # Dan's two records are joined with each other and with Eve's two
        ("joined_pairs", [3, 1, 1, 5]),
        ("rightly_joined_pairs", [3, 1, 1, 1]),
        ("true_pairs", [3, 1, 3, 1]),
    ],
)
def test_the_worked_town_by_column(column, expected):
    assert measured()[column].tolist() == pytest.approx(expected)


def test_a_fact_that_weighs_nothing_counts_nowhere():
    found = dossiers(membership(), ALL)
    weightless = found.facts.assign(
        weight=found.facts["weight"].where(found.facts["fact"] == "sex", 0)
    )
    people = measure_people(replace(found, facts=weightless), population())
    assert not people[["wrongful", "sensitive_wrongful", "outdated"]].any(axis=None)


def test_nobody_is_known_from_no_source():
    people = measured(sources=())
    shares = ["exposure_share", "unjoined_share", "surplus", "fragmentation"]
    assert (people[shares] == 0).all(axis=None)
    assert not people[["named", "has_nameless", "reidentified", "false_dossier"]].any(axis=None)
    assert people["missed_share"].isna().all()


def test_two_records_of_one_source_re_identify_nobody():
    clusters = membership()
    # Robert's named record of the broker and Ann's nameless one, given to Robert as his
    held = collected()
    truth = held.truth.assign(
        entity_id=held.truth["entity_id"].where(held.truth["record_id"] != 301, 2)
    )
    clusters[301] = 2
    town = ground(scenario(), population())
    said = statements(town, replace(held, truth=truth))
    for sources, found in ((("broker",), False), (("social", "broker"), True)):
        people = measure_people(assemble(town, said, clusters, sources), population())
        assert people.loc[2, "has_nameless"]
        assert people.loc[2, "reidentified"] == found


def test_without_joining_exposure_is_one_record_and_nothing_is_wrong():
    clusters = membership()
    clusters[:] = np.arange(len(clusters))
    people = measured(clusters)
    assert (people["surplus"] == 0).all()
    assert not people[["wrongful", "false_dossier", "reidentified"]].any(axis=None)
    assert people["joined_pairs"].sum() == 0
