from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator.linkage import cluster, learn
from simulator.sources import collect
from simulator.sources.compiled import compile_profiles, joined_on
from simulator.sources.housemates import NOBODY
from simulator.sources.truth import Named
from simulator.tables import RECORD_DATE, text
from tests.sources.conftest import scenario_with

BROKER = {
    "label": "Broker",
    "gate": "purchase",
    "record_of": "compiled",
    "coverage": {"share": 1.0, "minimum_age_years": 0},
    "compiled": {"from_sources": ["bills", "licences"], "years_ago": 2.0, "threshold": 0.8},
    "fields": {
        "full_name": {"role": "identifying"},
        "birth_date": {"role": "quasi-identifier"},
        "birth_year": {"role": "quasi-identifier"},
        "street_address": {"role": "quasi-identifier"},
        "phone": {"role": "identifying"},
        "email": {"role": "identifying"},
        "occupation": {
            "role": "quasi-identifier",
            "noise": {"wrong_guess": {"cells_share": 0.4}},
        },
    },
}


def joined(records, threshold, duplicates, attaching):
    learnt = learn(records, duplicates, attaching=attaching)
    return cluster(learnt.links, records, threshold=threshold, duplicates=duplicates)


def everyone_alone(records, threshold, duplicates, attaching):
    index = pd.Index(np.concatenate([frame.index for frame in records.values()]))
    return pd.Series(np.arange(len(index)), index=index)


def together(records, threshold, duplicates, attaching):
    index = pd.Index(np.concatenate([frame.index for frame in records.values()]))
    return pd.Series(np.zeros(len(index), dtype=np.int64), index=index)


def with_broker(broker=BROKER, **settings):
    return scenario_with(sources__broker=broker, **settings)


def same(one, other, name="broker"):
    pd.testing.assert_frame_equal(one.records[name], other.records[name])
    first, second = (each.truth.loc[each.truth["source"] == name] for each in (one, other))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


@pytest.fixture(scope="module")
def collected(population):
    return collect(with_broker(), population, joined)


def by_hand(feeders):
    """Return feeders made by hand, from rows of (person, day, values …)."""
    frames = {}
    for number, (name, (columns, rows)) in enumerate(feeders.items()):
        record_id = np.arange(len(rows)) + 100 * number
        person, day, *values = zip(*rows, strict=True)
        frame = pd.DataFrame(
            {column: text(list(cells)) for column, cells in zip(columns, values, strict=True)},
            index=pd.Index(record_id, name="record_id"),
        )
        frame[RECORD_DATE] = text(list(day))
        frames[name] = (frame, Named(record_id, np.array(person), {}))
    return frames


def test_a_compiled_source_needs_a_function_that_joins(population):
    with pytest.raises(ValueError, match="'broker' is compiled"):
        collect(with_broker(), population)


def test_profiles_state_what_was_true_two_years_ago(collected, population):
    frame = collected.records["broker"]
    assert set(frame[RECORD_DATE]) == {"2024-01-02"}
    assert len(frame) > 1500
    # numbers changed on 2024-07-01: every licence and bill was collected before
    told = frame["phone"].dropna()
    assert (told == "5559999999").mean() > 0.2
    assert (collected.records["bills"]["phone"].dropna() == "5559999999").mean() < 0.2


def test_what_no_feeder_tells_is_guessed_or_empty(collected, population):
    frame = collected.records["broker"]
    assert frame["email"].isna().all()
    subject = collected.truth.query("source == 'broker' and field == '*'")
    subject = subject.set_index("record_id")["entity_id"].loc[frame.index]
    right = population.people.loc[subject, "occupation"].to_numpy() == frame["occupation"]
    # 30 jobs: one guess in 30 is right by luck
    assert right.mean() == pytest.approx(1 - 0.4 * 29 / 30, abs=0.03)


def test_a_gate_changes_nothing(collected, population):
    for name in ("bills", "licences", "broker"):
        closed = with_broker(**{f"sources__{name}__gate": "own"})
        if name == "broker":
            closed = with_broker({**BROKER, "gate": "warrant"})
        again = collect(closed, population, joined)
        for source in again.records:
            same(collected, again, source)


def test_a_feeder_that_does_not_exist_changes_the_broker_only(collected, population):
    fewer = collect(with_broker(sources__bills__exists=False), population, joined)
    assert list(fewer.records) == ["profiles", "licences", "broker"]
    for name in ("profiles", "licences"):
        same(collected, fewer, name)
    assert fewer.records["broker"]["street_address"].isna().all()
    assert fewer.records["broker"]["birth_date"].notna().any()
    nothing = collect(
        with_broker(sources__bills__exists=False, sources__licences__exists=False),
        population,
        joined,
    )
    assert nothing.records["broker"].empty
    # a source that does not feed it changes nothing in it
    same(collected, collect(with_broker(sources__profiles__exists=False), population, joined))


def test_a_law_that_takes_a_field_from_the_feeder_takes_it_out_of_the_broker(population):
    without = {
        name: {"role": "identifying"} for name in ("first_name", "last_name", "street_address")
    }
    lawful = collect(with_broker(sources__bills__fields=without), population, joined)
    assert lawful.records["broker"]["phone"].isna().all()
    assert lawful.records["broker"]["street_address"].notna().any()


