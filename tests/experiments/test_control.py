import numpy as np
import pytest

from simulator.experiments.control import controls
from simulator.pipeline import run
from simulator.scenario import load_scenario
from simulator.scenario.schema import Coverage, Source, SourceField


def source(*columns):
    """Return a list of everyone without any error, with a number that is everybody's own."""
    field = SourceField(role="identifying")
    return Source(
        label="x",
        gate="public",
        record_of="person",
        coverage=Coverage(share=1, minimum_age_years=0),
        fields=dict.fromkeys(("full_name", "national_id", *columns), field),
    )


def rows(sources):
    town = load_scenario("town", people=80)
    found = controls(run(town.model_copy(update={"sources": sources})))
    return found.set_index(["attack", "source", "metric"]).sort_index()


@pytest.fixture(scope="module")
def town_controls():
    return controls(run(load_scenario("town", people=300)))


def test_a_fact_that_one_list_alone_holds_is_beyond_its_control():
    found = rows({"first": source("handle"), "second": source("occupation")})
    for name in ("first", "second"):
        shares = found.loc[("attributes", name), "value"]
        assert shares.to_dict() == {
            "attack_share": 1.0,
            "control_share": 0.0,
            "beyond_control": 1.0,
        }


def test_a_fact_that_another_list_holds_as_well_is_not():
    found = rows({"first": source("handle"), "second": source("handle")})
    shares = found.loc[("attributes", "first"), "value"]
    assert shares["attack_share"] == shares["control_share"] == 1
    assert np.isnan(shares["beyond_control"])  # the control leaves nothing open


def test_a_list_without_facts_is_not_tried():
    found = rows({"first": source("handle"), "second": source()})
    assert found.loc[("attributes", "second"), "n"].tolist() == [0, 0, 0]
    assert found.loc[("attributes", "second"), "value"].isna().all()


def test_every_list_of_the_town_adds_something_and_the_control_knows_something(town_controls):
    found = town_controls.set_index(["source", "metric"])["value"]
    for name in ("utility", "social", "broker", "dmv"):
        attack, control, beyond = found[name]
        assert 0 < control < attack < 1
        assert beyond == pytest.approx((attack - control) / (1 - control))
    assert found[("", "beyond_control")] > 0.8


def test_the_same_town_has_the_same_control(town_controls):
    again = controls(run(load_scenario("town", people=300)))
    assert again.equals(town_controls)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["traditional"])
def test_an_adversary_that_looks_people_up_has_a_control_too(scenario):
    found = controls(run(load_scenario(scenario, people=300)))
    attack = found.loc[found["metric"] == "attack_share", "value"].dropna()
    assert attack.between(0, 1).all()
    assert set(found["attack"]) == {"linking", "attributes"}
