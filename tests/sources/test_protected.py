import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.population import populate
from simulator.randomness import Stream
from simulator.sources.cells import example_cells
from simulator.sources.noise import NOISE
from simulator.tables import VOCABULARY
from tests.sources.conftest import scenario_with

PLATE_LETTERS = "[ABCDEFGHJKLMNPRSTUVWXYZ]"
IN_NOBODYS_RANGE = {
    "phone": r"555-\d{3}-\d{4}",
    "national_id": r"9\d\d-[0-4]\d-\d{4}",
    "zip_code": r"00[0-4]\d\d|000\d{3}",
    "licence_number": r"XX\d{8}",
    "plate": rf"X\d{{3}}{PLATE_LETTERS}{{3}}",
    "email": r"[a-z._0-9]{1,30}@([a-z]{2,12}\.)?example\.(com|net|org)",
}
"""What the population gives out; nobody has any of these."""

STILL_NOBODYS = {
    **IN_NOBODYS_RANGE,
    "plate": r"X.*",
    "email": r"[^@]+@([a-z]{2,12}\.)?example\.(com|net|org)",
}
"""What errors may leave of them."""

CHANGES = [
    (field, noise_type)
    for field in IN_NOBODYS_RANGE
    for noise_type, function in NOISE.items()
    if noise_type not in ("blank", "wrong_guess", "copied_from_household")  # others' true values
    and (function.fields is None or field in function.fields)
]


def test_the_population_gives_out_nothing_else():
    population = populate(scenario_with(population__residents_count=200))
    columns = {**population.people, "zip_code": population.addresses["zip_code"]}
    for field, known in IN_NOBODYS_RANGE.items():
        values = columns[field].dropna()
        assert len(values) > 50
        assert values.str.fullmatch(known).all(), field


def test_every_identifier_meets_the_errors_of_its_characters():
    hit = {field for field, noise_type in CHANGES if noise_type in ("typing", "transposed", "ocr")}
    assert hit == set(IN_NOBODYS_RANGE)
    assert ("email", "truncated") in CHANGES


@pytest.mark.parametrize(("field", "noise_type"), CHANGES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_error_leads_out_of_the_range_that_nobody_has(field, noise_type, data):
    known = re.compile(IN_NOBODYS_RANGE[field], re.ASCII)
    values = data.draw(st.lists(st.from_regex(known, fullmatch=True), min_size=1, max_size=5))
    cells = replace(
        example_cells(values, VOCABULARY[field], field=field),
        characters_share=data.draw(st.floats(0, 1)),
        stream=Stream(data.draw(st.integers(0, 1000)), "example"),
    )
    for after in NOISE[noise_type].change(cells).to_pylist():
        assert re.fullmatch(STILL_NOBODYS[field], after), after
