import numpy as np
import pytest

from simulator.dossiers.assemble import assemble
from simulator.dossiers.finest import GARBLED, RIGHT, StatedForms
from simulator.dossiers.ground import ground
from simulator.dossiers.review import Reviewing, reviewing, standing
from simulator.dossiers.statements import statements
from simulator.randomness import Stream
from simulator.scenario.schema import Review, Scenario
from tests.dossiers.five_people import COLUMNS, collected, membership, population, scenario


def reviewed(least_sources_count=1, errors_found_share=0.0):
    town = ground(scenario(), population())
    rule = Review(least_sources_count=least_sources_count, errors_found_share=errors_found_share)
    review = Reviewing(rule, Stream(1, "adversary/review"))
    said = statements(town, collected())
    return assemble(town, said, membership(), tuple(COLUMNS), review)


def stated(found, entity):
    facts = found.facts.loc[found.facts["entity_id"] == entity]
    return {row.fact: (row.form, row.status) for row in facts.itertuples()}


def test_a_rule_that_asks_for_nothing_strikes_nothing():
    town = ground(scenario(), population())
    plain = assemble(town, statements(town, collected()), membership(), tuple(COLUMNS))
    assert reviewed().facts.equals(plain.facts)


def test_what_one_list_alone_says_falls_and_the_name_stands():
    # Ann's telephone is in the utility and the broker list; everything else is in one list each
    assert stated(reviewed(least_sources_count=2), 1) == {
        "legal_name": ("full_name", "right"),
        "phone": ("phone", "right"),
    }


def test_where_a_fine_value_falls_a_coarser_one_may_stand():
    held = collected()
    held.records["social"]["zip_code"] = held.records["utility"]["zip_code"].iloc[0]
    town = ground(scenario(), population())
    review = Reviewing(Review(least_sources_count=2), Stream(1, "adversary/review"))
    found = assemble(town, statements(town, held), membership(), tuple(COLUMNS), review)
    assert stated(found, 1)["home_address"] == ("zip_code", "right")


def test_a_reader_who_finds_every_error_leaves_what_is_right():
    found = reviewed(errors_found_share=1.0)
    untrue = found.facts.loc[found.facts["status"] != "right"]
    assert set(untrue["fact"]) == {"legal_name"}  # Dan's file bears Eve's name
    assert stated(found, 4)["home_address"] == ("street_address", "right")
    assert "clinic_visits" not in stated(found, 4)
    plain = reviewed()
    right = plain.facts["status"] == "right"
    assert found.facts["credit"].sum() >= plain.facts.loc[right, "credit"].sum()


def test_what_single_records_say_and_whose_files_they_are_in_is_not_reviewed():
    strict, plain = reviewed(3, 1.0), reviewed()
    assert strict.unjoined.equals(plain.unjoined)
    assert strict.records.equals(plain.records)


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_the_share_of_errors_found_is_the_one_declared_and_right_values_are_safe(share):
    town = ground(scenario(), population())
    forms = town.exact_form[1:]
    people, form = (side.ravel() for side in np.meshgrid(np.arange(5), forms, indexing="ij"))
    once = np.ones(len(form), dtype=np.int64)
    rule = Review(least_sources_count=1, errors_found_share=share)
    left = []
    for seed in range(100):
        review = Reviewing(rule, Stream(seed, "adversary/review"))
        wrong = StatedForms(people, form, once, GARBLED * once, once, once)
        left.append(len(standing(town, wrong, np.arange(5), review).form))
        right = StatedForms(people, form, once, RIGHT * once, once, once)
        assert len(standing(town, right, np.arange(5), review).form) == len(form)
    # 3,000 draws: three standard errors are 0.025
    assert 1 - np.mean(left) / len(form) == pytest.approx(share, abs=0.025)


def test_the_rule_is_the_adversarys():
    assert reviewing(scenario()) is None
    values = scenario().model_dump(mode="json")
    values["adversary"]["review"] = {"least_sources_count": 3}
    review = reviewing(Scenario.model_validate(values))
    assert review is not None
    assert review.rule.least_sources_count == 3
