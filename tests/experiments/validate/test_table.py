from math import nan

import pandas as pd
import pytest
from pydantic import ValidationError

from simulator.experiments.validate import passes, run_validation
from simulator.experiments.validate.finding import Finding
from simulator.experiments.validate.published import Row, published_rows
from simulator.experiments.validate.table import MEASURES, _compared

PLAIN = {
    "key": "moved", "section": "Moves", "result": "Moved", "check": "input", "measure": "moved",
    "source": "Census", "mark": "seen", "value": 0.5, "within": 0.01,
}  # fmt: skip


def verdict(found: Finding, people: int = 1000, **changes):
    row = Row.model_validate({**PLAIN, **changes})
    compared = _compared(row, found, people)
    return compared["verdict"], compared["tested"]


def test_rows_are_known_and_differ():
    rows = published_rows()
    assert len({row.key for row in rows}) == len(rows)
    assert {row.measure for row in rows} == set(MEASURES)


def test_recalled_and_quoted_figures_that_disagree_say_why():
    assert all(row.why for row in published_rows() if not row.tested and row.within is None)


@pytest.mark.parametrize(
    ("ours", "found"),
    [(0.5, "agrees"), (0.51, "agrees"), (0.52, "does not agree"), (0.48, "does not agree")],
)
def test_within(ours, found):
    assert verdict(Finding(ours, 9, "")) == (found, True)


def test_three_standard_errors_where_that_is_more():
    assert verdict(Finding(0.56, 9, "", standard_error=0.02)) == ("agrees", True)
    assert verdict(Finding(0.57, 9, "", standard_error=0.02)) == ("does not agree", True)


def test_what_is_not_tested_is_compared_and_does_not_count():
    assert verdict(Finding(0.9, 9, ""), tested=False) == ("does not agree", False)
    assert verdict(Finding(0.9, 9, ""), tested=False, within=None) == ("shown only", False)


def test_what_cannot_be_said_does_not_count():
    assert verdict(Finding(nan, 9, "")) == ("cannot say", False)
    assert verdict(Finding(0.9, 9, ""), least_people=1001) == ("shown only", False)


def test_a_closed_form_stands_in_for_a_published_figure():
    found = Finding(0.9, 9, "", expected=0.895)
    assert verdict(found, value=None) == ("agrees", True)
    assert verdict(found) == ("does not agree", True)


@pytest.mark.parametrize("changes", [{"within": None}, {"accept": [0, 1]}, {"meaning": 3}])
def test_rows_that_make_no_sense_are_refused(changes):
    with pytest.raises(ValidationError):
        Row.model_validate({**PLAIN, **changes})


@pytest.mark.slow
def test_a_small_town_runs_every_measure():
    table = run_validation(people_count=1500).table
    assert table["key"].tolist() == [row.key for row in published_rows()]
    by_key = table.set_index("key")
    # a town of one or two ZIP areas says nothing about uniqueness, nor 1,500 people about names
    assert by_key.loc["unique_by_day", "verdict"] == "shown only"
    assert by_key.loc["names_20000", "verdict"] == "cannot say"
    assert by_key.loc["coincidences", "verdict"] == "agrees"
    assert by_key.loc["social_65", "n"] > 2000
    again = run_validation(people_count=1500).table
    pd.testing.assert_frame_equal(table, again)


def test_one_that_does_not_agree_fails():
    tested = pd.DataFrame({"tested": [True, False], "verdict": ["agrees", "does not agree"]})
    assert passes(tested)
    tested.loc[0, "verdict"] = "does not agree"
    assert not passes(tested)
