from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.sources import collect
from simulator.sources.noise import NOISE, noise_of
from tests.sources.conftest import scenario_with

FIELDS = ("first_name", "last_name", "full_name", "birth_date", "birth_month_day", "phone", "sex")


def one_field(population, field, noise, **settings):
    """Return a field of the licences without noise, and with `noise` as its only noise."""
    fields = {field: {"role": "identifying", "noise": noise}}
    common = {
        "sources__licences__noise": {},
        "sources__licences__fields": fields,
        "sources__licences__coverage": {"share": 1.0, "minimum_age_years": 0},
        **settings,
    }
    clean = collect(scenario_with(noise_enabled=False, **common), population)
    noisy = collect(scenario_with(**common), population)
    return clean.records["licences"][field], noisy.records["licences"][field], clean


def altered(clean, noisy):
    return (clean != noisy).fillna(True).to_numpy(dtype=bool)


# the share of hit cells that look different: some nicknames equal the name, 18 days of a month
# cannot be a month, and a swap of equal month and day shows nothing
@pytest.mark.parametrize(
    ("noise_type", "field", "visible"),
    [
        ("typing", "licence_number", 1.0),
        ("typing", "full_name", 0.99),
        ("transposed", "full_name", 1.0),
        ("blank", "sex", 1.0),
        ("nickname", "first_name", 0.8),
        ("nickname", "full_name", 0.8),
        ("ocr", "full_name", 1.0),
        ("phonetic", "full_name", 1.0),
        ("wrong_digit", "phone", 1.0),
        ("wrong_digit", "street_address", 1.0),
        ("truncated", "last_name", 1.0),
        ("names_swapped", "full_name", 1.0),
        ("default_birth_date", "birth_date", 1 - 1 / 365),
    ],
)
def test_cells_are_hit_at_their_share(population, noise_type, field, visible):
    clean, noisy, _ = one_field(population, field, {noise_type: {"cells_share": 0.3}})
    assert altered(clean, noisy).mean() == pytest.approx(0.3 * visible, abs=0.03)


def test_month_day_swap_at_its_share_of_dates_it_can_happen_to(population):
    clean, noisy, _ = one_field(population, "birth_date", {"month_day_swap": {"cells_share": 0.3}})
    day, month = clean.str[8:10].astype(int), clean.str[5:7].astype(int)
    can_happen = ((day <= 12) & (day != month)).to_numpy()
    changed = altered(clean, noisy)
    assert not changed[~can_happen].any()
    assert changed[can_happen].mean() == pytest.approx(0.3, abs=0.05)


def test_surname_dropped_at_its_share_of_two_surnames(population):
    clean, noisy, _ = one_field(population, "last_name", {"surname_dropped": {"cells_share": 0.3}})
    two = clean.str.contains(" ").to_numpy(dtype=bool)
    changed = altered(clean, noisy)
    assert not changed[~two].any()
    assert changed[two].mean() == pytest.approx(0.3, abs=0.05)


def test_first_and_last_name_change_places_in_one_record_or_stay_in_both(population):
    fields = {name: {"role": "identifying"} for name in ("last_name", "city", "first_name")}
    changes = {
        "sources__licences__noise": {"names_swapped": {"cells_share": 0.3}},
        "sources__licences__fields": fields,
    }
    clean = collect(scenario_with(noise_enabled=False, **changes), population).records["licences"]
    noisy = collect(scenario_with(**changes), population).records["licences"]
    swapped = (clean["first_name"] != noisy["first_name"]).to_numpy(dtype=bool)
    assert swapped.mean() == pytest.approx(0.3, abs=0.04)
    turned = {"first_name": "last_name", "last_name": "first_name", "city": "city"}
    there, here = noisy.loc[swapped], clean.loc[swapped].rename(columns=turned)
    pd.testing.assert_frame_equal(there, here[list(there)])
    pd.testing.assert_frame_equal(noisy.loc[~swapped], clean.loc[~swapped])
    # the smaller share of the two counts, for both
    fields["first_name"]["noise"] = {"names_swapped": {"cells_share": 0.1}}
    fewer = collect(scenario_with(**changes), population).records["licences"]
    changed = [(clean[name] != fewer[name]).to_numpy(dtype=bool) for name in fields]
    assert np.array_equal(changed[0], changed[2])
    assert changed[0].mean() == pytest.approx(0.1, abs=0.03)