def test_a_wrong_join_states_somebody_elses_facts(collected, population):
    truth = collected.truth.loc[collected.truth["source"] == "broker"]
    wrong = truth.loc[truth["field"] != "*"]
    assert 0 < len(wrong) < 0.2 * len(collected.records["broker"])
    subject = truth.loc[truth["field"] == "*"].set_index("record_id")["entity_id"]
    assert (subject.loc[wrong["record_id"]].to_numpy() != wrong["entity_id"].to_numpy()).all()
    born = wrong.loc[wrong["field"] == "birth_date"]
    stated = collected.records["broker"]["birth_date"].loc[born["record_id"]]
    theirs = population.people["birth_date"].loc[born["entity_id"]].dt.strftime("%Y-%m-%d")
    assert (stated.to_numpy() == theirs.to_numpy()).mean() > 0.5  # the others hold an error too


def test_second_profiles_follow_the_first_and_draws_stay_with_the_person(population):
    apart = collect(with_broker(), population, everyone_alone)
    subject = apart.truth.query("source == 'broker' and field == '*'")["entity_id"]
    assert subject.duplicated().any()
    assert apart.records["broker"].index.is_unique
    half = collect(
        with_broker({**BROKER, "coverage": {"share": 0.5, "minimum_age_years": 0}}),
        population,
        everyone_alone,
    ).records["broker"]
    columns = ["full_name", "birth_date", "phone"]
    whole = apart.records["broker"].loc[half.index]
    pd.testing.assert_frame_equal(half[columns], whole[columns])
    assert len(half) == pytest.approx(len(apart.records["broker"]) / 2, rel=0.1)


def test_who_opts_out_is_in_no_profile_and_who_corrects_is_right(population):
    gone = collect(with_broker({**BROKER, "removed_share": 1.0}), population, joined)
    assert gone.records["broker"].empty
    noisy = {**BROKER, "corrected_share": 1.0, "noise": {"typing": {"cells_share": 1.0}}}
    mended = collect(with_broker(noisy), population, joined)
    frame = mended.records["broker"]
    truth = mended.truth.loc[mended.truth["source"] == "broker"]
    assert set(truth["field"]) == {"*"}
    people = population.people.loc[truth.set_index("record_id").loc[frame.index, "entity_id"]]
    for field in ("phone", "occupation"):
        stated = frame[field].notna().to_numpy()
        assert (frame[field].to_numpy()[stated] == people[field].to_numpy()[stated]).all()
    assert set(frame[RECORD_DATE]) == {"2026-01-01"}


def test_most_records_decide_then_trust_then_the_newest(population):
    one, other = population.people.index[:2]
    feeders = by_hand(
        {
            "bills": (
                ("first_name", "last_name", "phone"),
                [
                    (one, "2023-01-01", "Ann", "Lee", "555-000-0001"),
                    (one, "2023-06-01", "Anne", "Lee", "555-000-0002"),
                ],
            ),
            "licences": (
                ("full_name", "birth_date"),
                [
                    (one, "2023-12-01", "Ann Lee", None),
                    (other, "2023-12-01", "Bo Li", "1950-02-03"),
                ],
            ),
        }
    )
    profiles = compile_profiles(with_broker(), "broker", population, feeders, together)
    stated = {field: column.to_pylist() for field, column in profiles.columns.items()}
    assert profiles.true.subjects.entity_id.tolist() == [one]
    assert stated["full_name"] == ["Ann Lee"]
    assert stated["phone"] == ["555-000-0002"]
    assert stated["birth_date"] == ["1950-02-03"]
    assert stated["birth_year"] == ["1950"]
    assert profiles.copied_from["birth_date"].tolist() == [other]
    assert profiles.copied_from["birth_year"].tolist() == [other]
    assert profiles.copied_from["phone"].tolist() == [NOBODY]


def test_records_of_people_born_later_and_profiles_without_contact_are_left_out(population):
    one, other = population.people.index[:2]
    feeders = by_hand(
        {
            "bills": (("first_name", "phone"), [(one, "2025-01-01", "Ann", "555-000-0001")]),
            "licences": (("birth_date",), [(other, "2023-12-01", "1950-02-03")]),
        }
    )
    profiles = compile_profiles(with_broker(), "broker", population, feeders, everyone_alone)
    assert len(profiles.true.subjects.entity_id) == 0


def test_linkage_is_shown_no_sensitive_fact_nor_date(population):
    shown = {}

    def looks(records, threshold, duplicates, attaching):
        shown.update({name: list(frame.columns) for name, frame in records.items()})
        shown["asked"] = (threshold, duplicates, attaching)
        return everyone_alone(records, threshold, duplicates, attaching)

    feeding = {**BROKER, "compiled": {"from_sources": ["profiles"], "threshold": 0.7}}
    collect(with_broker(feeding), population, looks)
    assert shown["profiles"] == ["handle", "display_name", "birth_month_day"]
    assert shown["asked"] == (0.7, {"profiles"}, set())


def test_row_order_leaves_no_trace(collected, population):
    shuffled = replace(population, people=population.people.sample(frac=1, random_state=3))
    same(collected, collect(with_broker(), shuffled, joined))


def test_joined_on_counts_back_from_the_day_of_the_scenario():
    assert joined_on(with_broker(), with_broker().sources["broker"]) == np.datetime64("2024-01-02")
