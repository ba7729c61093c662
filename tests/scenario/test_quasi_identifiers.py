from simulator.scenario import load_scenario
from simulator.scenario.schema import Scenario


def with_roles(**roles):
    """Return the town whose first list holds columns of these roles, and no other list any."""
    values = load_scenario("town").model_dump(mode="json")
    first = next(iter(values["sources"]))
    values["sources"] = {first: values["sources"][first]}
    values["sources"][first]["fields"] = {name: {"role": role} for name, role in roles.items()}
    return Scenario.model_validate(values).quasi_identifiers()


def test_the_roles_that_the_lists_give_decide():
    assert with_roles(sex="quasi-identifier", phone="identifying") == ("sex",)
    assert with_roles(sex="identifying") == ()
    assert with_roles(phone="quasi-identifier") == ("phone",)


def test_every_form_of_such_a_fact_counts():
    home = ("street_address", "home_area", "zip_code", "city")
    assert with_roles(zip_code="quasi-identifier") == home
    assert with_roles(zip_code="quasi-identifier", street_address="identifying") == ()


def test_a_name_and_a_sensitive_fact_are_none():
    assert with_roles(full_name="quasi-identifier") == ()
    assert with_roles(benefit_use="sensitive") == ()


def test_no_shipped_town_counts_an_identifier():
    for name in ("campus", "town", "modern"):
        found = load_scenario(name).quasi_identifiers()
        assert "birth_date" in found
        assert not {"phone", "email", "handle", "plate", "full_name"} & set(found)