def test_a_name_without_its_other_half_is_not_exchanged(population):
    clean, noisy, _ = one_field(population, "first_name", {"names_swapped": {"cells_share": 1.0}})
    pd.testing.assert_series_equal(clean, noisy)


def test_transliteration_at_its_share_of_names_that_have_other_spellings(population):
    names = population.people["first_name"].where(
        np.arange(len(population.people)) % 2 > 0, "Yusuf"
    )
    town = replace(population, people=population.people.assign(first_name=names))
    clean, noisy, _ = one_field(town, "first_name", {"transliteration": {"cells_share": 0.3}})
    changed = altered(clean, noisy)
    spelt = (clean == "Yusuf").to_numpy(dtype=bool)
    assert not changed[~spelt].any()
    assert changed[spelt].mean() == pytest.approx(0.3, abs=0.04)


@pytest.mark.parametrize("noise_type", ["nickname", "surname_dropped"])
def test_noise_of_a_name_leaves_its_order(population, noise_type):
    given, surnames = "Bob|Liz|Pepe|Mary|Bill|Robert|Elizabeth|José|William", "[^ ]+( [^ ]+)?"
    _, noisy, collected = one_field(population, "full_name", {noise_type: {"cells_share": 1.0}})
    about = collected.truth.set_index("record_id").loc[noisy.index, "entity_id"]
    family_name_first = population.people.loc[about, "family_name_first"].to_numpy()
    assert noisy[family_name_first].str.fullmatch(f"{surnames} ({given})").all()
    assert noisy[~family_name_first].str.fullmatch(f"({given}) {surnames}").all()
    if noise_type == "nickname":
        assert not noisy.str.contains("Robert|Elizabeth|José|William").any()
    else:
        assert (noisy.str.count(" ") == 1).all()


@pytest.mark.parametrize(
    ("noise_type", "field"), [("nickname", "first_name"), ("surname_dropped", "last_name")]
)
def test_a_name_in_a_box_of_its_own_has_no_order(population, noise_type, field):
    turned = replace(
        population,
        people=population.people.assign(family_name_first=~population.people["family_name_first"]),
    )
    noisy = [
        one_field(town, field, {noise_type: {"cells_share": 1.0}})[1]
        for town in (population, turned)
    ]
    pd.testing.assert_series_equal(*noisy)


def test_by_group_multiplies_the_share_up_to_one(population):
    for factor, expected in ((2.0, 0.4), (50.0, 1.0)):
        noise = {"blank": {"cells_share": 0.2, "by_group": {"b": factor}}}
        clean, noisy, collected = one_field(population, "sex", noise)
        about = collected.truth.set_index("record_id").loc[clean.index, "entity_id"]
        group = population.people.loc[about, "group"].to_numpy()
        rates = pd.Series(altered(clean, noisy)).groupby(group).mean()
        assert rates["a"] == pytest.approx(0.2, abs=0.03)
        assert rates["b"] == pytest.approx(expected, abs=0.04 if factor == 2.0 else 0)


def test_a_fields_noise_replaces_the_sources_noise_of_the_same_type():
    scenario = scenario_with(
        sources__licences__fields__city={
            "role": "quasi-identifier",
            "noise": {"typing": {"cells_share": 0.0}},
        }
    )
    source = scenario.sources["licences"]
    city = noise_of("licences", source, "city")
    assert city["typing"].cells_share == 0.0
    assert city["transposed"] == source.noise["transposed"]
    assert tuple(city) == ("transposed", "typing", "blank")


def test_source_noise_reaches_only_the_fields_it_can_happen_to():
    source = scenario_with().sources["licences"]
    assert tuple(noise_of("licences", source, "full_name")) == (
        "nickname", "surname_dropped", "transposed", "typing", "blank",
    )  # fmt: skip
    assert next(iter(noise_of("licences", source, "birth_date"))) == "month_day_swap"
    for field in ("sex", "state"):
        assert tuple(noise_of("licences", source, field)) == ("blank",)
    assert tuple(noise_of("profiles", scenario_with().sources["profiles"], "worship")) == ("blank",)


