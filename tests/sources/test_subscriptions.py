import numpy as np
import pytest

from simulator.sources import collect
from tests.sources.life_events import scenario_with, town


@pytest.fixture(scope="module")
def collected():
    return collect(scenario_with(lines__household_bill_share=1.0), town())


@pytest.fixture(scope="module")
def lines(collected):
    return lines_of(collected)


def lines_of(collected):
    """Return every line with whom it is billed to and who uses it."""
    frame = collected.records["lines"]
    truth = collected.truth.loc[collected.truth["source"] == "lines"]
    billed = truth.loc[truth["field"] == "*"].set_index("record_id")["entity_id"]
    user = truth.loc[truth["field"] == "phone"].set_index("record_id")["entity_id"]
    billed = billed.loc[frame.index]
    return frame.assign(billed=billed, user=user.reindex(frame.index).fillna(billed).astype(int))


def test_a_household_has_one_bill(lines):
    people = town().people
    household = people["household_id"]
    assert (lines["billed"].map(household) == lines["user"].map(household)).all()
    of_household = lines.groupby(lines["billed"].map(household))["billed"].nunique()
    assert (of_household == 1).all()
    assert (people["age"].loc[lines["billed"]] >= 18).all()
    assert 0.3 < (lines["billed"] != lines["user"]).mean() < 0.7


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_lines_that_are_not_on_the_households_bill_are_in_their_users_name(share):
    found = lines_of(collect(scenario_with(lines__household_bill_share=share), town()))
    adult = town().people["age"].loc[found["user"]].to_numpy() >= 18
    elsewhere = (found["billed"] != found["user"]).to_numpy()
    shared = lines_of(collect(scenario_with(lines__household_bill_share=1.0), town()))
    most = (shared["billed"] != shared["user"]).to_numpy()
    assert elsewhere[adult].mean() == pytest.approx(share * most[adult].mean(), abs=0.05)
    assert (elsewhere[~adult] == most[~adult]).all(), "a child pays no bill"


def test_every_line_is_somebodys(lines):
    people = town().people
    assert lines["user"].is_unique
    assert len(lines) == pytest.approx(0.9 * people["phone"].notna().sum(), rel=0.03)
    assert (people["age"].loc[lines["user"]] >= 13).all()


def test_the_number_and_the_device_are_the_users_and_the_rest_is_not():
    quiet = scenario_with(lines__noise={}, lines__staleness_years=0.0)
    collected = collect(quiet, town())
    frame, truth = collected.records["lines"], collected.truth
    truth = truth.loc[(truth["source"] == "lines") & (truth["role"] == "subject")]
    by_field = truth.pivot_table(
        index="record_id", columns="field", values="entity_id", observed=True
    )
    by_field = by_field.loc[frame.index]
    assert list(by_field.columns) == ["*", "phone", "device"]
    people = town().people
    billed = people.loc[by_field["*"].astype(int)]
    users = people.loc[by_field["phone"].fillna(by_field["*"]).astype(int)]
    assert (by_field["phone"].dropna() == by_field["device"].dropna()).all()
    for field, owner in (
        ("phone", users), ("device", users), ("first_name", billed), ("last_name", billed),
    ):  # fmt: skip
        assert (frame[field].to_numpy() == owner[field].to_numpy()).all()
    born = billed["birth_date"].dt.strftime("%Y-%m-%d")
    assert (frame["birth_date"].to_numpy() == born.to_numpy()).all()


def test_the_lines_of_a_household_go_when_its_holder_leaves():
    left = collect(scenario_with(lines__removed_share=0.3), town())
    before = collect(scenario_with(), town())
    truths = [one.truth.loc[one.truth["source"] == "lines"] for one in (before, left)]
    billed = [truth.loc[truth["field"] == "*", "entity_id"] for truth in truths]
    gone = set(billed[0]) - set(billed[1])
    assert len(gone) > 0.2 * billed[0].nunique()
    kept = truths[1].loc[truths[1]["role"] == "subject", "entity_id"]
    assert not set(kept) & gone


def test_calls_are_those_of_the_user(lines, collected):
    ties = town().ties
    pairs = np.concatenate([ties[["entity_id_l", "entity_id_r"]].to_numpy(),
                            ties[["entity_id_r", "entity_id_l"]].to_numpy()])  # fmt: skip
    known = set(map(tuple, pairs.tolist()))
    truth = collected.truth.loc[collected.truth["role"] == "mention"]
    called = truth.loc[truth["source"] == "lines"]
    assert set(called["field"]) == {"call_partners"}
    user = lines["user"].loc[called["record_id"]].to_numpy()
    assert set(zip(user.tolist(), called["entity_id"], strict=True)) <= known
