from dataclasses import replace

import numpy as np
import pytest

from simulator.dossiers.finest import GARBLED, RIGHT, SOMEBODY_ELSE, StatedForms, finest_forms
from simulator.dossiers.ground import ground
from tests.dossiers.five_people import population, scenario


def settle(*rows):
    """Settle rows of (holder, form name, status); return (holder, form name, status)."""
    town = ground(scenario(), population())
    stated = StatedForms(
        holder=np.array([row[0] for row in rows]),
        form=np.array([town.forms.index(row[1]) for row in rows]),
        code=np.arange(len(rows)),
        status=np.array([row[2] for row in rows]),
        sources_count=np.array([2, 1, 1, 1][: len(rows)]),
        demand=np.zeros(len(rows), dtype=np.int64),
    )
    finest = finest_forms(town, stated)
    forms = [town.forms[form] for form in finest.form]
    return list(zip(finest.holder.tolist(), forms, finest.status.tolist(), strict=True))


def test_the_finest_form_counts_even_if_a_coarser_one_is_right():
    stated = [(0, "street_address", GARBLED), (0, "zip_code", RIGHT)]
    assert settle(*stated) == [(0, "street_address", GARBLED)]


@pytest.mark.parametrize(
    ("year", "day", "whole"),
    [
        (RIGHT, RIGHT, RIGHT),
        (RIGHT, GARBLED, GARBLED),
        (SOMEBODY_ELSE, RIGHT, SOMEBODY_ELSE),
        (GARBLED, SOMEBODY_ELSE, SOMEBODY_ELSE),
    ],
)
def test_a_year_and_a_day_make_a_date(year, day, whole):
    stated = [(0, "birth_year", year), (0, "birth_month_day", day)]
    assert settle(*stated) == [(0, "birth_date", whole)]


def test_a_stated_date_needs_no_parts():
    stated = [(0, name, RIGHT) for name in ("birth_year", "birth_month_day")]
    assert settle((0, "birth_date", GARBLED), *stated) == [(0, "birth_date", GARBLED)]


def test_parts_of_two_holders_make_nothing():
    stated = [(0, "birth_year", RIGHT), (1, "birth_month_day", RIGHT)]
    assert settle(*stated) == stated


def test_a_date_demands_as_much_as_its_more_demanding_part():
    town = ground(scenario(), population())
    once = np.ones(2, dtype=np.int64)
    forms = np.array([town.forms.index(form) for form in ("birth_year", "birth_month_day")])
    stated = StatedForms(0 * once, forms, town.present[forms, 0], RIGHT * once, once, 2 * once)
    parts = replace(stated, demand=np.array([2, 5]))
    date = finest_forms(town, parts)
    assert date.demand.tolist() == [5]
    assert date.code.tolist() == [town.present[town.forms.index("birth_date"), 0]]
