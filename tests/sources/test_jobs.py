import pandas as pd
import pytest

from simulator.sources import collect
from tests.sources.life_events import scenario_with, town


@pytest.fixture(scope="module")
def jobs():
    collected = collect(scenario_with(), town())
    truth = collected.truth.loc[collected.truth["source"] == "jobs"].set_index("record_id")
    frame = collected.records["jobs"]
    return frame.assign(entity_id=truth["entity_id"].loc[frame.index])


def test_there_is_a_record_for_each_present_and_former_job(jobs):
    people = town().people
    past = town().history.query("field == 'employer'")
    seen = jobs["entity_id"].unique()
    assert len(seen) == pytest.approx(0.6 * people["employer"].notna().sum(), rel=0.1)
    present = jobs.loc[jobs["job_to"].isna()]
    assert present["entity_id"].is_unique
    assert (present["record_date"] == "2026-01-01").all()
    assert (people["employer"].loc[present["entity_id"]].to_numpy() == present["employer"]).all()
    former = jobs.loc[jobs["job_to"].notna()]
    assert len(former) == past["entity_id"].isin(seen).sum()
    assert len(former) > 300


def test_a_former_job_is_as_it_was_on_its_last_day(jobs):
    former = jobs.loc[jobs["job_to"].notna()]
    assert (former["record_date"] == former["job_to"]).all()
    past = town().history.query("field == 'employer'")
    last_day = (past["valid_to"] - pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    spells = set(zip(past["entity_id"], past["value"], last_day, strict=True))
    stated = set(zip(former["entity_id"], former["employer"], former["job_to"], strict=True))
    assert stated <= spells


def test_jobs_of_one_person_follow_one_another(jobs):
    known = jobs.dropna(subset=["job_from"])
    assert 0.5 < len(known) / len(jobs) < 0.95
    assert (known["job_from"] <= known["job_to"].fillna("9999")).all()
    ends = set(zip(jobs["entity_id"], jobs["job_to"], strict=True))
    before = (pd.to_datetime(known["job_from"]) - pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    followed = [pair in ends for pair in zip(known["entity_id"], before, strict=True)]
    born = town().people["birth_date"].loc[known["entity_id"]].to_numpy()
    came_of_age = (pd.to_datetime(known["job_from"]).to_numpy() - born).astype("m8[D]").astype(int)
    # whoever has no job before this one on file came of age in the year before
    assert ((came_of_age < 19.01 * 365.25) | followed).all()
    assert came_of_age.min() >= 18 * 365


def test_where_the_job_is_goes_with_the_employer(jobs):
    sites = town().workplaces.reset_index()
    resident = town().people["resident"].loc[jobs["entity_id"]].to_numpy()
    found = jobs.assign(in_town=resident).merge(sites, on=["employer", "in_town"], how="left")
    assert (found["work_area_x"] == found["work_area_y"]).all()
    assert (found["work_address_x"] == found["work_address_y"]).all()


def test_the_last_four_digits_of_the_id(jobs):
    ids = town().people["national_id"].loc[jobs["entity_id"]].str[-4:].to_numpy()
    assert (jobs["national_id_last4"].to_numpy() == ids).all()