def test_noise_that_cannot_happen_to_its_field_is_named():
    scenario = scenario_with(
        sources__licences__fields__sex={
            "role": "quasi-identifier",
            "noise": {"typing": {"cells_share": 0.1}},
        }
    )
    with pytest.raises(ValueError, match="source 'licences', field 'sex': noise 'typing'"):
        noise_of("licences", scenario.sources["licences"], "sex")


def test_a_wrong_guess_leaves_how_common_every_value_is(population):
    noise = {"wrong_guess": {"cells_share": 0.5}}
    people = population.people.assign(
        occupation=population.people["occupation"].where(population.people["age"] % 3 > 0)
    )
    town = replace(population, people=people)
    clean, noisy, collected = one_field(town, "occupation", noise)
    assert noisy.isna().mean() == pytest.approx(clean.isna().mean(), abs=0.03)
    shares = [column.value_counts(normalize=True).sort_index() for column in (clean, noisy)]
    assert np.allclose(*shares, atol=0.015)
    # a third has none; of the rest one guess in 30 is right by luck
    by_luck = 1 / 9 + 4 / 9 / 30
    changed = (clean.fillna("") != noisy.fillna("")).mean()
    assert changed == pytest.approx(0.5 * (1 - by_luck), abs=0.03)
    assert set(collected.truth["field"]) == {"*"}


def test_a_guess_about_somebody_does_not_depend_on_who_else_is_there(population):
    noise = {"wrong_guess": {"cells_share": 1.0}}
    _, noisy, _ = one_field(population, "phone", noise)
    kept = population.people.loc[population.people["household_id"] % 10 != 1]
    _, fewer, _ = one_field(replace(population, people=kept), "phone", noise)
    still = noisy.loc[fewer.index]
    assert (still == fewer).mean() > 0.85


NEVER_FILLS = [noise_type for noise_type, one in NOISE.items() if not one.hits_missing]


@pytest.mark.parametrize("noise_type", NEVER_FILLS)
@pytest.mark.parametrize("cells_share", [0.2, 1.0])
def test_noise_never_fills_what_is_missing(population, noise_type, cells_share):
    people = population.people.copy()
    for column in ("first_name", "last_name", "nickname", "phone"):
        people.loc[people.index[::3], column] = pd.NA
    holed = type(population)(
        people,
        population.households,
        population.addresses,
        population.ties,
        population.history.iloc[:0],
    )
    fields = {name: {"role": "identifying"} for name in FIELDS}
    changes = {
        "sources__licences__noise": {noise_type: {"cells_share": cells_share}},
        "sources__licences__fields": fields,
    }
    clean = collect(scenario_with(noise_enabled=False, **changes), holed).records["licences"]
    noisy = collect(scenario_with(**changes), holed).records["licences"]
    assert clean.isna().to_numpy().any()
    assert not (noisy.notna() & clean.isna()).to_numpy().any()
    if noise_type != "blank":
        assert np.array_equal(noisy.isna().to_numpy(), clean.isna().to_numpy())
    assert not (noisy == "").to_numpy(dtype=bool, na_value=False).any()


def test_errors_and_gaps_of_two_fields_are_independent(population):
    setting = {
        "role": "identifying",
        "missing_share": 0.5,
        "noise": {"typing": {"cells_share": 0.5}},
    }
    fields = dict.fromkeys(("licence_number", "plate"), setting)
    changes = {"sources__licences__noise": {}, "sources__licences__fields": fields}
    clean = collect(scenario_with(noise_enabled=False, **changes), population).records["licences"]
    noisy = collect(scenario_with(**changes), population).records["licences"]
    gap = [clean[name].isna().to_numpy() for name in fields]
    assert np.mean(gap[0] & gap[1]) == pytest.approx(0.25, abs=0.04)
    both = ~gap[0] & ~gap[1]
    error = [altered(clean[name], noisy[name])[both] for name in fields]
    assert np.mean(error[0] & error[1]) == pytest.approx(0.25, abs=0.06)
