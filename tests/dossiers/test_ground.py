from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from simulator.dossiers.encoding import look_up
from simulator.dossiers.ground import ground
from simulator.scenario.schema import Fact
from simulator.tables import text
from tests.dossiers.five_people import population, scenario, scenario_with_roles


def form(town, name):
    return np.array([town.forms.index(name)])


def test_the_denominator_is_the_weight_of_what_is_true():
    assert ground(scenario(), population()).true_weight.tolist() == [14, 9, 7, 14, 14]


def test_forms_follow_the_facts_of_the_scenario():
    town = ground(scenario(), population())
    assert town.facts[-1] == "clinic_visits"
    assert town.sensitive.tolist() == [False] * 6 + [True]
    assert town.forms[2:5] == ("birth_date", "birth_year", "birth_month_day")
    assert [town.forms[at] for at in town.exact_form] == [
        *("full_name", "sex", "birth_date", "street_address", "phone", "employer"),
        "clinic_visits",
    ]


@pytest.mark.parametrize(
    ("name", "row", "credit"),
    [
        ("birth_date", 0, 2.0),
        # 1990 is the year of two of five; the date is one person's: 2 log2(5/2) / log2(5/1)
        ("birth_year", 0, 2 * np.log2(5 / 2) / np.log2(5)),
        ("birth_year", 1, 2.0),
        # ZIP 55501 holds three; two live at 1 Oak St, one at 2 Elm St
        ("zip_code", 0, 3 * np.log2(5 / 3) / np.log2(5 / 2)),
        ("zip_code", 2, 3 * np.log2(5 / 3) / np.log2(5)),
        ("employer", 2, 0.0),
    ],
)
def test_a_coarse_value_earns_the_share_of_bits_it_carries(name, row, credit):
    town = ground(scenario(), population())
    earned = town.credit_if_right(form(town, name), np.array([row]))
    assert earned == pytest.approx([credit])


def test_what_was_true_is_known_as_such():
    town = ground(scenario(), population())
    fir = town.present[town.forms.index("street_address"), 3]
    assert town.was_right(np.array([2, 3, 0]), np.repeat(fir, 3)).tolist() == [True, False, False]
    stone = town.names.past_code + town.offset[town.forms.index("full_name")]
    assert town.was_right(np.array([2]), stone).tolist() == [True]
    beyond = np.array([town.offset[-1] + 3])
    assert town.was_right(np.array([2]), beyond).tolist() == [False]


def test_the_handle_of_a_second_account_is_right_too():
    everyone, settings = population(), scenario()
    people = everyone.people.assign(
        handle=text(list("abcde")), second_handle=text([*"vwx", None, "z"])
    )
    facts = {**settings.facts, "handle": Fact(label="Handle", weight=2)}
    town = ground(settings.model_copy(update={"facts": facts}), replace(everyone, people=people))
    at = form(town, "handle")
    codes = town.offset[at] + look_up(pa.array(["v", "a", "w"]), town.vocabulary[at[0]])
    here = np.repeat(at, 3)
    assert town.is_right(here, np.zeros(3, dtype=np.int64), codes).tolist() == [True, True, False]
    assert not town.was_right(np.zeros(3, dtype=np.int64), codes).any()
    assert town.credit_if_right(at, np.array([0])) == pytest.approx([2.0])


def test_a_year_and_a_day_make_the_date_that_somebody_has():
    town = ground(scenario(), population())
    date, year, day = (
        town.present[town.forms.index(form)]
        for form in ("birth_date", "birth_year", "birth_month_day")
    )
    assert town.dates.made_of(year, day).tolist() == date.tolist()
    # Ann's year and Robert's day are nobody's date; nor is a year that nobody was born in
    nobodys = int(town.offset[-1])
    assert town.dates.made_of(year[[0, 0]], np.array([day[1], nobodys])).tolist() == [-1, -1]


def test_each_source_asks_for_each_column_what_its_gate_and_the_law_do():
    town = ground(scenario_with_roles(), population())
    asked = {
        (source, form): int(town.demand[row, column])
        for row, source in enumerate(town.sources)
        for column, form in enumerate(town.forms)
    }
    assert asked["dmv", "sex"] == 0
    assert asked["utility", "zip_code"] == 2
    assert asked["utility", "phone"] == 3
    assert asked["social", "employer"] == 4
