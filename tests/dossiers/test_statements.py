from dataclasses import replace

import pandas as pd
import pytest

from simulator.dossiers.ground import ground
from simulator.dossiers.statements import statements
from tests.dossiers.five_people import collected, population, scenario


def read():
    town = ground(scenario(), population())
    return town, statements(town, collected())


def test_a_record_states_a_legal_name_by_its_own_fields():
    _, said = read()
    states = dict(zip(said.record_id.tolist(), said.states_name.tolist(), strict=True))
    # Annie and Blue Heron 42 are no legal names, 301 has none, Cara Stone is a former one
    assert [record for record, named in states.items() if not named] == [102, 201, 202, 301]
    carries = dict(zip(said.record_id.tolist(), said.carries_name.tolist(), strict=True))
    assert [record for record, named in carries.items() if not named] == [201, 202, 301]


@pytest.mark.parametrize(
    ("source", "record", "column", "written"),
    [("broker", 302, "full_name", "Lee Robert"), ("social", 201, "display_name", "LEE Ann")],
)
def test_a_name_written_family_name_first_states_it_as_well(source, record, column, written):
    held = collected()
    frame = held.records[source].copy()
    frame.loc[record, column] = written
    town = ground(scenario(), population())
    said = statements(town, replace(held, records={**held.records, source: frame}))
    at = said.record_id.tolist().index(record)
    assert said.states_name[at]
    of_name = (said.cells.record == at) & (said.cells.form == town.forms.index("full_name"))
    assert said.is_or_was_true[of_name].tolist() == [True]


def test_every_filled_cell_that_can_state_a_fact_is_a_statement():
    town, said = read()
    of_402 = said.cells.record == said.record_id.tolist().index(402)
    stated = [town.forms[form] for form in said.cells.form[of_402]]
    assert stated == ["full_name", "sex", "birth_date", "street_address"]
    assert said.is_or_was_true[of_402].tolist() == [True, True, False, True]


def test_single_records_earn_what_they_say_of_whom_they_name():
    town, said = read()
    alone = pd.DataFrame(
        {
            "record": said.record_id[said.alone_record],
            "fact": [town.facts[fact] for fact in said.alone_fact],
            "credit": said.alone_credit,
        }
    )
    assert set(alone["record"]) == {101, 103, 203, 302, 303, 304, 401, 402}
    of_401 = alone.loc[alone["record"] == 401].set_index("fact")["credit"]
    assert of_401.to_dict() == {"sex": 1, "birth_date": 2, "home_address": 3}


def test_a_cell_with_a_truth_of_its_own_is_about_that_entity():
    extra = pd.DataFrame(
        {
            "record_id": [101, 103],
            "source": "utility",
            "field": "phone",
            "entity_id": [2, 5],
            "role": ["subject", "mention"],
        }
    )
    town = ground(scenario(), population())
    held = collected()
    said = statements(town, replace(held, truth=pd.concat([held.truth, extra])))
    phone = said.cells.form == town.forms.index("phone")
    of = said.record_id[said.cells.record[phone]]
    subject = town.entity_id[said.subject[phone]]
    assert dict(zip(of, subject, strict=True)) == {101: 2, 102: 3, 301: 1, 302: 2}


def test_a_copied_first_name_makes_the_name_somebody_elses():
    held = collected()
    frame = held.records["utility"].copy()
    frame.loc[101, "first_name"] = "Robert"
    row = {"record_id": [101], "source": "utility", "field": "first_name", "entity_id": 2}
    copied = pd.concat([held.truth, pd.DataFrame(row | {"role": "subject"})])
    town = ground(scenario(), population())
    said = statements(town, replace(held, records={**held.records, "utility": frame}, truth=copied))
    at = said.record_id.tolist().index(101)
    name = (said.cells.record == at) & (said.cells.form == town.forms.index("full_name"))
    assert town.entity_id[said.subject[name]].tolist() == [2]
    assert said.is_or_was_true[name].tolist() == [True]
    assert not said.carries_name[at]


def test_a_record_about_nobody_is_refused():
    held = collected()
    with pytest.raises(ValueError, match="one subject for every record"):
        statements(ground(scenario(), population()), replace(held, truth=held.truth.iloc[1:]))
